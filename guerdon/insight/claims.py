"""What a member told with claims, and was answered; what clerks noted for themselves is not the member's."""

from collections.abc import Iterator, Sequence

from guerdon.core import claims as law
from guerdon.core.claims import Claim
from guerdon.features.claims import queries
from guerdon.kit import ids
from guerdon.kit.store import Store

PAGE = 100
_LAST = "f" * 32  # above every id
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def _pages(store: Store, accounts: Sequence[str]) -> Iterator[list[Claim]]:
    before = _LAST
    while page := queries.of_member(store, accounts, before=before, most=PAGE):
        before = page[-1].id
        yield page


def steps(store: Store, accounts: Sequence[str]) -> Iterator[list[tuple[str | int | None, ...]]]:
    """What was done about each claim, as the member may see it."""
    for page in _pages(store, accounts):
        yield [
            (ids.show("claim", id), one.number, one.deed, one.state, one.at.isoformat(), _reason(one.deed, one.reason))
            for id, found in queries.steps(store, page).items()
            for one in found
            if one.deed in law.SHOWN
        ]


def _reason(deed: str, reason: str) -> str | None:
    return reason if reason and deed in law.REASONED else None


def words(store: Store, accounts: Sequence[str]) -> Iterator[list[tuple[str | int | None, ...]]]:
    """What was said with each step, opened."""
    for page in _pages(store, accounts):
        shown = {
            (id, one.number)
            for id, found in queries.steps(store, page).items()
            for one in found
            if one.deed in law.SHOWN
        }
        yield [
            (
                ids.show("claim", id), number, one.text, one.store, None if one.day is None else one.day.isoformat(),
                one.amount, one.receipt,
            )
            for id, told in queries.told(store, page).items()
            for number, one in told.items()
            if (id, number) in shown
        ]  # fmt: skip


def photos(store: Store, accounts: Sequence[str]) -> Iterator[list[tuple[str | int | None, ...]]]:
    """Which photos there are, each by the name of its file."""
    for page in _pages(store, accounts):
        yield [
            (ids.show("claim", id), one.number, one.media_type, _file(one))
            for id, found in queries.photos(store, page).items()
            for one in found
        ]


def files(store: Store, accounts: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The photos themselves, one after the other."""
    for page in _pages(store, accounts):
        photos = queries.photos(store, page)
        for claim in page:
            for one in photos[claim.id]:
                found = queries.photo(store, claim, one.hash)
                if found is not None:
                    yield _file(one), found[1]


def _file(one: queries.Photo) -> str:
    return f"claims_photos/{one.hash}.{_ENDINGS[one.media_type]}"
