"""The page of components, from the components themselves: `python -m tests.design_page --write`."""

import re
import sys
from pathlib import Path
from typing import Final, NamedTuple

COTTON: Final = Path(__file__).parents[1] / "guerdon/faces/design/templates/cotton"
PAGE: Final = Path(__file__).parents[1] / "docs/reference/design.md"
HEAD: Final = """\
# Design system

Pages of the console, the portal and the till are put together from the components below and need no style sheet of
their own. The one that there is, `static/guerdon.css`, is served without its comments and blanks, in at most 21 KB;
tests name a rule that no page uses. Every component is shown, in any brand and every language, at `/design` of a
running server.

## A page

A page extends one of the shells and fills its blocks (`title`, `name`, `mark`, `home`, `tools`, `main`, `scripts`,
`toasts`). All of them are told a `brand` (`faces/design/brand.py`), from which every colour follows so that it can be
read.

| shell | what it is told besides |
| --- | --- |
| `design/console.html` | `groups` of links: beside the page, behind a button on a phone |
| `design/portal.html` | `links`, up to five: at the foot of a phone, beside the page where it is wide |
| `design/till.html` | nothing: large, one thing at a time |
| `design/page.html` | nothing: a bar on top, for pages that lead nowhere else |

```html
{% extends "design/console.html" %}{% load design %}
{% block main %}<div class="stack wide">
  <c-head title="{{ member.name }}" :links="path">
    <c-button icon="pencil" href="edit">{% say "members.edit" %}</c-button>
  </c-head>
  <c-card><c-table :columns="columns" :rows="rows" :paging="paging" /></c-card>
</div>{% endblock %}
```

- What components are told as a whole (`Link`, `Choice`, `Column`, `Row`, `Fact`, `Point` …) are the frozen values of
  `faces/design/shapes.py`; `addresses.column` and `addresses.changed` beside it make the links that sort and page.
- A parameter is told as a text, `title="{% say 'page.close' %}"`, or as a value, `:rows="rows"`. Any other attribute
  goes to the element itself; tell it only as a text (`placeholder="{{ words }}"`), as there a value is not escaped.
  A test finds the mistake.
- Words are asked for by `{% say "file.key" %}` and stand in `faces/words`, in every language.
- To arrange: `stack` (`close`, `wide`), `row` (`apart`), `grid` (`wide`), `narrow`; to say: `soft`, `small`, `unseen`.
- A page with charts includes `design/charts.html` in its block `scripts`.
- htmx is there on every page. An answer brings `c-toast` to tell that something was done; `hx-confirm` asks in a
  dialog of ours; what is swapped in and has `data-focus` is focused. Nothing inline runs, so `hx-on` and
  `hx-vals='js:…'` do not work.
- Without scripts a page is read and its forms are sent; scripts only make it quicker.
- In tests, `looks.whole(page)` of `tests/browser/looks.py` looks at an open page at 320, 360 and 1280 px, and asks axe
  at the first and the last.

## Components
"""


class Component(NamedTuple):
    """A component as its file tells it."""

    name: str
    about: str
    parameters: dict[str, str]
    more: bool  # whether other attributes go to its element
    slot: bool


def components() -> list[Component]:
    """Every component, by name."""
    return [_read(path) for path in sorted(COTTON.glob("*.html"))]


def write() -> str:
    """The page."""
    rows = ["| component | what it is | parameters |", "| --- | --- | --- |"]
    rows += [f"| `{one.name}` | {one.about} | {_told(one)} |" for one in components()]
    return HEAD + "\n" + "\n".join(rows) + "\n"


def _read(path: Path) -> Component:
    text = path.read_text()
    about = re.search(r"\{# (.*?) #\}", text)
    told = re.search(r"<c-vars\s(.*?)/>", text, re.DOTALL)
    parameters = (
        dict(re.findall(r':?([\w-]+)="([^"]*)"', told[1])) if told else {"name": ""} if path.stem == "icon" else {}
    )
    rest = text[told.end() :] if told else text
    slot = "{{ slot }}" in rest
    return Component(path.stem.replace("_", "-"), about[1] if about else "", parameters, "attrs" in rest, slot)


def _told(one: Component) -> str:
    parts = [
        f"`{name}`" + (f" = {value}" if value not in ("", "None", "[]") else "")
        for name, value in one.parameters.items()
    ]
    return ", ".join(parts + ["slot"] * one.slot + ["…"] * one.more)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(write())
    else:
        print(write(), end="")
