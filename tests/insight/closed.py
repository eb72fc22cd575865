"""A history whose months are all closed."""

from guerdon.core import closing as law
from guerdon.engine import closing
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from tests import shop
from tests.shop import Shop


def close_all(one: Shop) -> None:
    """Close every month of the history that is open, and count the figures of all."""
    known = closings.borders(store.current(), one.programme_id)
    begins = programmes.latest(store.current(), one.programme_id).begins()
    month = law.following(known[-1].month) if known else law.named(begins.date())
    while month < "2027-01":
        later = f"{law.following(month)}-02"
        one.night(later)
        one.close(month, later)
        month = law.following(month)
    for closed in closings.every(store.current(), one.programme_id):
        closing.count(programme_id=one.programme_id, month=closed.closing.month, now=shop.moment("2027-02-01"))
