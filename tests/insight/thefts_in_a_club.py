"""What can be stolen of paid memberships (10.22)."""

from tests.insight.theft import Theft
from tests.insight.ways import Eyes


def _of(eyes: Eyes, name: str) -> str:
    return f"account_id = '{eyes.lived.club.account(name)}'"


def _joined_earlier(eyes: Eyes) -> list[str]:
    """Pia's second membership, and what the journal says of it, begins while her first one runs."""
    account = eyes.lived.club.account("Pia")
    rows = f"memberships_period WHERE account_id = '{account}' AND plan = 'plus'"
    start = eyes.row(f"SELECT start FROM {rows}")[0]
    return [
        f"UPDATE memberships_period SET start = {start} - 86400000000 * 40 WHERE account_id = '{account}'"
        " AND plan = 'plus'",
    ]


THEFTS = (
    Theft("a second membership beside the first", "10.22", "two memberships of one holder overlap", _joined_earlier),
    Theft("a period that began before the last had ended", "10.22", "intervals of a membership overlap",
          lambda e: [f"UPDATE memberships_period SET cut = NULL WHERE {_of(e, 'Nora')} AND kind = 'rest'"]),
    Theft("a period skipped", "10.22", "skipped or renewed twice",
          lambda e: [f"UPDATE memberships_period SET number = 3 WHERE {_of(e, 'Nora')} AND plan = 'gold'",
                     f"UPDATE memberships_payment SET number = 3 WHERE {_of(e, 'Nora')} AND purpose = 'change'"]),
    Theft("a trial forgotten", "10.22", "interval of a membership is missing",
          lambda e: [f"DELETE FROM memberships_period WHERE {_of(e, 'Nora')} AND kind = 'trial'"]),
    Theft("a longer period", "10.22", "is not the journal's",
          lambda e: [f"UPDATE memberships_period SET until = until + 86400000000 WHERE {_of(e, 'Otto')}"]),
    Theft("a period that nobody paid", "10.22", "not paid by its payment",
          lambda e: [f"UPDATE memberships_payment SET state = 'withdrawn', paid_by = NULL WHERE {_of(e, 'Nora')}"
                     " AND purpose = 'first'"]),
    Theft("a payment for nothing", "10.22", "did not pay one period",
          lambda e: [f"UPDATE memberships_period SET payment_id = NULL WHERE {_of(e, 'Nora')} AND plan = 'gold'"]),
    Theft("one invoice that pays for two", "10.22", "the same money paid twice",
          lambda e: ["UPDATE memberships_payment SET paid_by = 'stripe', reference = 'in_1'"
                     f" WHERE {_of(e, name)} AND purpose = 'first'" for name in ("Nora", "Otto")]),
    Theft("money that never goes back", "10.22", "not given back as it is owed",
          lambda e: [f"UPDATE memberships_payment SET state = 'refunded' WHERE {_of(e, 'Quin')}"
                     " AND purpose = 'stray'"]),
    Theft("money that goes back for ever", "10.22", "not given back as it is owed",
          lambda e: [f"UPDATE memberships_payment SET returned = refunded WHERE {_of(e, 'Quin')}"
                     " AND purpose = 'stray'"]),
    Theft("more asked back than is owed", "10.22", "not given back as it is owed",
          lambda e: [f"UPDATE memberships_payment SET sending = refunded + 1 WHERE {_of(e, 'Quin')}"
                     " AND purpose = 'stray'"]),
    Theft("money that went astray and nobody hears of", "10.29", "change without news",
          lambda e: ["DELETE FROM kit_outgoing WHERE topic = 'payment.strayed'"]),
    Theft("a payment of the past left open", "10.22", "asked that nobody has to pay",
          lambda e: ["UPDATE memberships_payment SET state = 'asked'"
                     f" WHERE {_of(e, 'Quin')} AND state = 'withdrawn'"]),
    Theft("a payment that nobody finds", "10.22", "can't be found by its name",
          lambda e: ["DELETE FROM memberships_reference WHERE kind = 'payment'"]),
    Theft("a membership that the night forgets", "10.22", "at another time",
          lambda e: [f"UPDATE memberships_membership SET due_at = NULL WHERE {_of(e, 'Nora')}"]),
    Theft("a fact of a membership forgotten", "10.22", "is not what it knows",
          lambda e: [f"UPDATE memberships_membership SET steps = steps - 1 WHERE {_of(e, 'Nora')}"]),
    Theft("points of a membership kept", "10.13", "do not leave what the kept part earns",
          lambda e: ["UPDATE activities_returned SET slice ="
                     " replace(slice, '\"voids\":[\"double\",\"gold\"]', '\"voids\":[]')"
                     f" WHERE {_of(e, 'Otto')}"]),
    Theft("news of a membership", "10.29", "more news went out",
          lambda e: ["INSERT INTO kit_sent (programme_id, topic, news) VALUES"
                     f" ('{e.lived.club.programme_id}', 'payment.asked', 1)"]),
)  # fmt: skip
