"""Walls: what the database itself must refuse, tried for real; and that nothing crosses a programme."""

import sqlite3
from collections.abc import Sequence
from typing import Final

import psycopg
from django.db import connection as django_connection

from guerdon.insight.verify.accounts import Account, Entry, Lot, Posting, Purse
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import ddl, durability
from guerdon.kit.store import fanout_mark

# A trial changes nothing: it is refused, or rolled back.
TRIAL: Final = fanout_mark("a trial of the triggers, refused or rolled back")
_CHANGED: Final = "a trigger is missing or was changed"


class AppendOnly(Invariant):
    """Every trigger that a migration made, as it was made, and a change that the append-only ones refuse, undone.

    No table is named here: one that a migration protects is looked at from then on.
    """

    clause = "10.25"
    sentence = "Postings, allocations and the journal are append-only (triggers on both databases)."

    TRIGGERS: Final = (
        "SELECT t.tgname::text, c.relname::text, t.tgtype::bigint, t.tgenabled::text FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
    )
    # BEFORE (2), DELETE (8), UPDATE (16), TRUNCATE (32), for each statement.
    EVERY_CHANGE: Final = 2 + 8 + 16 + 32

    def ask(self, found: Found) -> None:
        trial = _PostgresqlTrial() if found.view.postgresql else _SqliteTrial()
        try:
            present = self._postgresql(found) if found.view.postgresql else self._sqlite(found)
            for table in durability.append_only():
                self.count("tables", 1)
                missing = [name for name in ddl.trigger_names(table, django_connection.vendor) if name not in present]
                for name in missing:
                    self.breaks(_CHANGED, expected=name, found="not so", table=table)
                if not missing:
                    for verb in trial.allows(table):
                        self.breaks("a change was not refused", expected="append-only", found=verb, table=table)
            for one in durability.guards():
                self.count("other triggers", 1)
                if one.trigger not in present:
                    self.breaks(_CHANGED, expected=one.trigger, found="not so", table=one.table)
        finally:
            trial.close()

    def _postgresql(self, found: Found) -> set[str]:
        others = {one.trigger: one.events for one in durability.guards()}
        return {
            name
            for name, _, events, enabled in found.rows(self.TRIGGERS)
            if events == others.get(name, self.EVERY_CHANGE) and enabled in ("O", "A")
        }

    def _sqlite(self, found: Found) -> set[str]:
        made = {
            statement
            for table, fixed in durability.append_only().items()
            for statement in ddl.trigger_statements(table, django_connection.vendor, fixed=fixed)
        }
        for one in durability.guards():
            made.update(one.statements(django_connection.vendor))
        rows = found.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, text in rows if text in made}


class _SqliteTrial:
    """Changes of one existing row each, on a connection with the settings of the product."""

    def __init__(self) -> None:
        self._own = django_connection.copy()
        self._own.ensure_connection()
        self._raw: sqlite3.Connection = self._own.connection

    def allows(self, table: str) -> list[str]:
        """The verbs that were not refused; a table without rows has nothing to try."""
        key = [row[1] for row in self._raw.execute(f"PRAGMA table_info({table})") if row[5]]
        names = ", ".join(key)
        one = f"({names}) = (SELECT {names} FROM {table} LIMIT 1)"  # noqa: S608 - names from our own catalogue
        tries = {
            "UPDATE": f"UPDATE {table} SET {key[0]} = {key[0]} WHERE {one}",  # noqa: S608
            "DELETE": f"DELETE FROM {table} WHERE {one}",  # noqa: S608
            "INSERT OR REPLACE": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {one}",  # noqa: S608
        }
        if self._raw.execute(f"{TRIAL}SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1)").fetchone()[0] == 0:  # noqa: S608
            return []
        return [verb for verb, text in tries.items() if self._passes(text)]

    def _passes(self, text: str) -> bool:
        self._raw.execute("BEGIN IMMEDIATE")
        try:
            self._raw.execute(TRIAL + text)
        except sqlite3.IntegrityError:
            return False
        finally:
            self._raw.execute("ROLLBACK")
        return True

    def close(self) -> None:
        self._own.close()


class _PostgresqlTrial:
    """Changes of no row at all: the triggers are asked for each statement. TRUNCATE would lock, its bit is read."""

    def __init__(self) -> None:
        self._own = django_connection.copy()
        self._own.ensure_connection()
        self._raw = self._own.connection

    def allows(self, table: str) -> list[str]:
        """The verbs that were not refused."""
        first = self._raw.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", (table,)
        ).fetchone()[0]
        tries = {
            "UPDATE": f"UPDATE {table} SET {first} = {first} WHERE false",  # noqa: S608 - names of our own catalogue
            "DELETE": f"DELETE FROM {table} WHERE false",  # noqa: S608
        }
        return [verb for verb, text in tries.items() if self._passes(text)]

    def _passes(self, text: str) -> bool:
        self._raw.execute("BEGIN")
        try:
            self._raw.execute(TRIAL + text)
        except psycopg.errors.RestrictViolation:
            return False
        finally:
            self._raw.execute("ROLLBACK")
        return True

    def close(self) -> None:
        self._own.close()


