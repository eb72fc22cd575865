"""A shop that changes its programme by drafts that a second person looks at."""

from guerdon.core.edits import Edit
from guerdon.engine import drafts
from guerdon.engine.adjust import Actor
from tests import shop
from tests.shop import Shop

EMIL, DORA = Actor("Emil", "e"), Actor("Dora", "d")


def draft() -> None:
    """One is published, one given up, one waits for Dora."""
    bakery = Shop({"review": "required"}, key="bakery")
    for number, title in enumerate(("more", "less", "later"), start=2):
        now = shop.moment(f"2026-01-{number:02}")
        begun = drafts.begin(programme_id=bakery.programme_id, title=title, actor=EMIL, now=now)
        of_emil, of_dora = (drafts.Deed(bakery.programme_id, begun.id, who, now) for who in (EMIL, DORA))
        drafts.edit(of_emil, [Edit("put", "/rules/base/then/0/points/give", number)])
        if title == "less":
            drafts.discard(of_emil)
            continue
        drafts.submit(of_emil)
        if title == "more":
            drafts.approve(of_dora)
            drafts.publish(of_emil)
