"""What can be stolen of privacy: an erasure undone, and a wording that nobody was shown."""

from tests.insight.theft import Theft

THEFTS = (
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
)  # fmt: skip
