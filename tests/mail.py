"""A real mail server as the tests have it, which answers what it is told to; and letters switched on."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from guerdon.kit import store
from guerdon.kit.mail import Outlet
from guerdon.kit.store import Statement

SENDER = "Café Aurora <hello@aurora.example>"
URL = "https://points.aurora.example"


class Postbox:
    """What a mail server has taken; `answers` are what it says to the next messages instead of taking them."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.refuses: dict[str, str] = {}  # what it says of a recipient

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        return "250 taken"


@contextmanager
def server() -> Iterator[Postbox]:
    """A mail server on a port of its own, with letters switched on."""
    box = Postbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with switched_on(port):
            yield box
    finally:
        controller.stop()


def code(box: Postbox) -> str:
    """The code to sign in with that came last."""
    text = box.messages[-1].get_body(("plain",))
    assert text is not None
    found = re.search(r"\d{4} \d{4}", text.get_content())
    assert found is not None, text.get_content()
    return found.group()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def switched_on(port: int) -> override_settings:
    """Letters go to a server here."""
    return override_settings(MAIL=Outlet(SENDER, "127.0.0.1", port), PUBLIC_URL=URL)


def states(programme_id: str) -> list[tuple[str, str, str | None, bool]]:
    """The letters of a programme: kind, state, why, and whether anything personal is left in it."""
    rows = store.current().fetch(
        Statement("SELECT kind, state, fault, sealed FROM letters_letter WHERE programme_id = :programme ORDER BY id"),
        programme=programme_id,
    )
    return [(kind, state, fault, sealed is not None) for kind, state, fault, sealed in rows]


def html(message: EmailMessage) -> str:
    """What is seen of a message."""
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def text(message: EmailMessage) -> str:
    """What is read of a message."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
