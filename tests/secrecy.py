"""Installations whose secret is replaced, as the tests have them."""

import contextlib
from collections.abc import Iterator

from django.conf import settings

from guerdon.core.members import Person
from guerdon.features.members import queries as members
from guerdon.kit import digests, store
from guerdon.kit.store import Statement
from tests import shop

OLD, NEW = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2, "a1b2c3d4e5f60718293a4b5c6d7e8f90" * 2


@contextlib.contextmanager
def secret(now: str, *former: str, next: str = "") -> Iterator[None]:
    """The installation has this secret, had those, and will have the next."""
    before = settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.SECRET_NEXT
    settings.SECRET_KEY, settings.SECRET_NEXT = now, next
    settings.SECRET_KEY_FALLBACKS = [one for one in (next, *former) if one]
    digests._keys.clear()  # as a process that has just started
    try:
        yield
    finally:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS, settings.SECRET_NEXT = before
        digests._keys.clear()


@contextlib.contextmanager
def opened() -> Iterator[shop.Shop]:
    """A café whose people came under the old secret, which is the present one."""
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(OLD):
        store.committed(lambda at_hand: digests.provide(at_hand, old=False))
        made = shop.Shop(key="cafe")
        made.enrol("ann", person=Person(name="Ann Aurora", email="ann@aurora.example"))
        made.buy("ann", 4_000)
        yield made


def found(cafe: shop.Shop, name: str = "ann") -> str | None:
    """The name behind somebody's address, found by its digest and opened."""
    at_hand = store.current()
    id = members.find(at_hand, cafe.programme_id, "email", members.stored("email", f"{name}@aurora.example"))
    return None if id is None else members.persons_of(at_hand, [id])[id].name
