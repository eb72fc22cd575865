"""What is wrong at sign-in is said in the reader's language, whichever library found it."""

import inspect
import re

import pytest
from allauth.account import forms as account
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from guerdon.engine import users
from guerdon.engine.founding import Owner
from guerdon.faces import refusals, words
from guerdon.faces.signin import entry, faults, pages
from guerdon.faces.signin import forms as ours
from guerdon.faces.start import pages as first_steps
from guerdon.faces.words import signin_faults
from guerdon.kit import clock, ids
from tests.shop import Shop

FORMS = (
    account.LoginForm, account.ReauthenticateForm, ours.RequestCode, ours.ConfirmCode, ours.SecondFactor,
    ours.SecondFactorAgain, ours.Passkey, ours.PasskeyAgain, ours.PasskeyAlone, app.ActivateTOTPForm,
    app.DeactivateTOTPForm, codes.GenerateRecoveryCodesForm, keys.AddWebAuthnForm, keys.EditWebAuthnForm,
    pages.NewPassword,
)  # fmt: skip
# Of the library's code what our settings never reach: telephones, user names, and asking for a code by its own form.
UNREACHED = {"invalid_login", "select_only_one", "unknown_phone", "unknown_email"}
BAD_PASSWORDS = {"password_too_short": "k7#", "password_guessed": "qwerty123456"}


def codes_of(form):
    """The codes of all faults that a form's fields, and its own code, can find."""
    for name, field in form.base_fields.items():
        found = {code for one in type(field).__mro__ for code in getattr(one, "default_error_messages", ())}
        found |= {one.code for one in field.validators}
        if isinstance(field, forms.BooleanField | forms.CharField) and not field.required:
            found -= {"required"}
        yield from ((name, code) for code in found)
    for one in form.__mro__:
        if one.__module__.startswith(("allauth", "guerdon")):
            yield from (("", code) for code in re.findall(r'validation_error\("(\w+)"', inspect.getsource(one)))


@pytest.mark.parametrize("form", FORMS)
def test_every_fault_that_a_form_can_find_has_our_words(form):
    for name, code in set(codes_of(form)):
        if code in UNREACHED:
            continue
        error = ValidationError("SOMETHING IN ENGLISH", code, {"limit_value": 7, "min_length": 12})
        for language in refusals.LANGUAGES:
            with translation.override(language):
                [told] = faults.said([error], field=name)
            assert "ENGLISH" not in told, (name, code)


def test_a_wrong_password_has_our_words_too():
    assert "email_password_mismatch" in signin_faults.WORDS, "made up from the way that people sign in"
    assert {"email"} == settings.ACCOUNT_LOGIN_METHODS


@pytest.mark.parametrize("language", refusals.LANGUAGES)
@pytest.mark.parametrize("validator", get_default_password_validators(), ids=lambda one: type(one).__name__)
def test_each_rule_of_passwords_speaks_every_language(database, validator, language):
    with translation.override(language):
        for password in BAD_PASSWORDS.values():
            try:
                validator.validate(password)
            except ValidationError as error:
                [told] = faults.said(error.error_list)
                assert told == words.say(f"signin_faults.{error.code}", language, min_length=12)
                break
        else:
            pytest.fail("it refuses nothing here")


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_a_new_password_is_refused_on_the_page_in_its_language(database, language):
    shop = Shop()
    email = f"{ids.new()}@aurora.example"
    users.known(email=email, now=clock.now())
    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    client.get(entry.link(email=email, to="/"))
    for code, password in BAD_PASSWORDS.items():
        page = client.post("/sign-in/new-password", {"password": password}).content.decode()
        assert words.say(f"signin_faults.{code}", language, min_length=12) in page, shop.key
    page = client.post("/sign-in/new-password", {"password": ""}).content.decode()
    assert words.say("signin_faults.required", language) in page


@pytest.mark.parametrize("language", refusals.LANGUAGES)
@pytest.mark.parametrize(("code", "password"), BAD_PASSWORDS.items())
def test_the_password_of_the_first_owner_is_refused_in_the_language_of_the_page(database, code, password, language):
    with translation.override(language):
        found = first_steps._owner_faults(Owner("Emil", "emil@aurora.example"), password)
    assert found == {"password": words.say(f"signin_faults.{code}", language, min_length=12)}


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_who_signs_in_wrongly_is_told_in_the_language_of_the_page(database, language):
    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    told = {"login": f"{ids.new()}@aurora.example", "password": "four words make one"}
    page = client.post("/sign-in/password", told).content.decode()
    assert words.say("signin_faults.email_password_mismatch", language) in page
    page = client.post("/sign-in/password", told | {"login": "nobody"}).content.decode()
    assert words.say("signin_faults.invalid", language) in page


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_a_wrong_code_of_an_app_is_told_in_the_language_of_the_page(database, language):
    email = f"{ids.new()}@aurora.example"
    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    client.get(entry.link(email=email, to="/"))
    client.get("/sign-in/factors/app/activate/")
    page = client.post("/sign-in/factors/app/activate/", {"code": "000000"}).content.decode()
    assert words.say("signin_faults.incorrect_code", language) in page


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_a_new_passkey_has_a_name_in_the_language_of_the_page(database, language):
    email = f"{ids.new()}@aurora.example"
    users.known(email=email, now=clock.now())
    client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    client.get(entry.link(email=email, to="/"))
    page = client.get("/sign-in/factors/keys/add/").content.decode()
    assert f'value="{words.say("factors.passkey_numbered", language, number=1)}"' in page


def test_a_refusal_keeps_its_own_words():
    told = ValidationError("Wait 5 s.", code="attempts_too_many")
    assert faults.said([told]) == ["Wait 5 s."]
