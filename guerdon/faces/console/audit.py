"""The book of who did what in the console: narrowed, read line by line, taken along as a table."""

from collections import Counter
from datetime import MAXYEAR, MINYEAR, date, timedelta
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
_GROUP: Final = "group_"
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
    query, days, faults = _query(visit)
    found = ask(visit, api.list_, query=query)
    asked = {name: value for name in _FILTERS if (value := getattr(query, name))} | days
    actors = _actors(visit)
    names = Names.of(visit, found.lines, {one.value: one.title for one in actors})
    context = {
        "told": [_told(visit, one, names) for one in found.lines], "actions": _actions(visit), "actors": actors,
        "query": query, "days": days, "faults": faults, "csv": f"{visit.to('console.audit_csv')}?{urlencode(asked)}",
        "next": f"?{urlencode(asked | {'cursor': found.next})}" if found.next else "",
    }  # fmt: skip
    return frame.page(visit, "console/audit.html", context, area="console.audit")


def table(visit: Visit) -> HttpResponse:
    """The same lines as a table, as many as a page of the API has."""
    query = msgspec.structs.replace(_query(visit)[0], limit=200)
    return frame.table(reply(visit, api.list_, query=query, csv=True).value)  # type: ignore[arg-type] # asked for


def _query(visit: Visit) -> tuple[api.AuditQuery, dict[str, str], dict[str, str]]:
    """What is asked, the days as the address has them, both included, and those that are no days."""
    told = {name: visit.request.GET.get(name, "").strip() or None for name in (*_FILTERS, "cursor")}
    days = {name: text for name in ("from", "until") if (text := visit.request.GET.get(name, "").strip())}
    first, last = _day(days.get("from")), _day(days.get("until"))
    faults = {
        name: visit.say("console_works.no_day")
        for name, day in (("from", first), ("until", last))
        if name in days and day is None
    }
    until = None if last is None else last + timedelta(days=1)
    query = api.AuditQuery(**told, since=first, until=until)  # type: ignore[arg-type] # texts or nothing
    return query, days, faults


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None


def _actions(visit: Visit) -> tuple[Choice, ...]:
    every = Choice("", visit.say("console_works.anything"))
    groups = [Choice(one, visit.say(f"console_works.{_GROUP}{one}")) for one in (api.BUT_SIGN_INS, *api.GROUPS)]
    names = [key for key in console_works.WORDS if key.startswith(_ACT)]
    told = [Choice(key.removeprefix(_ACT), visit.say(f"console_works.{key}")) for key in names]
    return (every, *groups, *told)


def _actors(visit: Visit) -> tuple[Choice, ...]:
    found = [Choice("", visit.say("console_works.anybody"))]
    who = [(ids.show("user", one.user_id), one.name) for one in users.of_programme(visit.store, visit.programme_id)]
    who += [(ids.show("key", one.id), one.name) for one in keys.every(visit.store, visit.programme_id)]
    often = Counter(name for _, name in dict(who).items())
    return (*found, *[Choice(id, name if often[name] == 1 else f"{name} (…{id[-6:]})") for id, name in who])


def _told(visit: Visit, one: api.AuditLine, names: Names) -> Told:
    did = frame.known(visit, f"console_works.{_ACT}{one.action}", one.action)
    when = Pen(visit).moment(one.at)
    told = (audited.who(visit, one, names), did, audited.about(visit, one, names), when, one.reason)
    return Told(*told, _ICONS.get(one.actor.kind, "settings"), audited.lines(visit, one))


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/audit/", "audit:read", show, "console.audit"),
    Page("console/<slug:programme>/audit/table.csv", "audit:read", table, "console.audit_csv"),
)
