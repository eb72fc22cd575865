"""What can be stolen by claims (6.4): points in the name of one, what another one was granted, steps."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _one(eyes: Eyes, deed: str) -> str:
    """A claim with the deed."""
    return str(eyes.row(f"SELECT claim_id FROM claims_step WHERE deed = '{deed}' ORDER BY claim_id")[0])


def _entry(eyes: Eyes, name: str) -> str:
    """An entry of the grocer's journal that no claim was granted."""
    found = (
        f"SELECT a.id FROM activities_activity a WHERE a.external_id = '{name}' AND a.programme_id = '{eyes.grocer}'"
    )
    return str(eyes.row(found)[0])


def _one_entry(eyes: Eyes) -> str:
    """What the first claim was granted."""
    return str(eyes.row(f"SELECT entry_id FROM claims_claim WHERE id = '{_one(eyes, 'ask')}'")[0])


def _granted(eyes: Eyes, claim: str, entry: str) -> list[str]:
    """Let the claim say that it was granted another entry, and its steps as well."""
    return [
        f"UPDATE claims_claim SET entry_id = '{entry}' WHERE id = '{claim}'",
        f"UPDATE claims_step SET entry_id = '{entry}' WHERE claim_id = '{claim}' AND deed = 'grant'",
    ]


THEFTS = (
    Theft("a claim granted by nothing", "6.4 claims", "granted without an entry",
          lambda e: _granted(e, _one(e, "ask"), "0" * 32)),
    Theft("a claim granted to somebody else", "6.4 claims", "granted to somebody else",
          lambda e: _granted(e, _one(e, "ask"), _entry(e, "usd-1"))),
    Theft("goodwill for a claim that never was", "6.4 claims", "was not granted it",
          lambda e: [f"DELETE FROM claims_step WHERE claim_id = '{_one(e, 'reopen')}' AND deed = 'grant'"],
          too=("10.29",)),
    Theft("two claims for one receipt", "6.4 claims", "granted the same",
          lambda e: [f"UPDATE claims_claim SET state = 'granted', entry_id = '{_one_entry(e)}'"
                     f" WHERE id = '{_one(e, 'withdraw')}'",
                     f"UPDATE claims_step SET state = 'granted', deed = 'grant', entry_id = '{_one_entry(e)}'"
                     f" WHERE claim_id = '{_one(e, 'withdraw')}' AND deed = 'withdraw'"]),
    Theft("a claim that waits for nobody", "6.4 claims", "nobody is asked for",
          lambda e: ["UPDATE claims_claim SET entry_id = '" + "0" * 32 + "' WHERE state = 'waiting_for_approval'"]),
    Theft("a claim settled by no step", "6.4 claims", "not what its steps made it",
          lambda e: ["UPDATE claims_claim SET state = 'refused' WHERE state = 'withdrawn'"]),
    Theft("a step across", "6.4 claims", "unlawful way",
          lambda e: ["UPDATE claims_step SET state = 'granted' WHERE deed = 'ask'"]),
    Theft("a step that is gone", "6.4 claims", "lacks steps",
          lambda e: ["DELETE FROM claims_text", "DELETE FROM claims_step WHERE deed = 'reply'"], too=("10.29",)),
    Theft("a step nobody hears of", "10.29", "change without news",
          lambda e: ["DELETE FROM kit_outgoing WHERE topic = 'claim.changed'"]),
    Theft("news of a step that was not taken", "10.29", "nothing was committed",
          lambda e: [f"UPDATE kit_outgoing SET subject_id = '{'0' * 32}' WHERE topic = 'claim.changed'"]),
    Theft("an erased member's words", "10.30", "still named",
          lambda e: ["DELETE FROM members_identifier WHERE value = 'Zoe'",
                     "UPDATE members_member SET status = 'erased'"
                     " WHERE id = (SELECT account_id FROM claims_key LIMIT 1)"], too=("10.30 erased",)),
)  # fmt: skip
