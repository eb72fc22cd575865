"""How a page is looked at: opened as people open it, then measured at every width and asked by axe."""

import json
import time

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page, Request

from guerdon.faces import words

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what passes need not be told, which takes axe most of its time
}
# What other words can spoil, asked of pages that are not in English: the rest of a page is the same in every language.
BY_WORDS = (
    "document-title", "empty-heading", "html-lang-valid", "scrollable-region-focusable",
    "target-size",
)  # fmt: skip
BY_COLOURS = "color-contrast"  # more than half of the time axe takes
WIDTHS = (320, 360, 1280)  # 1280 at 400 % is 320
ASKED = (320, 1280)  # by axe: between 320 and 360 no rule of the sheet begins, which test_sheet.py looks after
MODES = ("light", "dark")
# Each language and each mode: colours know no language and words no mode, so their product would show nothing more.
PAIRS = (("en", "light"), ("bg", "dark"), ("tr", "light"))
STEPS_MAX = 80  # with Tab, until something is called out of reach
FOCUSED = """(() => {
    const one = document.activeElement;
    const label = one.labels?.[0]?.querySelector("strong, span") ?? one.labels?.[0];
    return (one.getAttribute("aria-label") ?? label?.textContent ?? one.textContent).trim();
})()"""
PATIENCE_SECONDS = 60  # a machine that is busy with something else is no fault of a page


def said(key: str, language: str = "en", **facts: str) -> str:
    """What a page says under a key of the words."""
    return words.say(key, language, **facts)


def opened(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    mode: str = "light",
    language: str = "en",
    scripts: bool = True,
    zone: str | None = None,
) -> Page:
    """The page, and in `page.faults` whatever the browser complains of: errors, warnings, the policy, lost requests."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=mode,
        locale=language,
        reduced_motion="reduce",
        java_script_enabled=scripts,
        timezone_id=zone,
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda told: page.faults.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", lambda request: _lost(page, request))
    page.goto(address)
    return page


def _lost(page: Page, request: Request) -> None:
    """Note a request that got no answer; whoever goes on to another page gives up what was still on its way."""
    if request.failure != "net::ERR_ABORTED":
        page.faults.append(f"{request.url}: {request.failure}")


# Bars that stay in reach cover what happens to be beneath them only until one scrolls.
STILL = "document.querySelectorAll('.actions, .shell > header').forEach((one) => { one.style.position = 'static'; })"


# The first elements that reach beyond the screen, and are not cut by what they stand in.
BEYOND = """[...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 0.5)
  .slice(0, 4).map((one) => one.outerHTML.slice(0, 120))"""


def whole(page: Page) -> None:
    """Nothing is wider than the screen, axe finds nothing in either shape of it, and the browser has not complained."""
    english = page.evaluate("document.documentElement.lang") == "en"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url}, {width} px: it can be moved sideways by {wide} px; {page.evaluate(BEYOND)}"
        if width in (ASKED if english else ASKED[:1]):
            found = _violations(page, AXE if english else _spoilt(page))
            assert found.violations_count == 0, f"{width} px: {found.generate_report()}"
    assert page.faults == [], page.faults


def _spoilt(page: Page) -> dict[str, object]:
    """How axe is asked of a page in another language."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return AXE | {"runOnly": [*BY_WORDS, BY_COLOURS] if dark else BY_WORDS}


def _violations(page: Page, how: dict[str, object]) -> AxeResults:
    """What axe finds wrong; a page that has met it already knows it still."""
    page.evaluate(STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate(f"axe.run({json.dumps(how)}).then((found) => ({{violations: found.violations}}))")
    return AxeResults(told)


def until(page: Page, script: str) -> None:
    """Wait until it is so; asked from here, as the policy lets a page evaluate nothing while it waits."""
    latest = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(script):
        assert time.monotonic() < latest, f"it never came to be: {script}"
        page.wait_for_timeout(50)


def reach(page: Page, name: str, *, by: str = "Tab") -> None:
    """Go on with Tab, or back with Shift+Tab, until something that is called so, or says so, has the focus."""
    passed = []
    for _ in range(STEPS_MAX):
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
        page.keyboard.press(by)
    raise AssertionError(f"{name} is not reached by keyboard, only {passed}")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def online(page: Page) -> None:
    """Give the network back: the page that opens without one goes home by itself."""
    with page.expect_navigation():
        page.context.set_offline(False)


def through_the_worker(page: Page) -> None:
    """Wait for the service worker: from now on whatever is opened passes through it."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
