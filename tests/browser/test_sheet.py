"""The style sheet in a real browser: what is served says what was written, and no rule is there that no page uses."""

import re

from guerdon.faces.design import assets
from tests.browser import looks
from tests.browser.test_guide import PARTS

# Every selector of a sheet, those of nested rules written out.
SELECTORS = """(text) => {
    const parts = (list) => {
        const found = [""];
        let depth = 0;
        for (const one of list) {
            depth += "([".includes(one) - ")]".includes(one);
            if (one === "," && depth === 0) found.push(""); else found[found.length - 1] += one;
        }
        return found.map((one) => one.trim());
    };
    const within = (rule, above) => {
        const here = !rule.selectorText ? [] : parts(rule.selectorText).map((one) =>
            !above ? one : one.includes("&") ? one.replaceAll("&", `:is(${above})`) : `:is(${above}) ${one}`);
        const below = here.join(", ") || above;
        const inner = [...(rule.cssRules ?? [])].flatMap((one) => within(one, below));
        return [...(rule.style?.length ? here : []), ...inner];
    };
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].filter((one) => !(one instanceof CSSKeyframesRule)).flatMap((one) => within(one, null));
}"""
RULES = """(text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map((one) => one.cssText).join("\\n");
}"""
WIDTH = re.compile(r"@(?:media|container)[^{]*?\(width *[<>]=? *([\d.]+)(\w+)\)")
MATCHING = "(all) => all.filter((one) => document.querySelector(one))"
# What the page is not, but becomes under a hand, a script or in a while; and pieces that are no elements.
STATES = re.compile(
    r"::[\w-]+|:(hover|active|focus-visible|focus|disabled|checked|popover-open)|\[open\]|\.htmx-request|"
    r"\[(aria-busy|aria-disabled|aria-invalid|data-over|data-mode)[^\]]*\]"
)
# What the guide, which shows every component, has no place for, and what of it stands in a template or a script.
ELSEWHERE = {
    ":is(.grid):has(> .field)": '<div class="grid">{% say "objectives.kpi"',
    "[data-copies]": "data-copies=", "[data-words] :is(.item) > .text": "<c-list data-words>",
    "code": "<code", "kbd": "<kbd", ".qr": 'class="qr"', ".entrance": 'class="entrance"', ".level": "stack level",
    ":is(.rule)::after": 'class="row rule',
    ":is(.side) .badge": "<c-badge>{{ one.count }}", ":is(.stat) > .menu": "<c-menu :label=\"means\"",
    ".ways": 'class="choices ways"', ":is(.ways) > div": 'class="choices ways"',
    ":is(.ways) label:has(:checked) + div": 'class="choices ways"',
    ":is(.stat) > .through": 'class="through soft small"',
    ":is(.choice) > p": '<p class="small">{{ about }}</p></c-menu>',
    ":is(:is(.notice) > div):empty": "<div>{{ slot }}</div>", ":is(.toasts) .notice": "beforeend:#toasts",
    ':is(.input):is([aria-invalid="true"], :has([aria-invalid="true"]))': 'class="input"',
    ":is(:is(.table) tr:has(.through)) :is(a, button):not(.through)": 'class="through" href="{{ row.address }}"',
    ":is(:is(.chart) .plot):not([tabindex])": 'class="plot"', ":is(:is(.chart) .mark).third": '"third"',
    ":is(:is(.chart) .mark).fourth": '"fourth"', ":is(:is(.reward) .picture) img": "<img src=\"{{ picture }}\"",
    ".pass": 'class="pass', ":is(.pass) .drawn": 'class="drawn"', ":is(:is(.pass) .drawn) svg": 'class="drawn"',
    ":is(:is(.pass) .drawn)[data-over]": '"data-over"', ":is(.pass) .code": 'class="code"',
    ":is(:is(.pass) .drawn) path:not([stroke], [fill])": 'class="drawn"',
}  # fmt: skip


def plain(selector):
    """The selector of what may come into the state that the rule is for."""
    found = re.sub(r":(is|not|has)\([\s,]*\)", "", STATES.sub("", selector)).strip() or "*"
    return f"* {found}" if found.startswith(">") else found


def unused(browser, site, sheet):
    """The selectors that nothing in the guide is found by."""
    page = looks.opened(browser, f"{site.url}/design/foundation")
    try:
        left = {plain(one): one for one in page.evaluate(SELECTORS, sheet)}
        for part in PARTS:
            page.goto(f"{site.url}/design/{part}")
            left = {one: left[one] for one in left if one not in set(page.evaluate(MATCHING, list(left)))}
    finally:
        page.context.close()
    return set(left.values())


def told(page, sheet):
    """The rules as the browser writes them; it keeps values with tokens, so zeros and blanks of no use are left out."""
    return re.sub(r"(?<![\w.])0(?=\.\d)|(?<=,) ", "", page.evaluate(RULES, sheet)).splitlines()


def test_what_is_served_says_what_was_written(site, browser):
    page = looks.opened(browser, f"{site.url}/design/foundation")
    try:
        written, served = (assets.ROOT / assets.SHEET).read_text(), assets.body(assets.SHEET).decode()
        assert len(served) < len(written) and "/*" not in served
        assert told(page, served) == told(page, written)
    finally:
        page.context.close()


def test_no_rule_is_there_that_no_page_uses(site, browser):
    sheet = assets.body(assets.SHEET).decode()
    never = ".card:hover > .never, .tabs .never { color: red }"
    assert unused(browser, site, sheet + never) == {*ELSEWHERE, ".card:hover > .never", ".tabs .never"}


def test_on_every_phone_the_same_rules_are_at_work():
    """None begins or ends by a width of 360 px or less, so axe, asked at 320, would be told nothing new at 360."""
    sheet = assets.body(assets.SHEET).decode()
    limits = [float(number) * {"rem": 16, "px": 1}[unit] for number, unit in WIDTH.findall(sheet)]
    assert len(limits) == len(re.findall(r"@(?:media|container)[^{]*\bwidth\b", sheet)) > 5, "each is understood"
    assert min(limits) > 360


def test_what_the_guide_has_no_place_for_stands_elsewhere():
    faces = assets.ROOT.parent.parent
    texts = [path.read_text() for kind in ("html", "js", "py") for path in faces.rglob(f"*.{kind}")]
    assert [one for one in ELSEWHERE.values() if not any(one in text for text in texts)] == []


def test_what_a_finger_hits_is_large_enough(site, browser):
    """At least 44 px high under a finger, also what is small under a mouse."""
    hit = ".button, .input, .fold > summary, .tick, .segments label, .tabs a, .shell > nav a"
    low = (
        "(all) => [...document.querySelectorAll(all)].filter((one) => one.checkVisibility())"
        ".filter((one) => one.getBoundingClientRect().height < 43.9).map((one) => one.outerHTML.slice(0, 120))"
    )
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    try:
        page = context.new_page()
        for part in ("forms", "lists", "ways", "rules", "members", "portal", "till"):
            page.goto(f"{site.url}/design/{part}")
            assert page.evaluate(low, hit) == [], part
    finally:
        context.close()
