"""The book of who did what in the console: narrowed, read line by line, taken along as a table."""

from typing import Final

import msgspec
from django.http import HttpResponse
from django.utils.http import urlencode

from guerdon.faces.api import audit as api
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import audited, frame
from guerdon.faces.console.audited import Names
from guerdon.faces.design.shapes import Choice, Line, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.faces.words import console_works
from guerdon.features.keys import queries as keys
from guerdon.features.users import queries as users
from guerdon.kit import ids

_ACT: Final = "act_"
_FILTERS: Final = ("action", "actor", "about")
_ICONS: Final = {"user": "user", "member": "user", "key": "key-round", "operator": "monitor"}


class Told(msgspec.Struct, frozen=True):
    """A line of the book in words, with what changed."""

    who: str
    did: str
    about: Link
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
    names = Names.of(visit, found.lines, {one.value: one.title for one in actors})
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


def _told(visit: Visit, one: api.AuditLine, names: Names) -> Told:
    did = frame.known(visit, f"console_works.{_ACT}{one.action}", one.action)
    when = Pen(visit).moment(one.at)
    told = (audited.who(visit, one, names), did, audited.about(visit, one, names), when, one.reason)
    return Told(*told, _ICONS.get(one.actor.kind, "settings"), audited.lines(visit, one))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/audit/", "audit:read", show, "console.audit"),
    Page("console/<slug:programme>/audit/table.csv", "audit:read", table, "console.audit_csv"),
)
