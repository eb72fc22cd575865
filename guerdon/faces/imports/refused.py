"""An activity that the programme refuses: the API's words, whose it was, what to do at a terminal."""

from datetime import datetime, tzinfo
from typing import Final

from guerdon.core import limits
from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.faces import refusals
from guerdon.faces.imports.faults import BROKEN, REFUSED, WOULD_BE, Fault, excerpt, explain

DETAIL_CHARS_MAX: Final = 1_000

# What to do about a refusal, where who imports a file does something else than a caller of the API.
CURES: Final[dict[str, str]] = {
    "activity_before_programme": "Publish with --as-of {day} or earlier: guerdon programme publish FILE --as-of {day}",
    "activity_in_future": "Check the file, and `time` in the mapping: its format and its zone.",
    "member_unknown": "Import with --enrol to make members of identifiers nobody knows yet; or check the identifier.",
}


def fault(activity: Activity, line: int, why: Exception, zone: tzinfo, *, rehearsed: bool = False) -> Fault:
    """The fault of the line on which the activity begins; `rehearsed` where the import is yet to come."""
    reason = (WOULD_BE if rehearsed else "") + REFUSED + code(why)
    if not isinstance(why, Refusal):
        shown = excerpt(f"{identity(activity)} {type(why).__name__}: {why}", DETAIL_CHARS_MAX)
        return Fault(line, "", reason, shown, cause(why))
    told = f"{cause(why)} {cure(why, activity.occurred_at, zone)}".strip()
    return Fault(line, "", reason, identity(activity), told)


def identity(activity: Activity) -> str:
    """The external id and the member's identifier, whole: what a person looks for in the file."""
    kind, value = activity.member.identifier()
    whole = limits.IDENTIFIER_CHARS_MAX
    return f"{excerpt(activity.external_id, whole)}, {kind} {excerpt(value, whole)}"


def code(why: Exception) -> str:
    """Which refusal it is."""
    return why.code if isinstance(why, Refusal) else BROKEN.removeprefix(REFUSED)


def cause(why: Exception) -> str:
    """What happened and why, as the API tells it."""
    return refusals.tell(why, "en").cause if isinstance(why, Refusal) else explain(BROKEN)


def common(why: Exception, zone: tzinfo) -> str:
    """The cause of many at once."""
    if isinstance(why, Refusal) and why.code == "activity_before_programme":
        first = datetime.fromisoformat(str(why.facts["first"])).astimezone(zone)
        return f"They are before the first version, which is in force from {first:%Y-%m-%d %H:%M}."
    if isinstance(why, Refusal) and why.code == "activity_in_future":
        return "They claim to happen after this moment."
    return cause(why)


def cure(why: Exception, first: datetime, zone: tzinfo) -> str:
    """What to do about it, so that all go in that happened since `first`."""
    if not isinstance(why, Refusal):
        return ""
    here = CURES.get(why.code)
    return refusals.tell(why, "en").cure if here is None else here.format(day=first.astimezone(zone).date())


def headline(reason: str) -> str:
    """A refusal of which only the code is known any more, in words."""
    told = reason.removeprefix(REFUSED)
    if reason == BROKEN:
        return explain(reason)
    here = CURES.get(told, "")
    return f"{refusals.template(told, 'en')[0]}. {'' if '{' in here else here}".strip()
