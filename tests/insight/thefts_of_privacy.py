"""What can be stolen of privacy: an erasure undone, and a consent that nobody gave."""

from tests.insight.theft import Theft

THEFTS = (
    Theft("an erasure forgotten", "10.30 erased", "disagree",
          lambda e: ["UPDATE members_member SET status = 'active' WHERE status = 'erased'"]),
    Theft("a profile that came back", "10.30 erased", "remembered",
          lambda e: ["UPDATE members_member SET birthday_month = 5 WHERE status = 'erased'"]),
    Theft("a consent that nobody gave", "6.3 consents", "never said",
          lambda e: [f"UPDATE consents_state SET given = 1 WHERE account_id = '{e.account('Emil')}'"]),
    Theft("a consent that does not stand", "6.3 consents", "does not stand",
          lambda e: [f"DELETE FROM consents_state WHERE account_id = '{e.account('Emil')}'"]),
)  # fmt: skip
