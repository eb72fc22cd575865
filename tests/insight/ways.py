"""The ways of a thief: what is looked up before a theft, and the statements that commit it."""

import hashlib
from typing import Any

from guerdon.kit import store
from tests.insight.lived import Lived

ELSEWHERE = "f" * 32  # an id that nothing has


class Eyes:
    """What a thief looks up before the theft."""

    def __init__(self, lived: Lived) -> None:
        self.lived = lived
        self.cafe = lived.cafe.programme_id
        self.grocer = lived.grocer.programme_id

    def row(self, question: str) -> Any:
        """The first row of a question about the database."""
        rows = store.current().fetch(store.Statement(question))
        assert rows, f"there is nothing to steal: {question}"
        return rows[0]

    def account(self, name: str) -> str:
        return self.lived.account(name)

    def fact(self, external_id: str) -> tuple[str, str]:
        """The account and the id of a fact."""
        account, id = self.row(f"SELECT account_id, id FROM activities_activity WHERE external_id = '{external_id}'")
        return account, id

    def posting(self, name: str, kind: str, unit: str = "points", *, last: bool = False) -> tuple[str, int]:
        """The id and the amount of a member's first posting of the kind."""
        order = "seq DESC" if last else "seq, part"
        id, amount = self.row(
            f"SELECT id, amount FROM ledger_posting WHERE account_id = '{self.account(name)}' AND kind = '{kind}'"
            f" AND unit = '{unit}' ORDER BY {order} LIMIT 1"
        )
        return id, amount

    def lot(self, name: str, where: str) -> str:
        """The id of a member's first lot of the kind."""
        id: str = self.row(
            f"SELECT id FROM ledger_lot WHERE account_id = '{self.account(name)}' AND {where} ORDER BY id"
        )[0]
        return id

    def rewritten(self, before: str, after: str, programme: str = "") -> list[str]:
        """Statements after which every version of the café, or of another, says something else, digest and all."""
        found = store.current().fetch(
            store.Statement("SELECT id, document FROM programmes_version WHERE programme_id = :programme"),
            programme=programme or self.cafe,
        )
        statements = []
        for id, document in found:
            assert before in document, document
            text = document.replace(before, after)
            digest = hashlib.sha256(text.encode()).hexdigest()
            statements.append(
                f"UPDATE programmes_version SET document = '{text}', digest = '{digest}' WHERE id = '{id}'"
            )
        return statements


def of(eyes: Eyes, name: str, unit: str = "points") -> str:
    return f"WHERE account_id = '{eyes.account(name)}' AND unit = '{unit}'"


def house(eyes: Eyes, kind: str) -> str:
    """The id of an account of the café's house."""
    question = f"SELECT id FROM ledger_system_account WHERE programme_id = '{eyes.cafe}' AND kind = '{kind}'"
    return str(eyes.row(question)[0])


def hold(eyes: Eyes, external_id: str) -> str:
    account, id = eyes.fact(external_id)
    return f"WHERE account_id = '{account}' AND id = '{id}'"


def another_part(eyes: Eyes) -> list[str]:
    """A hold is said to be in a later lot; every sum stays as it is."""
    account, id = eyes.fact("hold-4")
    lot, points = eyes.row(f"SELECT lot_id, amount FROM holds_part WHERE account_id = '{account}' AND hold_id = '{id}'")
    other = eyes.row(f"SELECT id FROM ledger_lot WHERE account_id = '{account}' AND remaining = 100 ORDER BY id DESC")[
        0
    ]
    return [
        f"UPDATE holds_part SET lot_id = '{other}' WHERE account_id = '{account}' AND hold_id = '{id}'",
        f"UPDATE ledger_lot SET held = held - {points} WHERE account_id = '{account}' AND id = '{lot}'",
        f"UPDATE ledger_lot SET held = held + {points} WHERE account_id = '{account}' AND id = '{other}'",
    ]


def posting(eyes: Eyes, name: str, kind: str, change: str, unit: str = "points", *, last: bool = False) -> list[str]:
    id, _ = eyes.posting(name, kind, unit, last=last)
    return [f"UPDATE ledger_posting SET {change} WHERE account_id = '{eyes.account(name)}' AND id = '{id}'"]


