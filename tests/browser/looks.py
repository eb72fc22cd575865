"""How a page is looked at: opened as people open it, then measured at every width and asked by axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
WIDTHS = (320, 360, 1280)  # 1280 at 400 % is 320
MODES = ("light", "dark")


def opened(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    mode: str = "light",
    language: str = "en",
    scripts: bool = True,
) -> Page:
    """The page, and in `page.faults` whatever the browser complains of: errors, warnings, the policy, lost requests."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=mode,
        locale=language,
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
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


def whole(page: Page) -> None:
    """Nothing is wider than the screen, axe finds nothing at any width, and the browser has not complained."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{width} px: the page can be moved sideways by {wide} px"
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, f"{width} px: {found.generate_report()}"
    assert page.faults == [], page.faults


def wholly(browser: Browser, address: str, **how: str) -> None:
    """The page is opened, looked at as a whole, and closed."""
    page = opened(browser, address, **how)
    try:
        whole(page)
    finally:
        page.context.close()
