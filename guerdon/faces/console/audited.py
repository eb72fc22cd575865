"""What a line of the book of who did what says to people: who, about what, and what changed, in words."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from guerdon.faces.api.audit import AuditLine
from guerdon.faces.console import frame, people
from guerdon.faces.design.shapes import Line, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.drafts import queries as drafts
from guerdon.kit import ids

# Where the state of what a line is about has its words; of others in those of this page.
_STATES: Final = {
    "draft": "drafts.state_", "redemption": "states.", "alert": "console_alerts.", "member": "members.status_",
}  # fmt: skip
_PAGES: Final = {"draft": "console.draft", "redemption": "console.redemption"}  # of what has one by its id
_NOUNS: Final = {prefix: noun for noun, prefix in ids.PREFIXES.items()}
_DIGESTS: Final = frozenset({"digest"})  # machines compare them; the table has them


class Names(msgspec.Struct, frozen=True):
    """How those are called whom lines are about or who did it: staff and keys, and members, by their ids."""

    staff: Mapping[str, str]
    members: Mapping[str, str]
    drafts: Mapping[str, str]

    @classmethod
    def of(cls, visit: Visit, lines: tuple[AuditLine, ...], staff: Mapping[str, str]) -> "Names":
        """Of all that these lines name: a look at members, which is noted as everywhere."""
        named = [word for one in lines for word in (one.actor.id, *one.about.split()[-1:], _asked(one).member)]
        found = people.names(visit, [one for one in named if one.startswith("mem_")], "console.audit")
        begun = [ids.read("draft", one) for one in named if one.startswith(ids.PREFIXES["draft"])]
        titles = drafts.titles(visit.store, visit.programme_id, begun)
        return cls(staff, found, {ids.show("draft", id): title for id, title in titles.items()})


class Asked(msgspec.Struct, frozen=True):
    """What an adjustment gives or takes, and whose, where a line of the book says so."""

    member: str = ""
    unit: str = ""
    points: int = 0
    reason: str = ""


def _asked(one: AuditLine) -> Asked:
    told = one.action.startswith("adjustment.") and one.after is not None
    return msgspec.json.decode(one.after, type=Asked) if told and one.after is not None else Asked()


def who(visit: Visit, one: AuditLine, names: Names) -> str:
    """Who did it: people and keys by their names."""
    kind, id = one.actor.kind, one.actor.id
    if kind == "operator" and (one.actor.name or id) == kind:  # at the command line, with no name of its own
        return visit.say("console_works.the_operator")
    if kind in ("operator", "house"):
        return visit.say(f"console_works.{kind}", name=one.actor.name or id)
    return names.members.get(id) or one.actor.name or f"…{id[-6:]}"


def about(visit: Visit, one: AuditLine, names: Names) -> Link:
    """What it was done to, by its noun and name, with its page where it has one and the visitor may see it."""
    *_, id = ("", *one.about.split())
    if one.action == "month.closed":
        return Link(
            visit.say("console_works.noun_month", month=Pen(visit).month(one.about)),
            visit.to("console.closing", one.about),
        )
    if id[:4] not in _NOUNS:
        noun, _, key = one.about.partition(" ")
        return Link(_named(visit, f"noun_{noun}", one.about, name=key), "")
    noun = _NOUNS[id[:4]]
    asked = _asked(one)
    if asked.member:
        return _adjusted(visit, asked, names)
    if noun == "member" and visit.may("profiles:read"):
        return Link(_named(visit, "noun_member", id, name=names.members[id]), visit.to("console.member", id))
    page = _PAGES.get(noun)
    address = (
        visit.to(page, id) if page and visit.may("profiles:read" if noun == "redemption" else "rules:read") else ""
    )
    return Link(_named(visit, f"noun_{noun}", id, name=_called(id, names)), address)


def _called(id: str, names: Names) -> str:
    return names.staff.get(id) or names.drafts.get(id) or f"…{id[-6:]}"


def _adjusted(visit: Visit, asked: Asked, names: Names) -> Link:
    """Whose points are given or taken by hand, how many and why."""
    pen = Pen(visit)
    told = (names.members[asked.member], pen.signed_points(asked.points, asked.unit), pen.by_hand_for(asked.reason))
    may = visit.may("profiles:read")
    return Link(" · ".join(told), visit.to("console.timeline", asked.member) if may else "")


def _named(visit: Visit, word: str, fallback: str, **facts: str) -> str:
    return visit.say(f"console_works.{word}", **facts) if frame.has(f"console_works.{word}") else fallback


def lines(visit: Visit, one: AuditLine) -> tuple[Line, ...]:
    """What changed, part by part; parts that stayed are left out where both are told."""
    was, became = _parts(visit, one, one.before), _parts(visit, one, one.after)
    if _asked(one).member:  # stands above already
        was, became = ({name: text for name, text in each.items() if name == "state"} for each in (was, became))
    found: list[Line] = []
    for name in dict.fromkeys([*was, *became]):
        if name in was and was.get(name) == became.get(name):
            continue
        title = frame.known(visit, f"console_works.part_{name}", name)
        if name in was and name in became:
            found.append(Line("changed", f"{title}: {was[name]} → {became[name]}"))
        elif name in was:
            found.append(Line("removed", f"{title}: {was[name]}"))
        else:
            found.append(Line("added", f"{title}: {became[name]}"))
    return tuple(found)


def _parts(visit: Visit, one: AuditLine, raw: msgspec.Raw | None) -> dict[str, str]:
    told = msgspec.json.decode(raw) if raw is not None else {}
    if not isinstance(told, dict):  # it was too long to be kept whole
        return {"whole": str(told)}
    return {name: _text(visit, one, name, value) for name, value in told.items() if name not in _DIGESTS}


def _text(visit: Visit, one: AuditLine, name: str, value: object) -> str:
    """A part in words: rights, states and fields by theirs, instants and numbers as people there say them."""
    pen, noun = Pen(visit), one.action.partition(".")[0]
    words: dict[str, Callable[[str], str]] = {
        "role": lambda text: f"signin.as_{text}",
        "scopes": lambda text: f"rights.{text}",
        "state": lambda text: _STATES.get(noun, "console_works.state_") + text,
        "status": lambda text: _STATES.get(noun, "console_works.state_") + text,
        "changed": lambda text: f"console_works.field_{text}",
        "name": lambda text: f"console_works.{noun}_{text}",
    }

    def say(text: str) -> str:
        return frame.known(visit, words[name](text), text) if name in words else text

    if isinstance(value, list):
        return ", ".join([say(str(part)) for part in value])  # all of them: a book leaves nothing out
    if isinstance(value, int) and not isinstance(value, bool):
        return pen.number(value)
    if not isinstance(value, str):
        return "–" if value is None else json.dumps(value, ensure_ascii=False)
    if name.endswith("_at"):
        return pen.since(datetime.fromisoformat(value))
    return frame.known(visit, f"console_works.{name}_{value}", value) if name in ("method", "fault") else say(value)