def decision(eyes: Eyes, external_id: str, before: str, after: str, column: str = "decision") -> list[str]:
    account, id = eyes.fact(external_id)
    text = eyes.row(f"SELECT {column} FROM activities_activity WHERE account_id = '{account}' AND id = '{id}'")[0]
    assert before in text, text
    return [
        f"UPDATE activities_activity SET {column} = replace({column}, '{before}', '{after}')"
        f" WHERE account_id = '{account}' AND id = '{id}'"
    ]


def another_lot(eyes: Eyes) -> list[str]:
    """A burn is said to have taken part from a later lot; every sum stays as it is."""
    ann, burn = eyes.fact("burn-31")
    question = f"SELECT id FROM ledger_posting WHERE account_id = '{ann}' AND activity_id = '{burn}'"
    burned = eyes.row(question)[0]
    first = eyes.row(f"SELECT lot_id FROM ledger_allocation WHERE account_id = '{ann}' AND posting_id = '{burned}'")[0]
    other = eyes.lot("Ann", "unit = 'points' AND remaining = 25")
    taken = f"account_id = '{ann}' AND posting_id = '{burned}'"
    return [
        f"UPDATE ledger_allocation SET amount = amount - 5 WHERE {taken}",
        "INSERT INTO ledger_allocation (account_id, id, posting_id, lot_id, direction, amount, at)"
        f" SELECT account_id, '{ELSEWHERE}', posting_id, '{other}', direction, 5, at FROM ledger_allocation"
        f" WHERE {taken}",
        f"UPDATE ledger_lot SET remaining = remaining + 5 WHERE account_id = '{ann}' AND id = '{first}'",
        f"UPDATE ledger_lot SET remaining = remaining - 5 WHERE account_id = '{ann}' AND id = '{other}'",
    ]


def unswept(eyes: Eyes) -> list[str]:
    """What a night booked is undone without a trace, but for the entry of that night."""
    dora = eyes.account("Dora")
    posting, amount = eyes.posting("Dora", "expire")
    return [
        f"UPDATE ledger_lot SET remaining = remaining + {amount} WHERE account_id = '{dora}' AND id ="
        f" (SELECT lot_id FROM ledger_allocation WHERE account_id = '{dora}' AND posting_id = '{posting}')",
        f"DELETE FROM ledger_allocation WHERE account_id = '{dora}' AND posting_id = '{posting}'",
        f"DELETE FROM ledger_posting WHERE account_id = '{dora}' AND id = '{posting}'",
        f"UPDATE ledger_balance SET balance = balance + {amount} {of(eyes, 'Dora')}",
    ]


def brought(eyes: Eyes) -> str:
    """A stamp that a merge brought."""
    found: str = eyes.row(
        "SELECT t.lot_id FROM ledger_passage t JOIN ledger_lot l ON l.id = t.lot_id WHERE l.unit = 'stamps'"
    )[0]
    return found


def forgotten_return(eyes: Eyes) -> list[str]:
    """A parked return waits for a purchase that came long ago."""
    account, id = eyes.row("SELECT account_id, id FROM activities_parked WHERE reason = 'purchase_missing'")
    del account
    finn, _ = eyes.fact("finn-2")
    return [
        f"UPDATE activities_parked SET account_id = '{finn}', waits_external_id = 'finn-2' WHERE id = '{id}'",
        f"UPDATE activities_key SET account_id = '{finn}' WHERE activity_id = '{id}'",
        f"UPDATE kit_outgoing SET account_id = '{finn}' WHERE subject_id = '{id}'",
    ]


def doubled(eyes: Eyes) -> list[str]:
    """An award is posted twice, with a lot of its own, and every sum is right."""
    emil = eyes.account("Emil")
    posting, amount = eyes.posting("Emil", "earn")
    return [
        "INSERT INTO ledger_posting (account_id, id, programme_id, unit, seq, part, kind, source, destination, amount,"
        " balance_after, activity_id, effective_at, posted_at)"
        f" SELECT account_id, '{ELSEWHERE}', programme_id, unit, seq, part + 1, kind, source, destination, amount,"
        f" balance_after + amount, activity_id, effective_at, posted_at FROM ledger_posting"
        f" WHERE account_id = '{emil}' AND id = '{posting}'",
        "INSERT INTO ledger_lot (account_id, id, programme_id, unit, posting_id, origin, funder, amount, remaining,"
        " held, earned_at, available_at, expires_at)"
        f" SELECT account_id, '{ELSEWHERE}', programme_id, unit, '{ELSEWHERE}', origin, funder, amount, remaining,"
        f" held, earned_at, available_at, expires_at FROM ledger_lot"
        f" WHERE account_id = '{emil}' AND posting_id = '{posting}'",
        f"UPDATE ledger_balance SET balance = balance + {amount}, available = available + {amount} {of(eyes, 'Emil')}",
    ]


