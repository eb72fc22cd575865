"""What is said not to work, at each border on both sides: worked out by hand."""

from datetime import date

import msgspec
import pytest

from guerdon.core import working
from guerdon.core.working import Campaigns, Counted, Crowd, Points, Reward, Rule, Tier, Voucher

SINCE, LAST = date(2026, 1, 1), date(2026, 3, 5)
RULE = Rule(key="owl", name="Owl", since=SINCE, occasions=400, fired=2)
REWARD = Reward(key="pen", name="Pen", since=SINCE, taken=1, of=5)
VOUCHER = Voucher(key="ten", name="Ten", offered=True, since=SINCE, ripe=20, used=1, moved=20)
TIER = Tier(key="status/gold", name="Gold", since=SINCE, most=1, people=50)
POINTS = Points(unit="points", since=SINCE, expired=50, spent=100, losers=10, never=9)
STORE = Crowd(kind="store", key="north", since=SINCE, before=100, now=68, all_before=300, all_now=290)
CAMPAIGNS = Campaigns(verdict="pays", rules=2, began=SINCE, held_out=90, expected=100, value=-5, low=-9, high=-1)


def kinds(**counted: object) -> list[str]:
    told = {name: value if name == "campaigns" else (value,) for name, value in counted.items()}
    return [one.kind for one in working.judge(Counted(**told))]  # type: ignore[arg-type]


def test_nothing_is_said_where_all_is_well():
    assert working.judge(Counted()) == ()
    well = {
        "rules": RULE,
        "rewards": REWARD,
        "vouchers": VOUCHER,
        "tiers": TIER,
        "points": POINTS,
        "campaigns": CAMPAIGNS,
    }
    assert kinds(**well) == []  # two of 400, one of 20, half as many points: each just enough


@pytest.mark.parametrize(
    ("name", "of", "changes", "kind"),
    [
        ("rules", RULE, {"fired": 1}, "rule_rare"),
        ("rules", RULE, {"fired": 1, "occasions": 399}, ""),  # too few to be blamed
        ("rules", RULE, {"fired": 0, "occasions": 0}, "rule_silent"),
        ("rewards", REWARD, {"taken": 0}, "reward_untaken"),
        ("vouchers", VOUCHER, {"used": 0}, "voucher_unused"),
        ("vouchers", VOUCHER, {"used": 0, "ripe": 19}, ""),
        ("vouchers", VOUCHER, {"ripe": 0, "used": 0, "moved": 0}, "voucher_idle"),
        ("vouchers", VOUCHER, {"ripe": 0, "used": 0, "moved": 0, "offered": False}, ""),
        ("tiers", TIER, {"most": 0}, "tier_empty"),
        ("tiers", TIER, {"most": 0, "people": 49}, ""),
        ("points", POINTS, {"expired": 51}, "points_expire"),
        ("points", POINTS, {"expired": 51, "losers": 9}, ""),
        ("crowds", STORE, {}, ""),  # 32² = 1,024 of 9 × 168 = 1,512: as chance has it
        ("crowds", STORE, {"now": 62}, ""),  # 38² = 1,444 of 9 × 162 = 1,458
        ("crowds", STORE, {"now": 61}, "store_shrinks"),  # 39² = 1,521 of 9 × 161 = 1,449
        ("crowds", STORE, {"before": 10_000, "now": 9_100}, ""),  # less than a tenth
        ("crowds", STORE, {"before": 10_000, "now": 9_000, "kind": "segment"}, "segment_shrinks"),
        ("crowds", STORE, {"before": 49, "now": 0}, ""),
        ("campaigns", CAMPAIGNS, {"verdict": "costs"}, "campaigns_cost"),
        ("campaigns", CAMPAIGNS, {"verdict": "can_not_say"}, "campaigns_unseen"),
        ("campaigns", CAMPAIGNS, {"verdict": "refused"}, "groups_broken"),
        ("campaigns", CAMPAIGNS, {"verdict": "unmeasured"}, "campaigns_unmeasured"),
        ("campaigns", CAMPAIGNS, {"verdict": "unmeasured", "rules": 0}, ""),
    ],
)  # fmt: skip
def test_each_border(name: str, of: msgspec.Struct, changes: dict[str, object], kind: str):
    assert kinds(**{name: msgspec.structs.replace(of, **changes)}) == ([kind] if kind else [])


def test_since_when_and_by_which_numbers():
    silent = working.judge(Counted(rules=(msgspec.structs.replace(RULE, fired=0, last=LAST),)))[0]
    assert (silent.since, silent.name, silent.figure("occasions"), silent.figure("worth")) == (LAST, "Owl", 400, None)
    lost = working.judge(Counted(points=(msgspec.structs.replace(POINTS, expired=300, worth=450),)))[0]
    assert [(one.name, one.value, one.kind) for one in lost.figures] == [
        ("expired", 300, "points"), ("spent", 100, "points"), ("losers", 10, "count"), ("never", 9, "count"),
        ("worth", 450, "money"),
    ]  # fmt: skip
    shrunk = working.judge(Counted(crowds=(msgspec.structs.replace(STORE, now=50),)))[0]
    assert (shrunk.figure("lost"), shrunk.figure("all_now")) == (5_000, 290)
    ends = working.judge(Counted(campaigns=msgspec.structs.replace(CAMPAIGNS, verdict="costs")))[0]
    assert [one.value for one in ends.figures] == [2, -5, -9, -1]


def test_what_weighs_most_stands_first():
    found = working.judge(
        Counted(
            campaigns=msgspec.structs.replace(CAMPAIGNS, verdict="refused"),
            rules=(msgspec.structs.replace(RULE, fired=0), msgspec.structs.replace(RULE, fired=0, key="bat")),
            rewards=(msgspec.structs.replace(REWARD, taken=0),),
        )
    )
    assert [(one.kind, one.of) for one in found] == [
        ("groups_broken", ""), ("reward_untaken", "pen"), ("rule_silent", "bat"), ("rule_silent", "owl"),
    ]  # fmt: skip
