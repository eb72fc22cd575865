"""Everything there is only so much of: how forty come to want it, and how much of it an answer gave."""

import http.client
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from guerdon.core import limits
from guerdon.faces.cli.torture.caller import Call, Caller
from guerdon.faces.cli.torture.volley import Shot
from guerdon.kit import clock

RIVALS: Final = 40
TIRED: Final = "tried too often"  # what the page to sign in at says then
PROGRAMME: Final = """\
programme: torture
name: {en: Torture}
zone: Europe/Sofia
currency: EUR
languages: [en]
enrol_unknown: true
returns: debt
units:
  points: {kind: redeemable, name: {en: Points}, expires: never, debt_max: 95, transfers: {caps: {day: 100}}}
  tokens: {kind: redeemable, name: {en: Tokens}, expires: never, transfers: {per_pair: {month: 100}}}
  credit: {kind: money, name: {en: Credit}, scale: 2, expires: never}
gift_cards: {unit: credit}
adjustments: {approve_above: {tokens: 100}}
vouchers:
  flyer: {name: {en: Flyer}, amount: 1.00, bearer: true, uses: 5}
  each: {name: {en: Each}, amount: 1.00, bearer: true, uses: 1000, uses_per_member: 2}
  film: {name: {en: Film}, gift: {en: A film}, codes: pool}
rewards:
  mug: {name: {en: Mug}, kind: merchandise, prices: [{points: {points: 1}}], stocked: whole}
  daily: {name: {en: Daily}, kind: experience, prices: [{points: {points: 1}}], limits: {day: 3}}
  six: {name: {en: Six}, kind: experience, prices: [{points: {points: 1}}], total: 6}
  dear: {name: {en: Dear}, kind: experience, prices: [{points: {points: 1}}], cost: 1.00, budget: 5.50}
rules:
  base: {name: {en: Base}, when: purchase, then: [{points: {unit: points, give: 1, per: 1.00}}]}
  also: {name: {en: Also}, when: purchase, then: [{points: {unit: tokens, give: 1, per: 1.00}}]}
  capped: {name: {en: Capped}, when: visit, then: [{fixed: {unit: points, give: 10}}], caps: {day: 95}}
  thrice: {name: {en: Thrice}, when: share, then: [{fixed: {unit: points, give: 5}}], uses: {day: 3}}
  spent: {name: {en: Spent}, when: review, then: [{fixed: {unit: points, give: 20}}], budget: 70}
"""

Ready = Callable[[Caller, str], list[Shot]]


class Case(NamedTuple):
    """A limit; `most` is what there is, in what `worth` says an answer gave, and `late` who came too late."""

    name: str
    most: int
    ready: Ready  # with a name of which everything it makes is named
    worth: Callable[[Call], int]
    late: Callable[[Call], bool]
    once: bool = False  # there is so much in the whole programme, for ever


def _one(call: Call) -> int:
    return int(call.status == 201)


def _refused(*codes: str) -> Callable[[Call], bool]:
    return lambda call: call.code in codes


def _awarded(call: Call) -> int:
    return sum(one["points"] for one in call.answer.get("decision", {}).get("awards", ()))


def _fulfilled(call: Call) -> bool:
    """Nothing more is given, but what was told is written down."""
    return call.status == 201


def _must(call: Call) -> dict[str, Any]:
    if not call.ok:
        raise RuntimeError(f"{call.path} was to be made ready: {call.status} {call.answer}")
    return call.answer


def _member(name: str) -> dict[str, str]:
    return {"external_id": name}


def _activity(kind: str, who: str, key: str, **more: Any) -> dict[str, Any]:
    at = clock.now().replace(microsecond=0) - timedelta(seconds=1)
    return {
        "kind": kind, "source": "torture", "external_id": key, "member": _member(who), "occurred_at": at.isoformat(),
        **more,
    }  # fmt: skip


def _rich(caller: Caller, names: list[str], euros: int) -> None:
    """Members who bought for so many euros each."""
    bought = [_activity("purchase", name, f"of-{name}", amount=euros * 100) for name in names]
    _must(caller.post("/v1/activities/batch", {"activities": bought}))


def _each(caller: Caller, key: str) -> list[str]:
    """Forty members with points."""
    names = [f"{key}-{number}" for number in range(RIVALS)]
    _rich(caller, names, 100)
    return names


def _shots(path: str, bodies: list[dict[str, Any]]) -> list[Shot]:
    return [Shot(path, body) for body in bodies]


