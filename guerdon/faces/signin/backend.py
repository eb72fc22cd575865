"""Who a user is by address and password; both a wrong address and a wrong password take the same time to refuse."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from guerdon.core.errors import Refusal
from guerdon.features.users import queries as users
from guerdon.features.users.models import User
from guerdon.kit import store


class ByAddress(AuthenticationBackend):  # type: ignore[misc] # the library has no types
    """The back end of sign-in: users are found by the digest of their address."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """The user with this address, or of this id where one is signed in already, and this password; or None."""
        password = credentials.get("password") or ""
        user = _asked(credentials)
        if user is None:
            make_password(password)  # takes as long as a look at a real one
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: str) -> AbstractBaseUser | None:
        """The user of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def named(credentials: dict[str, Any]) -> str | None:
    """The id of the user whom somebody says to be; None where there is none of this address."""
    if (id := credentials.get("user_id")) is not None:
        return str(id)
    try:
        return users.by_email(store.current(), str(credentials.get("email") or ""))
    except Refusal:  # it is no address at all
        return None


def _asked(credentials: dict[str, Any]) -> User | None:
    id = named(credentials)
    return User.objects.filter(pk=id).first() if id else None
