"""What the demo asks of its own history: the grocer's programme with more for the own brand and less for full carts."""

from datetime import date, datetime
from typing import Final

from guerdon.features.programmes.queries import Lawbook

TITLE: Final = "More for our own brand, less for full carts"
SINCE, UNTIL = date(2017, 1, 1), date(2018, 1, 1)
# What the file says, and what the draft says instead; some members win by it and others lose.
CHANGES: Final = (
    (
        "[GROCERY, FROZEN GROCERY, DRUG GM, PASTRY, DELI, MEAT, MEAT-PCKGD]}\n"
        "    then:\n      - points: {unit: points, give: 1, per: 2.00}",
        "[GROCERY, FROZEN GROCERY, DRUG GM, PASTRY, DELI, MEAT, MEAT-PCKGD]}\n"
        "    then:\n      - points: {unit: points, give: 1, per: 1.00}",
    ),
    ("{amount_min: 50.00, give: 10}", "{amount_min: 50.00, give: 5}"),
    ("{amount_min: 100.00, give: 30}", "{amount_min: 100.00, give: 10}"),
    ("{amount_min: 150.00, give: 60}", "{amount_min: 150.00, give: 15}"),
    ("{amount_min: 250.00, give: 125}", "{amount_min: 250.00, give: 20}"),
)


def ask(book: Lawbook, *, now: datetime) -> bool:
    """Begin the draft and ask what it would have meant, where nobody has asked anything yet; answers whether it was.

    A worker answers it. Where an operator has published another file meanwhile nothing is asked.
    """
    from guerdon.engine import drafts, simulations
    from guerdon.engine.adjust import Actor
    from guerdon.features.simulations import queries
    from guerdon.kit import store

    programme_id = book.programme.id
    source = drafts.source_of(book.versions[-1])
    if queries.page(store.current(), programme_id, most=1) or any(source.count(old) != 1 for old, _ in CHANGES):
        return False
    for old, new in CHANGES:
        source = source.replace(old, new)
    demo = Actor("demo", "demo")
    draft = drafts.bring(programme_id=programme_id, title=TITLE, actor=demo, now=now, source=source)
    wish = simulations.Wish(draft_id=draft.id, since=SINCE, until=UNTIL)
    simulations.ask(wish, programme_id=programme_id, actor=demo, now=now)
    return True