def _of_all(reward: str) -> Ready:
    """Each of forty wants a reward."""

    def ready(caller: Caller, key: str) -> list[Shot]:
        bodies = [{"member": _member(one), "reward": reward, "external_id": one} for one in _each(caller, key)]
        return _shots("/v1/redemptions", bodies)

    return ready


def _stock(caller: Caller, key: str) -> list[Shot]:
    _must(caller.post("/v1/rewards/mug/supplies", {"pieces": 7, "reason": "torture", "external_id": key}))
    return _of_all("mug")(caller, key)


def _of_one(path: str, euros: int = 100, **body: Any) -> Ready:
    """One member wants something again and again."""

    def ready(caller: Caller, key: str) -> list[Shot]:
        _rich(caller, [key], euros)
        named: dict[str, Any] = {
            name: part.format(key=key) if isinstance(part, str) else part for name, part in body.items()
        }
        if "to" in named:
            _rich(caller, [named["to"]], 1)
            named["to"] = _member(named["to"])
        return _shots(path, [{"member": _member(key), "external_id": f"{key}-{n}", **named} for n in range(RIVALS)])

    return ready


def _flyer(caller: Caller, key: str) -> list[Shot]:
    names = _each(caller, key)
    made = _must(caller.post("/v1/voucher-pools/flyer/codes", {"count": 1, "external_id": key}))
    return [_use(made["codes"][0], name, name) for name in names]


def _twice(caller: Caller, key: str) -> list[Shot]:
    _rich(caller, [key], 100)
    made = _must(caller.post("/v1/voucher-pools/each/codes", {"count": RIVALS, "external_id": key}))
    return [_use(code, key, f"{key}-{number}") for number, code in enumerate(made["codes"])]


def _use(code: str, who: str, key: str) -> Shot:
    return Shot(f"/v1/vouchers/{code}/redeem", {"member": _member(who), "amount": 1_000, "external_id": key})


def _pool(caller: Caller, key: str) -> list[Shot]:
    names = _each(caller, key)
    _must(caller.post("/v1/voucher-pools/film/codes", {"count": 4, "external_id": key}))
    return _shots("/v1/vouchers", [{"member": _member(name), "voucher": "film", "external_id": name} for name in names])


def _card(caller: Caller, key: str) -> list[Shot]:
    made = _must(caller.post("/v1/gift-cards", {"amount": 1_000, "external_id": key}))
    path = f"/v1/gift-cards/{made['card']['code']}/spend"
    return _shots(path, [{"amount": 150, "external_id": f"{key}-{number}"} for number in range(RIVALS)])


def _happens(kind: str) -> Ready:
    """One member does something again and again that rules give points for."""

    def ready(caller: Caller, key: str) -> list[Shot]:
        _rich(caller, [key], 1)
        return _shots("/v1/activities", [_activity(kind, key, f"{key}-{number}") for number in range(RIVALS)])

    return ready


def _reviews(caller: Caller, key: str) -> list[Shot]:
    names = _each(caller, key)
    return _shots("/v1/activities", [_activity("review", name, f"of-{name}") for name in names])


def _debt(caller: Caller, key: str) -> list[Shot]:
    """Everything that was bought is spent, and comes back."""
    bought = [_activity("purchase", key, f"{key}-{number}", amount=1_000) for number in range(RIVALS)]
    _must(caller.post("/v1/activities/batch", {"activities": bought}))
    spent = {"member": _member(key), "unit": "points", "points": 10 * RIVALS, "external_id": key}
    _must(caller.post("/v1/burns", spent))
    return _shots(
        "/v1/activities",
        [
            _activity("return", key, f"{key}-back-{n}", returns={"external_id": f"{key}-{n}", "source": "torture"})
            for n in range(RIVALS)
        ],
    )


def _owed(call: Call) -> int:
    return sum(
        one.get("debt", 0) for one in call.answer.get("decision", {}).get("taken", ()) if one["unit"] == "points"
    )


def _claims(caller: Caller, key: str) -> list[Shot]:
    _rich(caller, [key], 1)
    return [Shot("/v1/claims", _complaint(key)) for _ in range(RIVALS)]


def _complaint(who: str) -> dict[str, Any]:
    return {"member": _member(who), "kind": "complaint", "text": "Cold"}


