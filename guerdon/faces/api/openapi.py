"""The description of the API (OpenAPI 3.1), made from the table of routes and the types it names."""

import re
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

import guerdon
from guerdon.core import images, limits, rights
from guerdon.core.activities import Activity
from guerdon.core.errors import Kind
from guerdon.faces import intake, web
from guerdon.faces.api import calls, examples, links, members, routes, words
from guerdon.faces.api.calls import Endpoint
from guerdon.faces.web import Problem
from guerdon.features.keys import queries as keys
from guerdon.kit import gate, ids, store

FILE: Final = Path("docs") / "reference" / "openapi.json"
_REF: Final = "#/components/schemas/{name}"

Json = dict[str, Any]

# What can be refused of any request, by what the route takes.
_ALWAYS: Final = (store.DATABASE_BUSY, web.DATABASE_UNAVAILABLE, web.INTERNAL, web.SERVER_BUSY)
_WITH_KEY: Final = (web.KEY_MISSING, keys.KEY_INVALID, web.SCOPE_MISSING)
_WITH_BODY: Final = (
    gate.JSON_MALFORMED, gate.INPUT_REFUSED, web.VALUE_REFUSED, intake.BODY_TOO_LARGE, intake.MEDIA_TYPE_UNSUPPORTED,
)  # fmt: skip
_WITH_QUERY: Final = (intake.QUERY_MALFORMED, gate.INPUT_REFUSED, web.VALUE_REFUSED)


def write() -> str:
    """The whole description as the text of the committed file."""
    return msgspec.json.format(msgspec.json.encode(describe()), indent=2).decode() + "\n"


def describe() -> Json:
    """The whole description."""
    raw = _raw_schemas()
    paths: dict[str, Json] = {}
    for endpoint in routes.ROUTES:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, raw)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guerdon",
            "version": guerdon.__version__,
            "summary": "Loyalty in which no point is ever lost, doubled or unexplained.",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that serves this description."}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in routes.ROUTES)],
        "paths": paths,
        "components": {
            "schemas": _schemas(raw),
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "gdn_…",
                    "description": "An API key of one programme; `guerdon key create` makes one, and "
                    "one that is revoked is refused within two seconds. Its rights: "
                    + ", ".join(f"`{scope}`" for scope in rights.RIGHTS)
                    + ".",
                }
            },
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
            "examples": {kind.code: {"value": problem(kind)} for kind in _all_refusals()},
        },
    }


def refusals_of(endpoint: Endpoint) -> list[Kind]:
    """Everything the route may refuse with, the route's own first."""
    kinds = list(endpoint.refuses)
    if endpoint.idempotent:
        kinds.append(calls.HEADER_INVALID)
    if endpoint.right != "public":
        kinds += _WITH_KEY
    if endpoint.takes is not None:
        kinds += _WITH_BODY
    if endpoint.query is not None or endpoint.right != "public":
        kinds += _WITH_QUERY
    kinds += _ALWAYS if endpoint.right != "public" else (web.INTERNAL, web.SERVER_BUSY)
    return list(dict.fromkeys(kinds))


def _all_refusals() -> list[Kind]:
    return list(dict.fromkeys(kind for endpoint in routes.ROUTES for kind in refusals_of(endpoint)))


# --- one operation ---


def _operation(endpoint: Endpoint, raw: dict[str, Json]) -> Json:
    shown = examples.EXAMPLES[endpoint.name]
    operation: Json = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "responses": {
            **_dry_run(endpoint, shown.answer),
            str(endpoint.status): _answer(endpoint, shown.answer) | _links(endpoint),
            **_later(endpoint, shown.later),
            **_refusals(endpoint),
        },
    }
    doc = " ".join((endpoint.run.__doc__ or "").split())
    operation["description"] = f"{endpoint.about or doc}\n\n" + (
        "Needs no key." if endpoint.right == "public" else f"Needs the right `{endpoint.right}`."
    )
    operation["security"] = [] if endpoint.right == "public" else [{"key": [endpoint.right]}]
    parameters = [*_path_parameters(endpoint, shown), *_query_parameters(endpoint, shown, raw)]
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in _header_parameters(endpoint)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.takes is not None:
        content = {"schema": {"$ref": _ref(endpoint.takes)}, "examples": {"cast": {"value": shown.body}}}
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


_TABLE: Final[Json] = {
    "cast": {"summary": "The same as a table, for a spreadsheet.", "value": "month,unit\r\n2026-10,points\r\n"}
}


