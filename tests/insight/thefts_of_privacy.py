"""What can be stolen of privacy: a name in the open, an erasure undone, a wording that nobody was shown."""

from tests.insight import ways
from tests.insight.theft import Theft

DAY = 24 * 60 * 60 * 1_000_000

THEFTS = (
    Theft("an address in the directory", "10.30", "readable email",
          lambda e: ["UPDATE members_identifier SET value = 'emil@example.com' WHERE kind = 'email'"]),
    Theft("an address in a fact", "10.30", "names a person",
          lambda e: ways.decision(e, "emil-1", '"member":{"id":', '"member":{"email":"emil@example.com","id":',
                                  "facts")),
    Theft("a name that nobody finds", "10.30 names", "not found by the name",
          lambda e: [f"DELETE FROM members_word WHERE member_id = '{e.account('Emil')}'"]),
    Theft("a name that another one has", "10.30 names", "without a name is found",
          lambda e: [f"INSERT INTO members_word SELECT programme_id, token, '{e.account('Hera')}' FROM members_word"
                     f" WHERE member_id = '{e.account('Emil')}'"]),
    Theft("an erased member remembered", "10.30", "still named",
          lambda e: [f"UPDATE members_member SET status = 'erased' WHERE id = '{e.account('Emil')}'"],
          too=("10.30 erased",)),
    Theft("a letter to somebody erased", "10.30", "a letter to an erased member",
          lambda e: [f"UPDATE members_member SET status = 'erased' WHERE id = '{e.account('Emil')}'",
                     f"DELETE FROM members_vault WHERE account_id = '{e.account('Emil')}'",
                     f"DELETE FROM members_identifier WHERE member_id = '{e.account('Emil')}'",
                     "INSERT INTO letters_letter (id, programme_id, member_id, kind, cause, state, attempts, made_at,"
                     " due_at, wrapped_key, sealed) SELECT id, programme_id, id, 'tier', 'x', 'waiting', 0, 0, 0, 'k',"
                     f" 's' FROM members_member WHERE id = '{e.account('Emil')}'"],
          too=("10.30 erased", "10.30 names")),
    Theft("an erasure forgotten", "10.30 erased", "disagree",
          lambda e: ["UPDATE members_member SET status = 'active' WHERE status = 'erased'"]),
    Theft("a profile that came back", "10.30 erased", "remembered",
          lambda e: ["UPDATE members_member SET birthday_month = 5 WHERE status = 'erased'"]),
    Theft("a note that outlived who it was about", "10.30 erased", "remembered",
          lambda e: ["UPDATE notes_note SET account_id = (SELECT id FROM members_member WHERE status = 'erased')"]),
    Theft("a wording that nobody was shown", "6.3 consents", "never said",
          lambda e: ["UPDATE consents_state SET version = version + 1"]),
    Theft("a consent that does not stand", "6.3 consents", "does not stand",
          lambda e: ["DELETE FROM consents_state"]),
    Theft("a consent that lapsed before its days were over", "6.3 lapses", "before its days were over",
          lambda e: [f"UPDATE {table} SET at = at - {20 * DAY} WHERE how = 'lapse'"
                     for table in ("consents_consent", "consents_state")]),
    Theft("a consent that lapsed though it is kept for good", "6.3 lapses", "before its days were over",
          lambda e: [f"UPDATE {table} SET how = 'lapse' WHERE purpose = 'news' AND given = 0"
                     for table in ("consents_consent", "consents_state")]),
    Theft("a lapse of what nobody gave", "6.3 lapses", "not given",
          lambda e: ["DELETE FROM consents_consent WHERE purpose = 'profile' AND given = 1"]),
)  # fmt: skip