def _goodwill(caller: Caller, key: str) -> list[Shot]:
    """Open claims, each of which somebody wants to settle kindly, at several desks at once."""
    _rich(caller, [key], 1)
    claims = [_must(caller.post("/v1/claims", _complaint(key)))["id"] for _ in range(limits.CLAIMS_OPEN_MAX)]
    body = {"goodwill": {"unit": "tokens", "points": 30}, "reason": "Cold"}
    return [Shot(f"/v1/claims/{claims[number % len(claims)]}/settle", body) for number in range(RIVALS)]


def _guesses(caller: Caller, key: str) -> list[Shot]:
    """Wrong codes of one client, who uses a key of a till: the staff may ask without end."""
    made = _must(caller.post("/v1/keys", {"name": key, "scopes": ["cards:spend"]}))["secret"]
    codes = [f"WRNG-CDEX-{number:05}" for number in range(RIVALS)]
    return [
        Shot(f"/v1/gift-cards/{one}/spend", {"amount": 1, "external_id": f"{key}-{one}", "client": "till"}, key=made)
        for one in codes
    ]


def _signs(caller: Caller, key: str) -> list[Shot]:
    """Wrong passwords of one address."""
    line = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=caller.timeout)
    line.request("GET", "/sign-in/password")
    found = line.getresponse()
    page = found.read().decode()
    cookies = "; ".join(one.partition(";")[0] for one in found.headers.get_all("Set-Cookie", ()))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if token is None:
        raise RuntimeError("the page to sign in at has no token")
    line.close()
    fields: Mapping[str, str] = {"csrfmiddlewaretoken": token[1], "login": f"{key}@example.org", "password": "wrong"}
    place = f"127.0.1.{1 + int(key.rpartition('-')[2])}"  # what may be tried from one place is more, and not asked here
    return [Shot("/sign-in/password", form=urlencode(fields), cookies=cookies, origin=place) for _ in range(RIVALS)]


def _tried(call: Call) -> int:
    return int(call.status == 200 and TIRED not in call.answer.get("page", ""))


CASES: Final = (
    Case("stock", 7, _stock, _one, _refused("out_of_stock")),
    Case("daily reward", 3, _of_one("/v1/redemptions", reward="daily"), _one, _refused("reward_limit")),
    Case("six pieces", 6, _of_all("six"), _one, _refused("reward_gone"), once=True),
    Case("budget of a reward", 5, _of_all("dear"), _one, _refused("reward_budget_spent"), once=True),
    Case("budget of a rule", 70, _reviews, _awarded, _fulfilled, once=True),
    Case("uses of a code", 5, _flyer, _one, _refused("voucher_used")),
    Case("uses of a member", 2, _twice, _one, _refused("voucher_limit")),
    Case("last codes", 4, _pool, _one, _refused("voucher_pool_empty")),
    Case("gift card", 6, _card, _one, _refused("insufficient_points")),
    Case("capped rule", 95, _happens("visit"), _awarded, _fulfilled),
    Case("rule of three uses", 15, _happens("share"), _awarded, _fulfilled),
    Case("burn", 14, _of_one("/v1/burns", unit="points", points=7), _one, _refused("insufficient_points")),
    Case(
        "hold", 14, _of_one("/v1/holds", unit="points", points=7, ttl={"hours": 2}), _one,
        _refused("insufficient_points"),
    ),
    Case(
        "sent in a day", 11, _of_one("/v1/transfers", 1_000, unit="points", points=9, to="{key}-b"), _one,
        _refused("transfer_limit"),
    ),
    Case(
        "sent to one", 11, _of_one("/v1/transfers", 1_000, unit="tokens", points=9, to="{key}-b"), _one,
        _refused("transfer_pair_limit"),
    ),
    Case("debt", 95, _debt, _owed, _fulfilled),
    Case(
        "given alone", 11, _of_one("/v1/adjustments", unit="tokens", points=9, reason="torture"), _one,
        lambda call: call.status == 202,
    ),
    Case(
        "open claims", limits.CLAIMS_OPEN_MAX, _claims, _one,
        _refused("claims_open", "claims_today"),
    ),
    Case("goodwill", 90, _goodwill, _awarded, lambda call: call.status == 202 or call.code == "claim_state"),
    Case("guesses", limits.GUESSES_MAX, _guesses, lambda call: int(call.status == 404), _refused("guesses_too_many")),
    Case("sign in", limits.SIGN_INS_OF_USER_MAX, _signs, _tried, lambda call: TIRED in call.answer.get("page", "")),
)  # fmt: skip