def _answer(endpoint: Endpoint, example: object) -> Json:
    headers = ["X-Request-Id"]
    if endpoint.idempotent:
        headers.append("Idempotency-Replayed")
    if endpoint.status == 201:
        headers.append("Location")
    if endpoint.etag:
        headers.append("ETag")
    if "next" in endpoint.answers.__struct_fields__:
        headers.append("Link")
    if endpoint.answers is calls.Image:
        bytes_of = {"schema": {}, "examples": {"cast": {"summary": "The bytes of the picture."}}}
        kinds: Json = dict.fromkeys(get_args(images.MediaType), bytes_of)
        told = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        return {"description": "The picture.", "headers": told, "content": kinds}
    if endpoint.answers is calls.Archive:
        files: Json = {"application/zip": {"schema": {}, "examples": {"cast": {"summary": "The bytes of the ZIP."}}}}
        told = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        return {"description": "The files.", "headers": told, "content": files}
    if endpoint.answers is calls.Paper:
        files = {
            "application/pdf": {"schema": {}, "examples": {"cast": {"summary": "The bytes of the PDF."}}},
            "text/html; charset=utf-8": {
                "schema": {"type": "string"}, "examples": {"cast": {"value": "<!doctype html>…"}},
            },
        }  # fmt: skip
        told = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        return {"description": "The document.", "headers": told, "content": files}
    if endpoint.answers is calls.Picture:
        picture = {"schema": {"type": "string"}, "examples": {"cast": {"value": "<svg>…</svg>"}}}
        told = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        return {"description": "The picture.", "headers": told, "content": {"image/svg+xml; charset=utf-8": picture}}
    sheet = {"text/csv": {"schema": {"type": "string"}, "examples": _TABLE}} if endpoint.csv else {}
    return {
        "description": _first(words_of(endpoint.answers)),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {
            "application/json": {
                "schema": {"$ref": _ref(endpoint.answers)},
                "examples": {"cast": {"value": example}},
            },
            **sheet,
        },
    }


def _links(endpoint: Endpoint) -> Json:
    found = links.of(endpoint)
    return {"links": found} if found else {}


def _dry_run(endpoint: Endpoint, example: Json) -> Json:
    """What is tried out makes nothing, so it is not answered as made."""
    if endpoint.status == 200 or endpoint.query is None or "dry_run" not in endpoint.query.__struct_fields__:
        return {}
    answer = _answer(endpoint, example | {"dry_run": True})
    del answer["headers"]["Location"]
    return {"200": answer | {"description": "With `dry_run=true`: what would have been answered; nothing is kept."}}


def _later(endpoint: Endpoint, example: Json | None) -> Json:
    """What is taken, but not done yet."""
    if not endpoint.later:
        return {}
    told = {"description": "Taken, but not done yet: it waits for somebody."}
    return {"202": _answer(endpoint, example) | told | _links(endpoint)}


def _refusals(endpoint: Endpoint) -> Json:
    """By status: which codes, each with an example."""
    by_status: dict[int, list[Kind]] = {}
    for kind in refusals_of(endpoint):
        by_status.setdefault(web.status(kind), []).append(kind)
    return {
        str(status): {
            "description": ", ".join(f"`{kind.code}`" for kind in kinds),
            "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
            "content": {
                web.CONTENT_TYPE: {
                    "schema": {"$ref": _ref(Problem)},
                    "examples": {kind.code: {"$ref": f"#/components/examples/{kind.code}"} for kind in kinds},
                }
            },
        }
        for status, kinds in sorted(by_status.items())
    }


def problem(kind: Kind) -> Json:
    """A refusal of the kind as an example, with facts out of the one cast."""
    facts = {name: examples.FACTS[name] for name in sorted(kind.facts)}
    shown: Json = msgspec.to_builtins(web.problem(kind(**facts)))
    return shown


# Parts of addresses that are words and no ids.
_TEXTS: Final = {
    "code": limits.CODE_CHARS_MAX, "pool": limits.KEY_CHARS_MAX, "key": limits.KEY_CHARS_MAX, "hash": 64, "kpi": 40
}  # fmt: skip
_DRAWN: Final = (calls.Picture, calls.Image, calls.Archive, calls.Paper)  # answers that are no JSON


def _path_parameters(endpoint: Endpoint, shown: examples.Example) -> list[Json]:
    found = []
    for name in re.findall(r"{(\w+)}", endpoint.path):
        schema: Json = {"type": "integer", "minimum": 1}
        noun = endpoint.noun if name == "id" else name
        if name in _TEXTS:
            schema = {"type": "string", "minLength": 1, "maxLength": _TEXTS[name]}
        elif name == "month":
            schema = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}$"}
        elif noun in ids.PREFIXES:
            schema = {"type": "string", "pattern": f"^{ids.PREFIXES[noun]}[0-9a-f]{{32}}$"}
        found.append({"name": name, "in": "path", "required": True, "schema": schema, "example": shown.path[name]})
    return found


def _query_parameters(endpoint: Endpoint, shown: examples.Example, raw: dict[str, Json]) -> list[Json]:
    if endpoint.query is None:
        return []
    schema = raw[endpoint.query.__name__]
    told = words.FIELDS[endpoint.query.__name__]
    found = []
    for name, of in schema["properties"].items():
        plain = {key: value for key, value in _optional(of).items() if key != "description"}
        said = told[name]
        more: Json = said[1] if isinstance(said, tuple) else {}
        parameter = {"name": name, "in": "query", "description": _first(said), "schema": plain | more}
        if name in shown.query:
            parameter["example"] = shown.query[name]
        found.append(parameter)
    return found


