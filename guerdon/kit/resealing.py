"""Columns that are sealed with the installation's secret, and their way from a former secret to the present one."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from guerdon.kit import secrets, store
from guerdon.kit.store import Statement, Store, allow_fanout

ROWS_PER_PAGE: Final = 500
_REASON: Final = "the secret is that of all accounts"


class Column:
    """A sealed column of a table, whose rows are named by `key`; `fresh` seals a cell anew, and answers None where that
    was done already."""

    def __init__(
        self,
        table: str,
        key: tuple[str, ...],
        name: str = "wrapped_key",
        *,
        json: bool = False,
        fresh: Callable[[str], str | None] = secrets.rewrapped,
    ) -> None:
        self.table, self._key, self._fresh = table, key, fresh
        names, places = ", ".join(key), ", ".join([f":key_{one}" for one in key])
        cast = "::text" if json else ""
        where = f"FROM {table} WHERE {name} IS NOT NULL"
        order, back = (
            f"ORDER BY {names} LIMIT :most",
            f"ORDER BY {', '.join([f'{one} DESC' for one in key])} LIMIT :most",
        )
        asked = f"SELECT {names}, {name}{{cast}} {where}"
        same = " AND ".join([f"{one} = :key_{one}" for one in key])
        self._how_many = _both(f"SELECT count(*) {where}", cast)
        self._first = _both(f"{asked} {order}", cast)
        self._next = _both(f"{asked} AND ({names}) > ({places}) {order}", cast)
        self._last = _both(f"{asked} {back}", cast)
        self._one = _both(f"{asked} AND {same}", cast)
        value = "CAST(:fresh AS jsonb)" if json else ":fresh"
        change = f"UPDATE {table} SET {name} = {{value}} WHERE {same}"  # noqa: S608 - names of ours
        change += f" AND {name}{{cast}} = :before RETURNING 1"
        self._change = allow_fanout(
            _REASON,
            Statement(
                change.replace("{value}", value).replace("{cast}", cast),
                sqlite=change.replace("{value}", ":fresh").replace("{cast}", ""),
            ),
        )

    def how_many(self, at_hand: Store) -> int:
        """How many cells are sealed."""
        return int(at_hand.fetch(self._how_many)[0][0])

    def run(self, progress: Callable[[int], None]) -> int:
        """Seal every cell with the present secret, a page a transaction, the least key first; how many were not yet.

        Others go on meanwhile, and stopped in between it does no harm: whoever begins anew passes over what is done.
        Raises ValueError for a cell that no secret here opens.
        """
        changed = 0
        for page in self._pages():
            changed += store.committed(lambda at_hand, rows=page: sum([self._seal(at_hand, row) for row in rows]))  # type: ignore[misc]
            progress(len(page))
        return changed

    def needing(self, progress: Callable[[int], None]) -> int:
        """How many cells are not sealed with the present secret; every cell is looked at, the least key first.

        Raises ValueError for a cell that no secret here opens.
        """
        found = 0
        for page in self._pages():
            found += sum([self._fresh(str(row[-1])) is not None for row in page])
            progress(len(page))
        return found

    def late(self, at_hand: Store) -> bool:
        """Whether one of the cells with the greatest keys, as many as a page has, is not under the present secret:
        a quick look, which tells nothing of the others.

        Raises ValueError for one that no secret here opens.
        """
        return any(self._fresh(str(row[-1])) is not None for row in at_hand.fetch(self._last, most=ROWS_PER_PAGE))

    def _pages(self) -> Iterator[list[tuple[Any, ...]]]:
        page = store.current().fetch(self._first, most=ROWS_PER_PAGE)
        while page:
            yield page
            page = store.current().fetch(self._next, most=ROWS_PER_PAGE, **self._named(page[-1]))

    def _seal(self, at_hand: Store, row: tuple[Any, ...]) -> bool:
        """Whether the cell was sealed with a former secret. Who changed or dropped it meanwhile sealed it anew, or not
        if their process knows the former one only: look again."""
        rows = [row]
        while rows:
            before = str(rows[0][-1])
            fresh = self._fresh(before)
            if fresh is None:
                return False
            if at_hand.fetch(self._change, fresh=fresh, before=before, **self._named(row)):
                return True
            rows = at_hand.fetch(self._one, **self._named(row))
        return False

    def _named(self, row: tuple[Any, ...]) -> dict[str, object]:
        return {f"key_{name}": cell for name, cell in zip(self._key, row, strict=False)}


def _both(text: str, cast: str) -> Statement:
    return allow_fanout(_REASON, Statement(text.replace("{cast}", cast), sqlite=text.replace("{cast}", "")))
