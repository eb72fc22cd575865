"""What stands in the book when somebody can't show to be one of the staff: that it was tried and how, never what."""

import base64
import json

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client as DjangoClient
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from guerdon.core import limits
from guerdon.engine import staff, users
from guerdon.faces.signin import entry
from guerdon.features.users.models import User
from guerdon.kit import audit, clock, ids, store
from guerdon.kit.audit import Actor
from tests import mail
from tests.shop import Shop

WRONG = "a wrong secret 0000 0000"
PASSWORD = "four words make one"


class OfEmil(Shop):
    """A shop whose owner has an address of its own."""

    user_id: str

    @property
    def email(self):
        return f"emil@{self.key}.example"


@pytest.fixture
def emil(database):
    """The owner of a shop of his own, who has a password and an app."""
    at = OfEmil()
    at.user_id = staff.appoint(
        programme_id=at.programme_id, email=at.email, name="Emil", role="owner", by=Actor("operator", "operator"),
        now=clock.now(),
    )  # fmt: skip
    user = User.objects.get(pk=at.user_id)
    user.set_password(PASSWORD)
    user.save()
    secret = get_adapter().encrypt(totp.generate_totp_secret())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    return at


def browser():
    return DjangoClient(SERVER_NAME="localhost")


def half_in(emil):
    """Whoever has shown the password, and no second factor yet."""
    client = browser()
    asked = client.post("/sign-in/password", {"login": emil.email, "password": PASSWORD})
    assert asked.headers["Location"] == "/sign-in/factors/authenticate"
    return client


def whole_in(emil):
    client = browser()
    client.get(entry.link(email=emil.email, to="/"))
    return client


def failures(emil):
    """What the book says of failures, the latest first; who did it nobody knows."""
    found = [
        one
        for one in audit.page(store.current(), emil.programme_id, most=100)
        if one.action.endswith(("_failed", "_blocked"))
    ]
    assert {(one.actor.kind, one.about) for one in found} <= {("house", ids.show("user", emil.user_id))}
    assert WRONG not in str(found) and PASSWORD not in str(found) and emil.email not in str(found)
    return [(one.action.removeprefix("staff."), json.loads(one.after)["method"]) for one in found]


def b64(told):
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def passkey(user_id):
    """The answer of a passkey that nobody has registered, in the form that browsers give it."""

    client = json.dumps({"type": "webauthn.get", "challenge": "AAAA", "origin": "http://localhost"}).encode()
    response = {
        "clientDataJSON": b64(client), "authenticatorData": b64(bytes(37)), "signature": b64(bytes(64)),
        "userHandle": b64(user_id.encode()),
    }  # fmt: skip
    return json.dumps({"id": b64(b"strange"), "rawId": b64(b"strange"), "type": "public-key", "response": response})


def _has_a_passkey(user_id):
    """Let there be one that is right."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid(bytes(16)), b"right", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    attestation = AttestationObject.create("none", AuthenticatorData.create(bytes(32), flags, 0, credential), {})
    client = json.dumps({"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}).encode()
    response = {"clientDataJSON": b64(client), "attestationObject": b64(bytes(attestation))}
    told = {"id": b64(b"right"), "rawId": b64(b"right"), "type": "public-key", "response": response}
    kind = Authenticator.Type.WEBAUTHN
    Authenticator.objects.create(user_id=user_id, type=kind, data={"name": "Key", "credential": told})


def test_a_wrong_password_is_noted_and_a_right_one_is_no_failure(emil):
    browser().post("/sign-in/password", {"login": emil.email, "password": WRONG})
    half_in(emil)
    assert failures(emil) == [("sign_in_failed", "password")]


def test_a_wrong_code_of_the_app_is_noted(emil):
    half_in(emil).post("/sign-in/factors/authenticate", {"code": WRONG})
    assert failures(emil) == [("sign_in_failed", "app")]


def test_a_wrong_passkey_is_noted_as_a_second_factor_and_alone(emil):
    half_in(emil).post("/sign-in/factors/authenticate", {"credential": passkey(emil.user_id)})
    assert failures(emil) == [("sign_in_failed", "passkey")]
    alone = browser()
    alone.get("/sign-in/factors/keys/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    alone.post("/sign-in/factors/keys/login/", {"credential": passkey(emil.user_id)})
    assert failures(emil) == [("sign_in_failed", "passkey")] * 2


@pytest.mark.parametrize(
    ("path", "field", "method"),
    [("again/password", "password", "password"), ("factors/again", "code", "app"),
     ("factors/keys/reauthenticate/", "credential", "passkey")],
)  # fmt: skip
def test_a_refused_step_up_is_noted_as_one(emil, path, field, method):
    shown = passkey(emil.user_id) if field == "credential" else WRONG
    if field == "credential":
        _has_a_passkey(emil.user_id)
    client = whole_in(emil)
    if field == "password":  # who has a second factor is asked for that one
        Authenticator.objects.filter(user_id=emil.user_id).delete()
    client.post(f"/sign-in/{path}", {field: shown})
    assert failures(emil) == [("step_up_failed", method)]


def test_too_many_tries_are_noted_once_in_a_while(emil, monkeypatch):
    for _ in range(limits.SIGN_INS_OF_USER_MAX + 3):
        browser().post("/sign-in/password", {"login": emil.email, "password": WRONG})
    every = [("sign_in_blocked", "password")] + [("sign_in_failed", "password")] * limits.SIGN_INS_OF_USER_MAX
    assert failures(emil) == every
    later = clock.now() + (limits.ATTEMPTS_SECONDS + 1) * clock.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    browser().post("/sign-in/password", {"login": emil.email, "password": WRONG})
    assert failures(emil) == [("sign_in_failed", "password"), *every]


def test_too_many_wrong_passkeys_shut_nothing_but_passkeys(emil):
    alone = browser()
    for _ in range(limits.SIGN_INS_OF_USER_MAX + 2):
        alone.post("/sign-in/factors/keys/login/", {"credential": passkey(emil.user_id)})
    assert failures(emil)[0] == ("sign_in_blocked", "passkey")
    assert len(failures(emil)) == limits.SIGN_INS_OF_USER_MAX + 1
    half_in(emil)


def test_a_wrong_code_by_letter_is_noted(emil):
    with mail.server() as box:
        client = browser()
        client.post("/sign-in/", {"email": emil.email})
        wrong = "0000 0000" if mail.code(box) != "0000 0000" else "1111 1111"
        client.post("/sign-in/code", {"code": wrong})
    assert failures(emil) == [("sign_in_failed", "code")]


def test_of_members_and_strangers_nothing_is_noted(emil):
    users.known(email=f"ann@{emil.key}.example", now=clock.now())
    for name in ("ann", "nobody"):
        browser().post("/sign-in/password", {"login": f"{name}@{emil.key}.example", "password": WRONG})
    assert failures(emil) == []