def _header_parameters(endpoint: Endpoint) -> list[str]:
    names = ["Idempotency-Key"] if endpoint.idempotent else []
    if members.ETAG_MISSING in endpoint.refuses:
        names.append("If-Match")
    return [*names, "Accept-Language"]


# --- schemas ---


def _raw_schemas() -> dict[str, Json]:
    """All types that routes name, by their own names, as msgspec describes them."""
    types: dict[type[msgspec.Struct], None] = {Problem: None, Activity: None}
    for endpoint in routes.ROUTES:
        for one in (endpoint.takes, None if endpoint.answers in _DRAWN else endpoint.answers, endpoint.query):
            if one is not None:
                types[one] = None
    _, found = msgspec.json.schema_components(list(types), ref_template=_REF)
    return found


def _schemas(raw: dict[str, Json]) -> dict[str, Json]:
    """All types by the names they are called here, each field with its words."""
    queries = {endpoint.query.__name__ for endpoint in routes.ROUTES if endpoint.query is not None}
    found: dict[str, Json] = {}
    for name, schema in sorted(raw.items()):
        if name in queries:
            continue
        told = words.FIELDS[name]
        schema["title"] = words.RENAMED.get(name, name)
        schema["description"] = " ".join(schema.get("description", "").split())
        schema["properties"] = {field: _told(of, told[field]) for field, of in schema["properties"].items()}
        found[schema["title"]] = schema
    found["Batch"]["properties"]["activities"]["items"] = {"$ref": _ref(Activity)}
    renamed: dict[str, Json] = msgspec.json.decode(_renamed(msgspec.json.encode(found)))
    return renamed


def _renamed(text: bytes) -> bytes:
    for old, new in words.RENAMED.items():
        text = text.replace(f'schemas/{old}"'.encode(), f'schemas/{new}"'.encode())
    return text


def _ref(kind: type) -> str:
    return _REF.format(name=words.RENAMED.get(kind.__name__, kind.__name__))


def _told(schema: Json, told: words.Words) -> Json:
    """The schema of a field with its sentence and its limits, which belong to the value and not to its absence."""
    sentence, more = told if isinstance(told, tuple) else (told, {})
    choices = schema.get("anyOf")
    if more and choices:
        schema = schema | {"anyOf": [one | more if one != {"type": "null"} else one for one in choices]}
        more = {}
    return {**schema, **more, "description": sentence}


def _optional(schema: Json) -> Json:
    """A query parameter that may be left out can't be null."""
    choices = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    bare = choices[0] if len(choices) == 1 else schema
    return {**bare, **({"default": schema["default"]} if schema.get("default") is not None else {})}


def words_of(kind: type) -> str:
    """The docstring of a type as one line."""
    return " ".join((kind.__doc__ or "").split())


def _first(told: words.Words) -> str:
    return told[0] if isinstance(told, tuple) else told


# --- what is said once ---

_ABOUT: Final = f"""Everything a loyalty programme remembers, over HTTP.

* Points are whole numbers in the unit's smallest step; money is in minor units with its currency.
* Every write is told once: the same activity, adjustment or Idempotency-Key again gets the same answer and
  `Idempotency-Replayed: true`. After a lost answer, a 500 or a 503, send the same request again.
* What can't be done is answered with `application/problem+json` (RFC 9457): `code` is for programs and stable, `detail`
  is for people, in English, Bulgarian or Turkish (`Accept-Language`).
* What was made can be gone on with: the `links` of its answer name every operation that takes its id.
* Lists come in pages of at most {limits.PAGE_ROWS_MAX} rows; `next` and the header `Link` lead on.
* A body has at most {limits.BODY_BYTES_MAX:,} bytes, a batch {limits.BATCH_MAX:,} activities, a text
  {limits.TEXT_CHARS_MAX:,} characters.
"""

_PARAMETERS: Final[Json] = {
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A name for this request, for ever: repeated with the same body it answers what it answered "
        "first, with another body it is refused.",
        "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": limits.IDEMPOTENCY_KEY_CHARS_MAX,
            "pattern": "^[ -~]+$",
        },
        "example": "till-1-000117",
    },
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the state that was read, or `*` for whatever it is by now.",
        "schema": {"type": "string"},
        "example": '"1"',
    },
    "Accept-Language": {
        "name": "Accept-Language",
        "in": "header",
        "description": "In which language refusals are told, and sentences if `language` does not say: en, bg or tr.",
        "schema": {"type": "string"},
        "example": "bg",
    },
}

_HEADERS: Final[Json] = {
    "X-Request-Id": {
        "description": "The name of this request in the logs: the caller's own, or one made here.",
        "schema": {"type": "string"},
    },
    "Idempotency-Replayed": {
        "description": "`true` where the answer is that of an earlier request.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Location": {"description": "Where the resource can be read.", "schema": {"type": "string"}},
    "ETag": {"description": "The state of the member, for If-Match.", "schema": {"type": "string"}},
    "Link": {"description": 'The next page, as `rel="next"`.', "schema": {"type": "string"}},
}
