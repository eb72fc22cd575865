"""What the example of an operation alone does not bring about: scenes after which it is answered well, too."""

import base64
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guerdon.core.letters import Recipient
from guerdon.engine import closing, letters, posting, seal, settling, staff
from guerdon.faces.api import examples
from guerdon.kit import clock, ids, jobs, store, worker
from guerdon.kit.audit import Actor
from tests import mail
from tests.core.test_images import png
from tests.faces.api import door
from tests.faces.console import insights
from tests.faces.console.counted import Cafe
from tests.insight.roi import campaign
from tests.security import world
from tests.security.world import World, who
from tests.shop import Shop


def ask(one: World, name: str, *parts: str, secret: str | None = None, **more: Any) -> Any:
    """The operation with the body of its example, at an address of these parts; `more` says what differs."""
    (endpoint,) = (found for found in world.routed() if found.name == name)
    left = iter(parts)
    path = re.sub(r"{(\w+)}", lambda _: next(left), endpoint.path)
    shown = examples.EXAMPLES[name].body
    body = None if shown is None else one.marked(shown) | more
    return one.do(endpoint.method, path, body, key=secret)


def enrolled(one: World, *names: str, points: int = 0) -> None:
    """Members who have nothing yet but points."""
    for name in names:
        world.enrol(one, name)
        if points:
            one.cafe.give(f"{one.mark}{name}", points)


def account(one: World, name: str) -> str:
    return f"mem_{one.cafe.ids[one.mark + name]}"


def households(one: World) -> None:
    enrolled(one, "fay", "gil", "hal")
    fay, gil, hal = who(one, "fay"), who(one, "gil"), who(one, "hal")
    home = ask(one, "households.found", owner=fay)["household"]["id"]

    def invited(member: dict[str, str]) -> tuple[str, str]:
        return home, ask(one, "households.invite", home, member=member, by=fay)["invitation"]["id"]

    ask(one, "households.accept", *invited(gil))
    ask(one, "households.decline", *invited(hal))
    ask(one, "households.withdraw", *invited(hal))
    invited(hal)
    for name in ("read", "list_persons", "list_invitations"):
        ask(one, f"households.{name}", home)
    ask(one, "households.change_role", home, member=gil, by=fay)
    ask(one, "households.change_role", home, member=gil, by=fay, role="adult")
    ask(one, "households.hand_over", home, to=gil, by=fay)
    ask(one, "households.leave", home, member=fay)


def addresses(one: World) -> None:
    """Who has a new address waits, until somebody vouches for them."""
    enrolled(one, "noa")
    noa = account(one, "noa")
    one.do("PATCH", f"/v1/members/{noa}", {"person": {"email": f"{one.mark}noa2@x.example"}})
    ask(one, "address_waits.lift", noa)


def merges(one: World) -> None:
    enrolled(one, "ian", "joe")
    stays, goes = account(one, "ian"), {"from": {"id": account(one, "joe")}}
    ask(one, "merges.join", stays, **goes)
    ask(one, "merges.part", stays, **goes)


def adjustments(one: World) -> None:
    """More than 2,000 points need a second person, who is another key."""
    enrolled(one, "kim")
    second = one.api.new_key(["adjustments:approve"], name=f"{one.mark} second")
    for verb in ("approve", "reject"):
        waits = ask(one, "adjustments.make", member=who(one, "kim"), points=2_500, external_id=f"{one.mark}{verb}")
        ask(one, f"adjustments.{verb}", waits["adjustment"]["id"], secret=second)


def spending(one: World) -> None:
    enrolled(one, "lea", "max", points=1_800)
    lea, to = who(one, "lea"), who(one, "max")
    held = ask(one, "holds.make", member=lea, external_id=f"{one.mark}h2")["hold"]
    ask(one, "holds.capture", held["id"], points=held["points"])
    for verb in ("accept", "decline", "withdraw"):
        sent = ask(one, "transfers.send", member=lea, to=to, external_id=f"{one.mark}{verb}")["transfer"]
        ask(one, f"transfers.{verb}", sent["id"])
    shown = one.do("GET", f"/v1/members/{account(one, 'lea')}/rotating-code")["shown"]
    ask(one, "tills.identify", shown=shown)
    ask(one, "tills.quote", member=lea, gift_card=one.codes["gift"])


