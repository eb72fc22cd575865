"""A café of two months with hand-worked numbers, for tests of reports."""

from guerdon.engine import closing
from guerdon.faces.reports import composed
from guerdon.faces.reports.content import Content, Table
from guerdon.features.programmes import queries as programmes
from guerdon.insight import report
from guerdon.insight.report import Report
from guerdon.kit import store
from tests import shop
from tests.shop import POINTS, Shop

LANGUAGES = ("en", "bg", "tr")
POINT = POINTS | {
    "name": {"en": "points", "bg": "точки", "tr": "puan"},
    "expires": {"rolling": {"months": 2}}, "worth": {"points": 100, "money": "1.00", "redeemed": 80},
}  # fmt: skip
NAMES = {"en": "Café <Aurora> & #panic()", "bg": "Кафе Аврора", "tr": "Kafe Işık"}
PARTS = {
    "name": NAMES, "languages": list(LANGUAGES), "units": {"points": POINT},
    "rules": {"base": shop.BASE | {"name": {"en": "Base", "bg": "База", "tr": "Temel"}}},
}  # fmt: skip


def lived(key: str = "") -> Shop:
    """In January Ann buys for 400.00; in February for 300.00, Ben for 200.00, and Ann spends 100 points."""
    cafe = Shop(PARTS, **({"key": key} if key else {}))
    cafe.enrol("Ann", "Ben", now=shop.moment("2026-01-03"))
    cafe.buy("Ann", 40_000, "2026-01-10")
    cafe.night("2026-02-01T03:00")
    cafe.close("2026-01", "2026-02-02")
    cafe.buy("Ann", 30_000, "2026-02-10")
    cafe.buy("Ben", 20_000, "2026-02-11")
    shop.taken(cafe.burn("Ann", 100, "2026-02-20"))
    cafe.night("2026-03-01T03:00")
    closing.count(programme_id=cafe.programme_id, month="2026-01", now=shop.moment("2026-03-01"))
    shop.count(cafe, at="2026-03-01T12:00")
    return cafe


def read(cafe: Shop, month: str = "2026-02", now: str = "2026-03-02") -> Report:
    book = programmes.latest(store.current(), cafe.programme_id)
    return report.read(store.current(), cafe.programme_id, book, month, now=shop.moment(now))


def content(cafe: Shop, language: str = "en", month: str = "2026-02") -> Content:
    return composed.compose(read(cafe, month), language)


def texts(told: Content) -> str:
    """All that a report says, with what stands between for the eye."""
    found = [told.title, *told.about]
    for section in told.sections:
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Table):
                found += [block.caption, *[one.title for one in block.columns]]
                found += [" | ".join(row) for row in block.rows]
            else:
                found.append(str(block))
    return "\n".join(found)
