"""Signing in, in a real browser: a passkey is made and used, a second factor by an app, a code, all by keyboard."""

import pytest

from guerdon.engine import staff
from guerdon.faces import refusals, words
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.browser import looks
from tests.shop import Shop


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Café Aurora with Emil, its owner; made before there is a browser: beside its loop Django asks no database."""
    opened = Shop()
    whose = {"email": f"emil@{opened.key}.example", "name": "Emil", "role": "owner"}
    staff.appoint(programme_id=opened.programme_id, by=Actor("operator", "operator"), now=clock.now(), **whose)
    return opened.key, entry.link(email=whose["email"], to="/sign-in/factors/keys/add/")


@pytest.mark.parametrize(("language", "mode"), looks.PAIRS)
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/password"])
def test_pages_of_sign_in_are_whole(site, browser, path, language, mode):
    page = looks.opened(browser, f"{site.url}{path}", language=language, mode=mode)
    try:
        assert page.locator("h1").inner_text() == words.say("signin.sign_in", language)
        looks.whole(page)
    finally:
        page.context.close()


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_whoever_is_new_and_whoever_is_a_member_find_their_way(site, browser, cafe, language):
    page = looks.opened(browser, f"{site.url}/my/{cafe[0]}/welcome", language=language)
    try:
        looks.whole(page)
        page.get_by_role("link", name=words.say("signin.new_here", language)).click()
        looks.whole(page)
        assert page.get_by_role("button", name=words.say("signin.passkey", language)).count() == 0
        page.get_by_role("link", name=words.say("signin.member_already", language)).click()
        assert page.locator("h1").inner_text() == words.say("signin.sign_in", language)
        looks.whole(page)
        assert page.get_by_role("button", name=words.say("signin.passkey", language)).count() == 1
        assert page.faults == [], str(page.faults)
    finally:
        page.context.close()


def test_a_passkey_is_made_and_opens(site, browser, cafe):
    local = site.url.replace("127.0.0.1", "localhost")  # passkeys belong to names
    key, link = cafe
    page = looks.opened(browser, local + link)
    try:
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.locator("#id_passwordless").check()
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url(lambda url: not url.endswith("/add/"))
        page.context.clear_cookies()
        page.goto(f"{local}/sign-in/?next=/console/{key}/")
        page.get_by_role("button", name=words.say("signin.passkey", "en")).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/console/{key}/")
        assert page.faults == [], str(page.faults)
    finally:
        page.context.close()