class Inside(Invariant):
    """Every row against the programme of its owner, and every reference against what it points to."""

    clause = "10.27"
    sentence = "Every foreign key stays inside its programme."

    # What the walk does not see: the directory, the catalogue, and what waits. Natural keys are held against the
    # journal in 10.16.
    QUESTIONS: Final = {
        "an identifier": (
            "SELECT [id i.member_id], i.kind FROM members_identifier i LEFT JOIN members_member m"
            " ON m.id = i.member_id AND m.programme_id = i.programme_id WHERE m.id IS NULL AND [mine i]"
        ),
        "a parked fact": (
            "SELECT [id p.account_id], [id p.id] FROM activities_parked p LEFT JOIN members_member m"
            " ON m.id = p.account_id AND m.programme_id = p.programme_id WHERE m.id IS NULL AND [mine p]"
        ),
        "a unit": (
            "SELECT [id u.programme_id], u.code FROM ledger_unit u LEFT JOIN programmes_programme p"
            " ON p.id = u.programme_id WHERE p.id IS NULL AND [mine u]"
        ),
        "a balance": (
            "SELECT [id b.account_id], b.unit FROM ledger_balance b LEFT JOIN ledger_unit u"
            " ON u.programme_id = b.programme_id AND u.code = b.unit WHERE u.code IS NULL AND [mine b]"
        ),
        "a key of the API": (
            "SELECT [id k.id], k.name FROM keys_key k LEFT JOIN programmes_programme p"
            " ON p.id = k.programme_id WHERE p.id IS NULL AND [mine k]"
        ),
        "an import": (
            "SELECT [id r.id], r.file_name FROM imports_run r LEFT JOIN programmes_programme p"
            " ON p.id = r.programme_id WHERE p.id IS NULL AND [mine r]"
        ),
        "a closed month": (
            "SELECT [id c.programme_id], c.month FROM closings_closing c LEFT JOIN programmes_programme p"
            " ON p.id = c.programme_id WHERE p.id IS NULL AND [mine c]"
        ),
        "an exchange rate": (
            "SELECT [id t.programme_id], t.currency FROM rates_rate t LEFT JOIN programmes_programme p"
            " ON p.id = t.programme_id WHERE p.id IS NULL AND [mine t]"
        ),
        "a reminder": (
            "SELECT [id r.account_id], [id r.id] FROM expirations_reminder r LEFT JOIN members_member m"
            " ON m.id = r.account_id AND m.programme_id = r.programme_id WHERE m.id IS NULL AND [mine r]"
        ),
        "a person of a household": (
            "SELECT [id b.account_id], [id b.id] FROM households_belonging b LEFT JOIN members_member m"
            " ON m.id = b.person_id AND m.programme_id = b.programme_id LEFT JOIN members_member h"
            " ON h.id = b.account_id AND h.programme_id = b.programme_id AND h.kind = 'household'"
            " WHERE (m.id IS NULL OR h.id IS NULL) AND [mine b]"
        ),
        "a budget": (
            "SELECT [id b.programme_id], b.rule FROM rulebook_budget b LEFT JOIN programmes_programme p"
            " ON p.id = b.programme_id WHERE p.id IS NULL AND [mine b]"
        ),
    }

    def look(self, account: Account) -> None:
        member = account.member
        if member is None:
            self.breaks("an account without a member", expected="a member", found="none", member=account.id)
            return
        programme = member.programme_id
        if account.book is None:
            self.breaks("a member outside any programme", expected="a programme", found=programme, member=account.id)
        kinds: dict[str, Sequence[Purse | Posting | Lot | Entry]] = {
            "a balance": account.purses,
            "a posting": account.postings,
            "a lot": account.lots,
            "a journal entry": account.entries,
        }
        for what, rows in kinds.items():
            self.count("rows", len(rows))
            for row in rows:
                if row.programme_id != programme:
                    self.breaks(
                        f"{what} outside its member's programme",
                        expected=programme,
                        found=row.programme_id,
                        member=account.id,
                        id=getattr(row, "id", row.account_id),
                    )

    def close(self, found: Found) -> None:
        for what, question in self.QUESTIONS.items():
            for owner, name in found.rows(question):
                self.breaks(f"{what} outside its programme", expected="its owner's", found="another", id=owner, of=name)
