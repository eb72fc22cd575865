"""Who would move to which tier under a programme file that nobody has published yet, as pages show it."""

from typing import Any

from guerdon.core.documents import Mapping
from guerdon.faces.api import tiers as api
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Cell, Column, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.programmes import forms

_HEADS = ("ladder", "when", "before", "after", "members", "first")


def preview(visit: Visit, document: Mapping) -> dict[str, Any]:
    """All that a page needs to show who would move; nothing is changed. Raises the refusals of the preview."""
    found, pen = ask(visit, api.preview, body=api.Draft(forms.written(document))), Pen(visit)
    programme = forms.read_document(document).programme
    every = [one for each in (visit.programme, programme) if each for one in each.tiers]
    ladders = {one.key: pen.tongue.named(one.name) for one in every}
    names = {level.key: pen.tongue.named(level.name) for one in every for level in one.levels}
    below = visit.say("console_tiers.below")
    moves = tuple([
        Row((Cell(ladders.get(one.ladder, one.ladder)), Cell(visit.say(f"console_tiers.{one.when}")),
             Cell(names.get(one.before or "", below)), Cell(names.get(one.after or "", below)),
             Cell(pen.number(one.count)),
             Cell(", ".join(each.name or f"…{each.id[-6:]}" for each in one.members))))
        for one in found.moves
    ])  # fmt: skip
    heads = tuple([Column(visit.say(f"console_tiers.{one}"), end=one == "members") for one in _HEADS])
    uncounted = tuple([ladders.get(one, one) for one in found.uncounted])
    return {"columns": heads, "moves": moves, "looked": pen.number(found.members), "uncounted": uncounted}
