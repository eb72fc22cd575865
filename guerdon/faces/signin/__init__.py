"""How people sign in: staff with a password and a second factor or a passkey, members with a code or a passkey."""
