"""The book of who did what in the console: narrowed, read line by line, taken along as a table."""

import json
from typing import Final

import msgspec
from django.http import HttpResponse
from django.utils.http import urlencode

from guerdon.faces.api import audit as api
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Choice, Line
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.faces.words import console_works
from guerdon.features.keys import queries as keys
from guerdon.features.users import queries as users
from guerdon.kit import ids

_ACT: Final = "act_"
_FILTERS: Final = ("action", "actor", "about")


class Told(msgspec.Struct, frozen=True):
    """A line of the book in words, with what changed."""

    who: str
    did: str
    about: str
    when: str
    reason: str
    icon: str
    lines: tuple[Line, ...]


def show(visit: Visit) -> HttpResponse:
    """The latest lines, or those that are asked for."""
    query = _query(visit)
    found = ask(visit, api.list_, query=query)
    asked = {name: value for name in _FILTERS if (value := getattr(query, name))}
    actors = _actors(visit)
    names = {one.value: one.title for one in actors}
    context = {
        "told": [_told(visit, one, names) for one in found.lines], "actions": _actions(visit), "actors": actors,
        "query": query, "csv": f"{visit.to('console.audit_csv')}?{urlencode(asked)}",
        "next": f"?{urlencode(asked | {'cursor': found.next})}" if found.next else "",
    }  # fmt: skip
    return frame.page(visit, "console/audit.html", context, area="console.audit")


def table(visit: Visit) -> HttpResponse:
    """The same lines as a table, as many as a page of the API has."""
    query = msgspec.structs.replace(_query(visit), limit=200)
    return frame.table(reply(visit, api.list_, query=query, csv=True).value)  # type: ignore[arg-type] # asked for


def _query(visit: Visit) -> api.AuditQuery:
    told = {name: visit.request.GET.get(name, "").strip() or None for name in (*_FILTERS, "cursor")}
    return api.AuditQuery(**told)  # type: ignore[arg-type] # texts or nothing


def _actions(visit: Visit) -> tuple[Choice, ...]:
    every = Choice("", visit.say("console_works.anything"))
    names = [key for key in console_works.WORDS if key.startswith(_ACT)]
    told = [Choice(key.removeprefix(_ACT), visit.say(f"console_works.{key}")) for key in names]
    return (every, *told)


def _actors(visit: Visit) -> tuple[Choice, ...]:
    found = [Choice("", visit.say("console_works.anybody"))]
    for one in users.of_programme(visit.store, visit.programme_id):
        found.append(Choice(ids.show("user", one.user_id), one.name))
    for key in keys.every(visit.store, visit.programme_id):
        found.append(Choice(ids.show("key", key.id), key.name))
    return tuple(found)


def _told(visit: Visit, one: api.AuditLine, names: dict[str, str]) -> Told:
    kind, name = one.actor.kind, one.actor.name or one.actor.id
    who = visit.say(f"console_works.{kind}", name=name) if kind in ("operator", "house") else name
    did = frame.known(visit, f"console_works.{_ACT}{one.action}", one.action)
    icon = {"user": "user", "key": "key-round", "operator": "monitor"}.get(kind, "settings")
    lines = _lines(visit, one.before, one.after)
    about = f"{names[one.about]}, {one.about}" if one.about in names else one.about
    return Told(who, did, about, Pen(visit).moment(one.at), one.reason, icon, lines)


def _lines(visit: Visit, before: msgspec.Raw | None, after: msgspec.Raw | None) -> tuple[Line, ...]:
    """What changed, part by part; parts that stayed are left out where both are told."""
    was, became = _parts(visit, before), _parts(visit, after)
    found: list[Line] = []
    for name in dict.fromkeys([*was, *became]):
        if name in was and was.get(name) == became.get(name):
            continue
        if name in was:
            found.append(Line("removed", f"{_named(visit, name)}: {was[name]}"))
        if name in became:
            found.append(Line("added", f"{_named(visit, name)}: {became[name]}"))
    return tuple(found)


def _parts(visit: Visit, raw: msgspec.Raw | None) -> dict[str, str]:
    told = msgspec.json.decode(raw) if raw is not None else {}
    parts = told if isinstance(told, dict) else {"": told}
    return {name: _text(visit, name, value) for name, value in parts.items()}


def _named(visit: Visit, name: str) -> str:
    """What changed, in words."""
    return frame.known(visit, f"console_works.part_{name}", name)


def _text(visit: Visit, name: str, value: object) -> str:
    if name == "role":
        return frame.known(visit, f"signin.as_{value}", str(value))
    if name in ("method", "state", "status"):
        return frame.known(visit, f"console_works.{name}_{value}", str(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/audit/", "audit:read", show, "console.audit"),
    Page("console/<slug:programme>/audit/table.csv", "audit:read", table, "console.audit_csv"),
)
