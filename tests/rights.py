"""The page about rights: roles, and every route of the API and of the pages with what it needs, as the program has it.

`python -m tests.rights` checks the page, `--write` writes it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guerdon.faces.visits import Page

PAGE = Path(__file__).parent.parent / "docs/reference/rights.md"
_HEAD = """# Rights

Who may do what. A person has one role in a programme, a key has the rights that it was made with, a route needs one
right: pages and API obey the same table. Members have rights for their own account alone. This page is printed from the
program: `python -m tests.rights --write`.

"""


def text() -> str:
    """The page."""
    import django

    django.setup()
    from guerdon.core import rights
    from guerdon.faces import metrics
    from guerdon.faces.api import routes
    from guerdon.site import urls

    def row(*cells: str) -> str:
        return "| " + " | ".join(cells) + " |\n"

    def may(right: str) -> list[str]:
        return ["✓" if right in rights.of(role) else "" for role in rights.ROLES]

    found = _HEAD + "## Roles\n\n" + row("right", *rights.ROLES) + row(*["---"] * (len(rights.ROLES) + 1))
    found += "".join(row(f"`{right}`", *may(right)) for right in rights.RIGHTS)
    found += "\n## Pages\n\n" + row("page", "needs") + row("---", "---")
    found += "".join(row(f"`{page.key}`", _needs(page)) for page in urls.PAGES)
    found += f"\n## Metrics\n\n`GET {metrics.PATH}`, off until it has an address of its own (`--metrics`):"
    found += f" {metrics.NEEDS}.\n"
    found += "\n## API\n\n" + row("route", "needs") + row("---", "---")
    found += "".join(row(f"`{one.method} {one.path}`", f"`{one.right}`") for one in routes.ROUTES)
    return found


def _needs(page: "Page") -> str:
    beside = [one for one in page.also if one != page.needs]
    return ", ".join([f"`{one}`" for one in (page.needs, *beside)] + ["shown afresh"] * page.fresh)


def main() -> None:
    """Check the page, or write it."""
    if "--write" in sys.argv:
        PAGE.write_text(text(), "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != text():
        sys.exit("print it again: python -m tests.rights --write")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
    main()