def rewards(one: World) -> None:
    enrolled(one, "ned", "ray", points=1_900)
    ned, ray = who(one, "ned"), who(one, "ray")
    had = ask(one, "redemptions.make", member=ned, reward="flat_white", external_id=f"{one.mark}r2")["redemption"]
    ask(one, "redemptions.find", code=had["code"])
    ask(one, "redemptions.cancel", had["id"])
    kept = ask(one, "redemptions.make", member=ned, reward="mug", reserve=True, external_id=f"{one.mark}r3")
    ask(one, "redemptions.confirm", kept["redemption"]["id"])
    drawn = ask(one, "redemptions.make", member=ray, reward="surprise", external_id=f"{one.mark}r4")
    ask(one, "draws.read", drawn["redemption"]["id"])


def vouchers(one: World) -> None:
    enrolled(one, "oda")
    oda = who(one, "oda")
    made = ask(one, "vouchers.issue", member=oda, voucher="five_off", external_id=f"{one.mark}v2")
    code = made["voucher"]["code"]
    used = ask(one, "voucher_uses.redeem", code, member=oda, lines=[{"amount": 2_400}], external_id=f"{one.mark}u1")
    ask(one, "voucher_uses.rollback", code, use=used["use"]["id"], external_id=f"{one.mark}u2")
    card = ask(one, "cards.issue", external_id=f"{one.mark}c2")["card"]["code"]
    spent = ask(one, "cards.spend", card, external_id=f"{one.mark}c3")
    ask(one, "cards.rollback", card, spend=spent["spend"], external_id=f"{one.mark}c4")


def claims(one: World) -> None:
    enrolled(one, "pia")
    photo = base64.b64encode(png(3, 2)).decode()
    pia = account(one, "pia")
    claim = ask(one, "claims.open", member=who(one, "pia"), photos=[photo])["id"]
    (step,) = one.do("GET", f"/v1/claims/{claim}")["steps"]
    ask(one, "claims.photo", claim, step["photos"][0])
    ask(one, "claims.photo_of_member", pia, claim, step["photos"][0])
    one.do("POST", f"/v1/claims/{claim}/settle", {"outcome": "refused", "reason": "No such receipt"})
    ask(one, "claims.reopen", claim)
    ask(one, "claims.settle", claim)
    claim = ask(one, "claims.open", member=who(one, "pia"), receipt=f"{one.mark}rc2")["id"]
    for verb in ("message", "reply", "assign", "withdraw"):
        ask(one, f"claims.{verb}", claim)


def drafts(one: World) -> None:
    """A plan more, without a trial, in a draft that a second person approves; then members may change to it."""
    second = one.api.new_key(["programme:approve"], name=f"{one.mark} approver")
    draft = ask(one, "drafts.begin")["id"]
    file = one.do("GET", f"/v1/programme/drafts/{draft}")["file"]
    plan = re.search(r"\n  aurora-plus:.*?\n\n", file, re.DOTALL)
    assert plan is not None
    gold = plan[0].replace("aurora-plus", "aurora-gold").replace("rank: 1 ", "rank: 2 ")
    gold = gold.replace("    trial_days: 14\n", "")
    file = file.replace(plan[0], plan[0].rstrip("\n") + gold)
    ask(one, "tiers.preview", file=file)
    ask(one, "drafts.write", draft, file=file)
    ask(one, "drafts.submit", draft)
    ask(one, "drafts.send_back", draft, secret=second)
    ask(one, "drafts.submit", draft)
    ask(one, "drafts.approve", draft, secret=second)
    one.do("POST", f"/v1/programme/drafts/{draft}/publish", {})
    ask(one, "trials.diff", "2")


def memberships(one: World) -> None:
    for verb in ("paid", "failed"):
        enrolled(one, verb)
        asked = {"member": who(one, verb), "external_id": f"{one.mark}{verb}", "plan": "aurora-gold", "reference": None}
        joined = ask(one, "memberships.join", **asked)["membership"]
        ask(one, f"paying.{verb}", joined["payments"][0]["id"])
    enrolled(one, "quy")
    joined = ask(one, "memberships.join", member=who(one, "quy"), external_id=f"{one.mark}p2")["membership"]
    ask(one, "memberships.change", joined["id"])


