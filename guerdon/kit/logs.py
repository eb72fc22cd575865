"""Structured logs: one line of JSON, or of plain words on a terminal; never a secret, never personal data."""

import logging
import os
import sys
from typing import Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Whatever is said under these names is nobody's business in a log.
SECRET: Final = frozenset(
    {"authorization", "key", "secret", "password", "token", "email", "phone", "name", "birthday", "card", "body"}
)


def configure(*, as_json: bool | None = None) -> None:
    """Send the logs of Guerdon, Django and the server to standard error, as JSON unless that is a terminal.

    GUERDON_LOG chooses `json` or `console`, GUERDON_LOG_LEVEL the least level told (`info`).
    """
    if as_json is None:
        chosen = os.environ.get("GUERDON_LOG") or ("console" if sys.stderr.isatty() else "json")
        as_json = chosen == "json"
    level = logging.getLevelNamesMapping().get(os.environ.get("GUERDON_LOG_LEVEL", "info").upper(), logging.INFO)
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_request,
        hide_secrets,
    ]
    last: list[Processor] = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    if as_json:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared[:1], *shared[2:], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.getLogger("uvicorn").setLevel(max(level, logging.WARNING))  # its greetings are said better by the server


def hide_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Blot out the values that must not stand in a log, whoever put them there."""
    for name in SECRET.intersection(event):
        event[name] = "…"
    return event


def drop_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Leave out the request that Django adds to what it tells: its address may ask for somebody by an e-mail."""
    event.pop("request", None)
    return event
