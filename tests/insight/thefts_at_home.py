"""What can be stolen from a household: who belongs, who is named, and what passed."""

from tests.insight import ways
from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _home(eyes: Eyes) -> str:
    """The household of Kim."""
    return str(eyes.row(f"SELECT household_id FROM members_member WHERE id = '{eyes.account('Kim')}'")[0])


def _named(eyes: Eyes, kind: str, person: str) -> list[str]:
    return [f"UPDATE ledger_posting SET person_id = {person} WHERE account_id = '{_home(eyes)}' AND kind = '{kind}'"]


THEFTS = (
    Theft("a person sent away", "10.15 households", "leads to another household",
          lambda e: [f"UPDATE members_member SET household_id = NULL, role = NULL WHERE id = '{e.account('Lea')}'"]),
    Theft("a role that nobody gave", "10.15 households", "leads to another household",
          lambda e: [f"UPDATE members_member SET role = 'owner' WHERE id = '{e.account('Lea')}'"]),
    Theft("two homes at once", "10.15 households", "two households at once",
          lambda e: [f"UPDATE households_belonging SET until = until + 1 WHERE person_id = '{e.account('Lea')}'"
                     " AND until IS NOT NULL"]),
    Theft("a household without an owner", "10.15 households", "without its one owner",
          lambda e: [f"UPDATE {table} SET role = 'adult' WHERE {column} = '{e.account('Kim')}'"
                     for table, column in (("members_member", "id"), ("households_belonging", "person_id"))]),
    Theft("points that nobody earned", "10.15 households", "is nobody's", lambda e: _named(e, "earn", "NULL")),
    Theft("a stranger's burn", "10.15 households", "did not belong",
          lambda e: _named(e, "burn", f"'{e.account('Ann')}'")),
    Theft("a burn after leaving", "10.15 households", "did not belong",
          lambda e: _named(e, "burn", f"'{e.account('Max')}'")),
    Theft("points kept apart", "10.15 households", "has points apart", too=("10.2", "10.3", "10.6", "10.17"),
          steal=lambda e: [f"UPDATE ledger_balance SET balance = balance + 1, available = available + 1"
                           f" {ways.of(e, 'Lea')}"]),
    Theft("points out of nowhere", "10.15 households", "came from nowhere", too=("10.15",),
          steal=lambda e: [f"DELETE FROM ledger_passage WHERE account_id = '{_home(e)}'"]),
    Theft("a lot older than it was", "10.15", "points that passed",
          lambda e: [f"UPDATE ledger_lot SET earned_at = earned_at - 1 WHERE account_id = '{_home(e)}' AND id IN"
                     f" (SELECT id FROM ledger_posting WHERE account_id = '{_home(e)}' AND kind = 'pool_in')"]),
    Theft("a limit opened anew by joining", "10.16 limits", "counter",
          lambda e: ["UPDATE households_belonging SET memory = '{\"counters\":[]}'"
                     f" WHERE account_id = '{_home(e)}'"]),
    Theft("a household in another programme", "10.27", "a person of a household outside",
          lambda e: [f"UPDATE households_belonging SET programme_id = '{e.grocer}'"
                     f" WHERE person_id = '{e.account('Max')}'"]),
)  # fmt: skip