def held(eyes: Eyes) -> list[str]:
    emil = eyes.account("Emil")
    return [
        f"UPDATE ledger_lot SET held = 3 WHERE account_id = '{emil}'",
        f"UPDATE ledger_balance SET held = 3, available = available - 3 WHERE account_id = '{emil}' AND available > 0",
    ]


def untold(eyes: Eyes) -> list[str]:
    """News of a change are gone, and nobody has heard them."""
    return [f"DELETE FROM kit_outgoing WHERE subject_id = '{eyes.fact('emil-1')[1]}'"]


def invented_news(eyes: Eyes) -> list[str]:
    return [f"UPDATE kit_outgoing SET subject_id = '{ELSEWHERE}' WHERE subject_id = '{eyes.fact('emil-1')[1]}'"]


def slipped_in(eyes: Eyes) -> list[str]:
    """A visit that nobody made, under a number that was free: a parked return had it."""
    account, id = eyes.fact("finn-2")
    free = eyes.row(f"SELECT seq FROM activities_parked WHERE programme_id = '{eyes.cafe}'")[0]
    return [
        "INSERT INTO activities_activity (account_id, id, programme_id, seq, kind, source, external_id, occurred_at,"
        " recorded_at, version, facts, decision) SELECT account_id,"
        f" '{ELSEWHERE}', programme_id, {free}, 'expiry', 'night', 'never', occurred_at, recorded_at, version, facts,"
        f" '{{\"version\":1}}' FROM activities_activity WHERE account_id = '{account}' AND id = '{id}'",
        "INSERT INTO activities_key (programme_id, source, kind, external_id, account_id, activity_id)"
        f" VALUES ('{eyes.cafe}', 'night', 'expiry', 'never', '{account}', '{ELSEWHERE}')",
    ]


def reordered(eyes: Eyes) -> list[str]:
    """Two entries of one member change places, with what they wrote; every sum stays as it is."""
    account, _ = eyes.fact("ann-2")
    visits = store.current().fetch(
        store.Statement(
            "SELECT seq FROM activities_activity WHERE account_id = :account AND kind = 'visit' ORDER BY seq"
        ),
        account=account,
    )
    (first,), (second,) = visits[0], visits[1]
    moves = [(first, 900_001), (second, first), (900_001, second)]
    return [
        f"UPDATE {table} SET seq = {new} WHERE account_id = '{account}' AND seq = {old}"
        for old, new in moves
        for table in ("activities_activity", "ledger_posting")
    ]


def passage(eyes: Eyes, name: str) -> tuple[str, str]:
    """The account and the id of the first lot that a member was given."""
    account, lot = eyes.row(
        f"SELECT account_id, lot_id FROM ledger_passage WHERE account_id = '{eyes.account(name)}' ORDER BY lot_id"
    )
    return account, lot


def given(eyes: Eyes, name: str, change: str) -> list[str]:
    account, lot = passage(eyes, name)
    return [f"UPDATE ledger_lot SET {change} WHERE account_id = '{account}' AND id = '{lot}'"]


def counter(eyes: Eyes, name: str, change: str) -> list[str]:
    return [f"UPDATE rulebook_counter SET {change} WHERE account_id = '{eyes.account(name)}' AND key = 'sent:points'"]


def slid(eyes: Eyes) -> list[str]:
    """The receiver of a stamp was told of a later end than it left with, and the lot agrees."""
    account, told = eyes.row(
        "SELECT account_id, decision FROM activities_activity WHERE kind = 'transfer_received'"
        f" AND account_id = '{eyes.account('Ivo')}' AND decision LIKE '%\"unit\":\"stamps\"%'"
    )
    end = told.partition('"expires_at":"')[2][:10]
    stamps = f"account_id = '{account}' AND kind = 'transfer_received' AND decision LIKE '%\"unit\":\"stamps\"%'"
    later = f'replace(decision, \'"expires_at":"{end}\', \'"expires_at":"2026-11-01\')'
    return [f"UPDATE activities_activity SET decision = {later} WHERE {stamps}"]
