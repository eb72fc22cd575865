"""The card: a code that changes every half minute, and those that come next for a phone without a network."""

import base64
from datetime import timedelta
from typing import Final

import msgspec
import segno
from django.http import HttpResponse
from django.utils.safestring import mark_safe

from guerdon.core import limits, rotating
from guerdon.faces import pictures
from guerdon.faces.api import members as api
from guerdon.faces.api import rotating_codes
from guerdon.faces.asking import ask
from guerdon.faces.portal import frame
from guerdon.faces.visits import Page, Visit
from guerdon.kit import ids


class Codes(msgspec.Struct, frozen=True):
    """The codes of the next periods as dots, eight to a byte, row by row; `from` and `now` in milliseconds.

    Where the programme's clock `stands`, as in a sandbox, the first one is the code until the clock is moved.
    """

    now: int
    begin: int = msgspec.field(name="from")
    period: int
    size: int
    stands: bool
    codes: tuple[str, ...]


def card(visit: Visit) -> HttpResponse:
    """The card with the code of this moment, which is good for a minute; the script draws those that follow.

    Whoever only looks at a member's pages gets no code: with it one can be taken for the member.
    """
    assert visit.member_id is not None
    me = ids.show("member", visit.member_id)
    member = ask(visit, api.read, me)
    code = "" if visit.viewing else ask(visit, rotating_codes.read, me).shown
    context = {
        "drawn": mark_safe(pictures.svg(code, "qr")) if code else "",  # our own drawing
        "name": member.person.name if member.person and member.person.name else "",
        "number": member.cards[0] if member.cards else "",
    }
    return frame.page(visit, "portal/card.html", context, part="portal.card")


def codes(visit: Visit) -> HttpResponse:
    """The codes of the next while. A phone may have them, as it may have the secret itself (core/rotating.py)."""
    assert visit.member_id is not None
    found = ask(visit, rotating_codes.read, ids.show("member", visit.member_id))
    secret, period = bytes.fromhex(found.secret), rotating.PERIOD_SECONDS
    begin = int(visit.now.timestamp()) // period * period
    count = 1 if visit.row.clock is not None else limits.CODES_AHEAD
    at = [visit.now + timedelta(seconds=period * place) for place in range(count)]
    made = [segno.make(rotating.shown(visit.member_id, secret, one), error="m", micro=False) for one in at]
    told = Codes(
        now=int(visit.now.timestamp() * 1000), begin=begin * 1000, period=period * 1000, size=len(made[0].matrix),
        stands=visit.row.clock is not None, codes=tuple([_packed(one) for one in made]),
    )  # fmt: skip
    headers = {"Cache-Control": "no-store, private"}
    return HttpResponse(msgspec.json.encode(told), content_type="application/json", headers=headers)


def _packed(made: segno.QRCode) -> str:
    """The dots of a code, eight to a byte."""
    dots = "".join("1" if dot else "0" for row in made.matrix for dot in row)
    dots += "0" * (-len(dots) % 8)
    return base64.b64encode(int(dots, 2).to_bytes(len(dots) // 8)).decode()


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/card", "self", card, "portal.card"),
    Page("my/<slug:programme>/card/codes", "self", codes, "portal.codes"),
)
