"""The doctor's look at the secret: whether it opens what is kept, and whether former ones are still needed."""

from typing import Final

from guerdon.engine import resealing
from guerdon.engine.resealing import Standing
from guerdon.faces.cli.doctor.finding import Finding, fine
from guerdon.kit import digests, secrets
from guerdon.kit.store import Store

_ABOUT: Final = "secret"
_USE: Final = "Restart servers and workers, so that all know it, then: guerdon secret use"
_ROTATE: Final = "Restart servers and workers, then: guerdon secret rotate"
_FORGET: Final = (
    "Take the former one away: guerdon secret forget, which looks at everything before. Who has not come in since must"
    " sign in again then."
)


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
    """How it stands, in words, and the step that comes now. Of what is kept only the newest was looked at."""
    if found.next:
        return Finding(_ABOUT, "warning", "There is a next secret, which nothing is sealed with yet.", _USE)
    if not found.former:
        return fine(_ABOUT, "Everything that was looked at is opened by one secret.")
    if found.done_at is None:
        return Finding(_ABOUT, "warning", "There is a new secret, and what is kept needs a former one yet.", _ROTATE)
    if found.late:
        return Finding(_ABOUT, "warning", "A process that was not restarted still seals with a former secret.", _ROTATE)
    when = f"{found.done_at:%Y-%m-%d %H:%M} UTC"
    told = f"Everything came under the present secret by {when}, and the newest rows are under it, too."
    return Finding(_ABOUT, "warning", told, _FORGET)
