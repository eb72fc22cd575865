"""What can be done with what was just made: the links of the description, which follow from the table of routes."""

import re
from collections import deque
from typing import Any, Final

from guerdon.faces.api import examples, routes
from guerdon.faces.api.calls import Endpoint
from guerdon.kit import ids

Json = dict[str, Any]
_NAMES: Final = re.compile(r"{(\w+)}")


def of(endpoint: Endpoint) -> Json:
    """By name of the operation: where it is told the name of what this one has made; nothing where nothing is made."""
    if endpoint.method != "POST" or endpoint.status != 201:
        return {}
    found: Json = {}
    for other in routes.ROUTES:
        made = _made(endpoint, other)
        place = made and _place(examples.EXAMPLES[endpoint.name].answer, made, _prefix(other, made))
        if place:
            told = {name: f"$request.path.{name}" for name in _NAMES.findall(endpoint.path)}
            told[made] = f"$response.body#{place}"
            found[other.name] = {"operationId": other.name, "parameters": told, "description": other.summary}
    return found


def _made(endpoint: Endpoint, other: Endpoint) -> str:
    """What the other's address calls the thing that is made here; nothing where it is an address of something else."""
    if not other.path.startswith(endpoint.path + "/{"):
        return ""
    more = _NAMES.findall(other.path.removeprefix(endpoint.path))
    return str(more[0]) if len(more) == 1 else ""


def _prefix(other: Endpoint, name: str) -> str:
    """How such ids begin; nothing where it is a word and no id."""
    if name == "key":
        return ""  # what a programme calls a part of itself
    return ids.PREFIXES.get(other.noun if name == "id" else name, "")


def _place(answer: Json, name: str, prefix: str) -> str:
    """The JSON pointer to the name of what was made: the first one from the top that is called so."""
    called = "id" if prefix else name
    waiting = deque([("", answer)])
    while waiting:
        pointer, value = waiting.popleft()
        for key, inner in value.items():
            if key == called and isinstance(inner, str) and inner.startswith(prefix):
                return f"{pointer}/{key}"
            if isinstance(inner, dict):
                waiting.append((f"{pointer}/{key}", inner))
    return ""
