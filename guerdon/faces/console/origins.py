"""What a form was read of, which it carries along: only what its user changed is written over what others did."""

import base64
from typing import Final

import msgspec
from django.http import QueryDict

from guerdon.core.documents import Mapping
from guerdon.faces.console import folding
from guerdon.faces.console.parts import Setting
from guerdon.kit import gate

FIELD: Final = "was"  # the name of the field in which a form carries it
_EMPTY: Final = ""


def carried(document: "Mapping | None") -> str:
    """A part of the file as a form carries it along; "" where there is none yet."""
    return _EMPTY if document is None else base64.urlsafe_b64encode(msgspec.json.encode(document)).decode()


def read(form: QueryDict) -> "Mapping | None":
    """The part that a form was read of; None where it says none. Raises the gate's refusals."""
    told = str(form.get(FIELD, ""))
    if not told:
        return None
    try:
        found: Mapping = msgspec.json.decode(base64.urlsafe_b64decode(told.encode()), type=dict)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise gate.malformed(error) from error
    return found


def rebased(form: QueryDict, fields: tuple[Setting, ...], was: Mapping, now: Mapping) -> QueryDict:
    """The form with what there is now in every field that was left as it was read. Both parts are as forms have them,
    every value at the end of a path."""
    made = form.copy()
    for one in fields:
        before, after = folding.shown(was, one), folding.shown(now, one)
        if before != after and folding.told(form, one) == before:
            made.setlist(one.path, after.split(", ") if one.kind == "several" and after else [after])
    return made