def segments(one: World) -> None:
    """One that is counted; the world's own is taken away by the example."""
    kept = ask(one, "segments.add", key=f"{one.mark}kept")["key"]
    ask(one, "segments.count", kept)
    ask(one, "segments.list_members", kept)


def time(one: World) -> None:
    """A month that is over, its night, its seal; and a sandbox, whose clock alone can be moved."""
    now = clock.now()
    one.cafe.night(f"{now:%Y-%m-%dT%H:%M}")
    month = f"{now.replace(day=1) - timedelta(days=1):%Y-%m}"
    ask(one, "closings.make", month=month)
    ask(one, "closings.read", month)
    closing.count(programme_id=one.cafe.programme_id, month=month, now=now)
    ask(one, "revenue.journal", month)
    seal.run(programme_id=one.cafe.programme_id, now=now, until=settling.settled())
    ask(one, "seals.read_head")
    bought = one.do("GET", f"/v1/activities?member={account(one, 'ann')}")["activities"][0]
    ask(one, "seals.read_receipt", bought["activity"]["id"])
    sandbox = Shop({"enrol_unknown": True}, sandbox=True)
    one.do("POST", "/v1/clock", {"advance": {"days": 2}}, key=one.api.new_key(shop=sandbox))


@jobs.job(jobs.Patience(attempts_max=1))
def never_done(programme_id: str) -> None:
    """What always fails."""
    raise ArithmeticError(programme_id)


def house(one: World) -> None:
    given = {"programme_id": one.cafe.programme_id, "by": Actor("operator", "tests"), "now": clock.now()}
    user = staff.appoint(email=f"{one.mark}st@x.example", name=f"{one.mark} staff", role="cashier", **given)
    ask(one, "staff.change", ids.show("user", user))
    ask(one, "staff.end", ids.show("user", user), seen="support")
    never_done.enqueue(one.cafe.programme_id)
    at_work = worker.Worker(plan=lambda now: None)
    while at_work.turn():
        pass
    failed = one.do("GET", "/v1/jobs?state=failed")["jobs"]
    ask(one, "jobs.retry", next(job["id"] for job in failed if job["name"] == "never_done"))
    with mail.server() as box:
        email = f"{one.mark}nobody@x.example"
        box.refuses = {email: "550 nobody"}
        letter = {"programme_id": one.cafe.programme_id, "to": Recipient(email), "code": "1234", "valid_minutes": 60}
        id = store.committed(lambda at_hand: letters.sign_in(at_hand, now=clock.now(), **letter))
        posting.carry(now=clock.now)
        ask(one, "jobs.retry_letter", ids.show("letter", id))


MEASURED = {
    "kpis.answer": "/v1/kpis/churn", "working.read": "/v1/working", "roi.read": "/v1/roi",
    "roi.beside": "/v1/roi/beside/2025-11?stores=s0,s1", "roll_forward.read": "/v1/figures/roll-forward",
}  # fmt: skip


def insight(one: World) -> None:
    """Of another café, three months of which are closed and exported, and which holds members out of a campaign."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        insights.placed(patch, Path(folder))
        cafe = campaign.run(Cafe())
        insights.written(cafe)
        api = door.opened(cafe, now=lambda: datetime(2026, 1, 3, 8, tzinfo=UTC))
        for name, path in MEASURED.items():
            answer = api.get(path)
            assert answer.status == 200, (name, answer.body)
            one.done.add(name)
        api.close()


SCENES: tuple[Callable[[World], None], ...] = (
    households, addresses, merges, adjustments, spending, rewards, vouchers, claims, drafts, memberships, segments,
    time, house, insight,
)  # fmt: skip


def play(one: World) -> list[str]:
    """Every scene, then every operation as its example shows it; the names of those never answered well."""
    for scene in SCENES:
        scene(one)
    for endpoint in world.routed():
        if endpoint.name not in one.done:
            path, body = one.request(endpoint)
            one.do(endpoint.method, path, body, may=500)
    return sorted({endpoint.name for endpoint in world.routed()} - one.done)
