"""News of Stripe: signed, kept once, answered at once; what they come to is a job's to do."""

from typing import Any, Final

import msgspec

from guerdon.engine import collecting
from guerdon.features.programmes import clocks
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, gate, store
from guerdon.kit.payments import events, port, signature

_decode: Final = msgspec.json.Decoder(dict[str, Any]).decode


class Heard(msgspec.Struct, frozen=True):
    """What Stripe is answered: whether the news were new."""

    received: bool
    new: bool


def receive(programme: str, header: str, body: bytes) -> Heard:
    """Keep news of Stripe about a programme, by its key.

    Raises `provider_off` without signing secrets, `signature_invalid`, `programme_unknown`, and `json_malformed` for
    what is signed and no event.
    """
    now = clock.now()
    known = signature.secrets()
    if not known:
        raise port.PROVIDER_OFF(provider="stripe")
    signature.check(header, body, known, now=now)
    row = programmes.by_key(store.current(), programme)
    try:
        event = events.read(_decode(body))
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise gate.JSON_MALFORMED(problem="it is no event of Stripe") from error
    new = collecting.hear(row.id, event, now=clocks.now(row.id, now))
    return Heard(received=True, new=new)
