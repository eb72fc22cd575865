"""The doctor's look at the secret: whether it opens what is kept, and whether former ones are still needed."""

from typing import Final

from guerdon.engine import resealing
from guerdon.engine.resealing import Standing
from guerdon.faces.cli.doctor.finding import Finding, fine
from guerdon.kit import digests, secrets
from guerdon.kit.store import Store

_ABOUT: Final = "secret"
_RESTART: Final = "Restart servers and workers, then: guerdon secret rotate"


def look(at_hand: Store) -> Finding:
    """Whether everything can be opened, and by which secret."""
    try:
        digests.load()
        return told(resealing.standing(at_hand))
    except secrets.SecretMissing:
        return Finding(_ABOUT, "fault", "There is no secret, or no key of digests yet.", "guerdon migrate")
    except ValueError:
        do = "Bring back the one it was sealed with, as GUERDON_SECRET or in GUERDON_SECRET_FORMER."
        return Finding(_ABOUT, "fault", "What is kept here is sealed with a secret that is not here.", do)


def told(found: Standing) -> Finding:
    """How it stands, in words."""
    if not found.former:
        return fine(_ABOUT, "Everything is opened by one secret.")
    if found.done_at is None:
        return Finding(_ABOUT, "warning", "There is a new secret, and what is kept needs a former one yet.", _RESTART)
    if found.late:
        return Finding(_ABOUT, "warning", "A process that knows only a former secret still seals with it.", _RESTART)
    when = f"{found.done_at:%Y-%m-%d %H:%M} UTC"
    do = "Take it away: guerdon secret forget. Who has not come in since must sign in again then."
    return Finding(_ABOUT, "warning", f"Since {when} nothing that is kept needs a former secret any more.", do)
