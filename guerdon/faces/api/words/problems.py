"""The words for the fields of refusals."""

from typing import Final

from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Problem": {
        "type": "The address of the explanation.",
        "title": "What went wrong, in short.",
        "status": "The HTTP status.",
        "code": "What went wrong, for programs; stable.",
        "detail": "What went wrong, why, and what to do about it, in the language asked for.",
        "facts": "The facts of it.",
        "errors": "The places in the request that are not right.",
        "request_id": "Under which name the operator finds it in the logs.",
    },
    "Fault": {
        "pointer": "The place: a JSON pointer into the body, or ?name of the query.",
        "reason": "What is wrong there, for programs; stable.",
        "message": "The same in words.",
    },
}
