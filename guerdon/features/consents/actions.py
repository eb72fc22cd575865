"""Every write to consents."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from guerdon.core.consents import Consent
from guerdon.kit import clock, outbox
from guerdon.kit.store import Store, Table

CONSENTS = Table(
    "consents_consent",
    {
        "account_id": "uuid", "id": "uuid", "programme_id": "uuid", "purpose": "text", "given": "bigint",
        "version": "bigint", "at": "bigint", "how": "text", "actor": "text",
    },
)  # fmt: skip
STATES = Table(
    "consents_state",
    {
        "account_id": "uuid", "purpose": "text", "programme_id": "uuid", "consent_id": "uuid", "given": "bigint",
        "version": "bigint", "at": "bigint", "how": "text", "actor": "text",
    },
    key=("account_id", "purpose"),
    fixed=("programme_id",),
    mode="upsert",
)  # fmt: skip


def say(store: Store, programme_id: str, account_id: str, said: Sequence[Consent], *, now: datetime) -> None:
    """Keep what a member said, each about another purpose; in the transaction at hand, which has locked the member."""
    _keep(store, programme_id, [(account_id, one) for one in said], now)


def end(store: Store, programme_id: str, ended: Mapping[str, Consent], *, now: datetime) -> None:
    """Keep that a consent of each of these members ended; in the transaction at hand, which has locked them."""
    _keep(store, programme_id, sorted(ended.items()), now)


def _keep(store: Store, programme_id: str, said: Sequence[tuple[str, Consent]], now: datetime) -> None:
    if not said:
        return
    words, states, news = [], [], []
    for account_id, one in said:
        told = (int(one.given), one.version, clock.micros(one.at), one.how, one.actor)
        words.append((account_id, one.id, programme_id, one.purpose, *told))
        states.append((account_id, one.purpose, programme_id, one.id, *told))
        topic = "consent.given" if one.given else "consent.withdrawn"
        news.append(
            outbox.row(
                programme_id=programme_id, topic=topic, account_id=account_id, subject_id=one.id, seq=0,
                at=clock.micros(now),
            )
        )  # fmt: skip
    # The state refers to the consent, which must be there first on both databases.
    store.write([(CONSENTS, words), (STATES, states), (outbox.OUTGOING, news)])
