"""Two workers look for letters at the same moment: each letter goes out once, and each news writes one letter."""

import contextlib
import threading
from typing import Any

import pytest

from guerdon.core.letters import Recipient, SignIn
from guerdon.engine import posting
from guerdon.features.letters import actions
from guerdon.features.letters.actions import New
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import mail as postbox
from tests import shop
from tests.races import crowd
from tests.shop import Shop

NOON = shop.moment("2026-03-01")
LETTERS = 6


def put(cafe: Shop, cause: str = "") -> int:
    """Letters put into the queue: six of their own, or one whose cause is told."""
    to = Recipient("ann@aurora.example")
    causes = [cause] if cause else [f"sign_in:{number}" for number in range(LETTERS)]
    new = [New(cafe.programme_id, one, SignIn("1234", 10), to=to) for one in causes]
    return len(store.committed(lambda at_hand: actions.put(at_hand, new, now=NOON)))


def race(monkeypatch: pytest.MonkeyPatch, box: postbox.Postbox) -> tuple[list[Any], int]:
    """Two workers who both hold what they took before either sends; what they sent, and what arrived."""
    cafe = Shop()
    put(cafe)
    met, draft = threading.Barrier(2), posting._send

    def together(*given: Any) -> int:
        with contextlib.suppress(threading.BrokenBarrierError):  # the other one found nothing, as it should
            met.wait(crowd.MEETING_SECONDS)
        return draft(*given)

    with monkeypatch.context() as patch:
        patch.setattr(posting, "_send", together)
        results = crowd.together([lambda: posting.carry(now=lambda: NOON)] * 2)
    return results, len(box.messages)


def test_two_workers_send_every_letter_once(pristine_database: str, monkeypatch: pytest.MonkeyPatch):
    with postbox.server() as box:
        results, arrived = race(monkeypatch, box)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert sum(results) == arrived == LETTERS


def test_without_taking_them_both_send(pristine_database: str, monkeypatch: pytest.MonkeyPatch):
    """The control: where a worker only looks at what is due, everything goes out twice."""
    columns = actions.TAKE.text.partition(" RETURNING ")[2]
    look = f"SELECT {columns} FROM letters_letter WHERE state = 'waiting' AND due_at <= :now LIMIT :most"
    monkeypatch.setattr(actions, "TAKE", Statement(look))
    cafe, met, send, take = Shop(), threading.Barrier(2), posting._send, actions.take
    put(cafe)
    looked = threading.local()

    def once(at_hand: Any, **given: Any) -> list[Any]:
        """Each looks once: what is only looked at stays due for ever."""
        been, looked.been = getattr(looked, "been", False), True
        return [] if been else take(at_hand, **given)

    def together(out: Any, letters: Any, now: Any) -> int:
        met.wait(crowd.PATIENCE_SECONDS)
        return send(out, letters, lambda: shop.moment("2026-02-28"))  # within a lease that nobody has taken

    monkeypatch.setattr(actions, "take", once)
    monkeypatch.setattr(posting, "_send", together)
    with postbox.server() as box:
        results = crowd.together([lambda: posting.carry(now=lambda: NOON)] * 2)
        assert not [one for one in results if isinstance(one, BaseException)], results
        assert len(box.messages) == 2 * LETTERS


def test_one_cause_heard_by_two_writes_one_letter(pristine_database: str):
    cafe = Shop()
    results = crowd.together([lambda: put(cafe, "redemption:1")] * 4)
    assert not [one for one in results if isinstance(one, BaseException)], results
    assert sorted(results) == [0, 0, 0, 1]


def test_without_the_key_everybody_writes(pristine_database: str, monkeypatch: pytest.MonkeyPatch):
    """The control."""
    text = actions._PUT
    without = [
        one.replace(" ON CONFLICT (programme_id, cause) DO NOTHING", "").replace("v->>4, 'waiting'", "v->>0, 'waiting'")
        .replace("value->>4, 'waiting'", "value->>0, 'waiting'")
        for one in (text.text, text.sqlite or "")
    ]  # fmt: skip
    monkeypatch.setattr(actions, "_PUT", Statement(*without))
    cafe = Shop()
    assert crowd.together([lambda: put(cafe, "redemption:1")] * 4) == [1, 1, 1, 1]
