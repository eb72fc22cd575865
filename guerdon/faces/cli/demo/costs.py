"""What the demo tells in its cost books: the café's month, and a year of the grocer's beside its sales."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from guerdon.core.cost_book import Kind
from guerdon.features.programmes.queries import Lawbook

# Kind, minor units, the first month and the last one, what for. The last one of the grocer is taken back.
Told = tuple[Kind, int, str, str, str]
GROCER: Final[tuple[Told, ...]] = (
    ("technology", 240_000, "2017-01", "2017-12", "Platform and hosting, a year"),
    ("staff", 1_020_000, "2017-01", "2017-12", "Half a day a week for the programme"),
    ("materials", 61_500, "2017-01", "2017-01", "Cards and leaflets for the start"),
    ("media", 88_000, "2017-05", "2017-05", "Posters in the stores, spring"),
    ("agency", 145_000, "2017-10", "2017-11", "Autumn campaign, invoice 2017/118"),
    ("funding", 60_000, "2017-10", "2017-11", "A supplier pays for the autumn campaign"),
    ("media", 88_000, "2017-06", "2017-06", "Posters in the stores, spring"),
)
WHY: Final = "Told twice: it was for May"
CAFE: Final[tuple[tuple[Kind, int, str], ...]] = (
    ("technology", 4_900, "Hosting"),
    ("communication", 2_600, "E-mails and leaflets"),
    ("materials", 11_800, "Stamp cards, two thousand"),
)


def tell_year(book: Lawbook, *, now: datetime) -> None:
    """Write the grocer's year into its book, where nobody has told anything yet."""
    from guerdon.engine import costs
    from guerdon.engine.adjust import Actor

    told = _tell(book, GROCER, now)
    if told:
        costs.reverse(programme_id=book.programme.id, id=told[-1], why=WHY, actor=Actor("demo", "demo"), now=now)


def tell_month(book: Lawbook, *, now: datetime) -> None:
    """Write the café's month into its book, where nobody has told anything yet."""
    from guerdon.core import closing, period

    month = closing.named(period.local_day(now, book.current(now).zone))
    _tell(book, [(kind, amount, month, month, note) for kind, amount, note in CAFE], now)


def _tell(book: Lawbook, told: Sequence[Told], now: datetime) -> list[str]:
    from guerdon.core import cost_book as law
    from guerdon.core.cost_book import Entry
    from guerdon.engine import costs
    from guerdon.engine.adjust import Actor
    from guerdon.features.costs import queries
    from guerdon.kit import store

    programme_id = book.programme.id
    if queries.count(store.current(), programme_id):
        return []
    currency, demo = book.current(now).programme.currency, Actor("demo", "demo")
    entries = [
        Entry(kind, amount, currency, law.month(first).since, law.month(last).until, note)
        for kind, amount, first, last, note in told
    ]
    return [costs.tell(one, programme_id=programme_id, actor=demo, now=now)[0].id for one in entries]
