"""`verify` holds on a healthy history, and each of its invariants falls when exactly that is broken."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from guerdon.insight import verify
from guerdon.kit import store
from tests.insight import thief
from tests.insight.lived import Lived

Steal = Callable[["Eyes"], Sequence[str]]


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

    def activity(self, external_id: str) -> tuple[str, str]:
        """Account and id of a fact."""
        account, id = self.row(f"SELECT account_id, id FROM activities_activity WHERE external_id = '{external_id}'")
        return account, id

    def rewritten(self, before: str, after: str) -> list[str]:
        """Every version of the café says something else, digest and all."""
        statements = []
        found = store.current().fetch(
            store.Statement("SELECT id, document FROM programmes_version WHERE programme_id = :programme"),
            programme=self.cafe,
        )
        for id, document in found:
            assert before in document
            text = document.replace(before, after)
            digest = hashlib.sha256(text.encode()).hexdigest()
            statements.append(
                f"UPDATE programmes_version SET document = '{text}', digest = '{digest}' WHERE id = '{id}'"
            )
        return statements


@dataclass(frozen=True)
class Theft:
    """One thing stolen: which invariants fall, and what the first of them says."""

    name: str
    steal: Steal
    falls: tuple[str, ...]  # the first is the one meant; the others fall with it
    says: str
    deep: bool = False


def _ann(eyes: Eyes) -> str:
    return eyes.account("Ann")


THEFTS = (
    Theft("posting between members", lambda e: [
        f"UPDATE ledger_posting SET source = '{e.account('Ben')}' WHERE account_id = '{_ann(e)}' AND kind = 'earn'"
        " AND seq = 1 AND part = 0"], ("10.1",), "an earn moves wrongly"),
)
