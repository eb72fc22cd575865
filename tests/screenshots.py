"""The pictures of the README and the docs: real pages of the demo, as a browser shows them.

`make screenshots` sets the demo up in a folder of its own, serves it, and writes `docs/pictures/*.png`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.faces.site import Site

PICTURES = Path(__file__).parent.parent / "docs/pictures"
CONSOLE, YEAR, PORTAL, TILL, WHAT_IF = "The console", "A year of it", "Ann's portal", "Dora's till", "What if?"
PHONE, DESK = (390, 844), (1280, 800)


class Picture(NamedTuple):
    """A picture: its name, whose link of the demo opens it, which page it is, what is followed there, and how."""

    name: str
    link: str
    path: str
    size: tuple[int, int] = DESK
    mode: str = "light"
    language: str = "en"
    follow: str = ""


ALL = (
    Picture("console", YEAR, "/console/grocer/?days=own&from=2017-01-01&until=2017-12-31&compare=none"),
    Picture("members", CONSOLE, "/console/aurora/members/"),
    Picture("what-if", WHAT_IF, "/console/grocer/what-if/", follow="main li a"),
    Picture("rules", CONSOLE, "/console/aurora/rules/"),
    Picture("portal", PORTAL, "/my/aurora/", PHONE),
    Picture("portal-dark", PORTAL, "/my/aurora/", PHONE, "dark", "bg"),
    Picture("card", PORTAL, "/my/aurora/card", PHONE),
    Picture("rewards", PORTAL, "/my/aurora/rewards", PHONE, language="tr"),
    Picture("how", PORTAL, "/my/aurora/how", PHONE),
    Picture("till", TILL, "/till/aurora/", PHONE),
)


def main() -> None:
    """Make every picture."""
    program = chromium.find_or_install()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"GUERDON_HOME": home, "DJANGO_SETTINGS_MODULE": "guerdon.site.settings"}
        os.environ.pop("GUERDON_DATABASE_URL", None)
        command = [sys.executable, "-m", "guerdon.faces.cli.main"]
        told = subprocess.run(
            [*command, "demo", "--json", *sys.argv[1:]], check=True, stdout=subprocess.PIPE, text=True
        )
        subprocess.run([*command, "work", "--once", "--json"], check=True, stdout=subprocess.DEVNULL)
        links = {who: "/" + link.split("/", 3)[3] for who, link in json.loads(told.stdout)["links"].items()}
        site = Site()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
                for one in ALL:
                    _take(browser, site.url, links[one.link], one)
                browser.close()
        finally:
            site.stop()


def _take(browser: Browser, url: str, link: str, one: Picture) -> None:
    width, height = one.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=one.mode, locale=one.language,  # type: ignore[arg-type]
        reduced_motion="reduce", device_scale_factor=1.5,
    )  # fmt: skip
    page = context.new_page()
    page.goto(url + link)
    answered = page.goto(url + one.path)
    assert answered is not None and answered.ok, f"{one.path} answered {answered and answered.status}"
    if page.url.endswith("/device"):  # a till asks once which one it is
        page.locator("#store").fill("sofia-centre")
        page.keyboard.press("Enter")
    if one.follow:
        page.locator(one.follow).first.click()
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{one.name}.png"))
    print(f"{one.name}.png")
    context.close()


if __name__ == "__main__":
    main()
