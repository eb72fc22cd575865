"""Pages ask the API: the same endpoints, rights and answers, without a connection in between."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import cache
from inspect import iscoroutinefunction
from typing import Any, Final

import msgspec

from guerdon.engine.group_commit import GroupCommit
from guerdon.engine.group_read import GroupRead
from guerdon.faces.api import routes
from guerdon.faces.api.calls import Call, Endpoint, Face, Reply
from guerdon.faces.visits import RIGHT_MISSING, Visit
from guerdon.features.keys.queries import KeyRow
from guerdon.kit import gate, ids

FACES: Final[dict[str, Face]] = {"my": "portal", "console": "console", "till": "till"}  # by how addresses begin


def ask(
    visit: Visit,
    run: Callable[..., Any],
    *path: str | int,
    query: msgspec.Struct | None = None,
    body: msgspec.Struct | None = None,
    token: str | None = None,
    csv: bool = False,
) -> Any:
    """What an endpoint answers to the visitor. `token`, which a form carries, makes that it is done once.
    With `csv` it is the `Spreadsheet` of what the endpoint answers.

    Raises `right_missing` and the refusals of the endpoint.
    """
    return reply(visit, run, *path, query=query, body=body, token=token, csv=csv).value


def reply(
    visit: Visit,
    run: Callable[..., Any],
    *path: str | int,
    query: msgspec.Struct | None = None,
    body: msgspec.Struct | None = None,
    token: str | None = None,
    etag: int | None = None,
    csv: bool = False,
) -> Reply:
    """The same with what stands around the answer: whether it is told again, the state, the next page."""
    endpoint = _endpoints()[run]
    if endpoint.right != "public" and endpoint.right not in visit.rights:
        raise RIGHT_MISSING(right=endpoint.right, role=visit.role or "")
    headers = {} if token is None else {b"idempotency-key": token.encode()}
    if etag is not None:
        headers[b"if-match"] = b'"%d"' % etag
    if csv:
        headers[b"accept"] = b"text/csv"
    for told in (query, body):  # what a page has taken from its address or form itself goes through the gate, too
        if told is not None:
            gate.clean(msgspec.json.encode(told), chars_max=endpoint.chars_max)
    call = _call(visit, endpoint, path, headers)
    given = [*path]
    if endpoint.query is not None:
        call.query = endpoint.query() if query is None else query
        given.append(call.query)  # type: ignore[arg-type] # after the ids
    if endpoint.takes is not None:
        assert body is not None, f"{endpoint.name} takes a body"
        given.append(body)  # type: ignore[arg-type]
    answered: Reply = asyncio.run(run(call, *given)) if iscoroutinefunction(run) else run(call, *given)
    return answered


@cache
def _endpoints() -> dict[Callable[..., Any], Endpoint]:
    return {one.run: one for one in routes.ROUTES}


def _call(visit: Visit, endpoint: Endpoint, path: tuple[str | int, ...], headers: dict[bytes, bytes]) -> Call:
    def now(programme_id: str) -> datetime:
        assert programme_id == visit.programme_id
        return visit.now

    whose = visit.user_id or ids.NIL
    key = KeyRow(whose, visit.programme_id, visit.name or "member", "", visit.rights, visit.now, None, None)
    request_id = ids.new()
    face = FACES.get(visit.request.path_info.split("/")[1], "api")
    by = "self" if visit.own and not visit.viewing else "person"
    group, reads = GroupCommit(now), GroupRead(now)
    named = (endpoint, path, key, visit.now, request_id, headers, group, reads, visit.language, by)
    return Call(*named, face=face, member_id=visit.member_id)  # type: ignore[arg-type]
