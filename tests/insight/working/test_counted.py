"""What does not work in a history that was written by hand, and in one that was lived, exported and counted."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from ibis import Table

from guerdon.core.kpis import Span
from guerdon.features.programmes import queries as programmes
from guerdon.insight.exports import files, months
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.kpis.engines import Engine
from guerdon.insight.working import answers
from guerdon.insight.working import kept as reports
from guerdon.insight.working.kept import Wanted
from guerdon.insight.working.told import Report
from guerdon.kit import snapshot, store
from tests import shop, vouchers
from tests.insight.exports.test_export import LADDER
from tests.insight.kpis import exported
from tests.insight.roi import made_up
from tests.insight.working import by_hand
from tests.shop import Shop

SPRING = Span(date(2026, 4, 1), date(2026, 7, 1))
WINTER = Span(date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("months")
    exported.write(folder, by_hand.MONTHS, by_hand.frames())
    return folder


def short(report: Report) -> list[tuple[object, ...]]:
    return [
        (one.kind, one.of, one.since and one.since.isoformat()[5:], *[figure.value for figure in one.figures])
        for one in report.findings
    ]


FOUND = [
    ("campaigns_unmeasured", "", None, 1),
    ("points_expire", "points", "04-01", 120, 80, 12, 11, 180),  # 120 × 1.50 ÷ 100
    ("voucher_unused", "ten", "04-01", 31, 1),  # thirty, and the one that is over
    ("voucher_idle", "lost", "01-01"),
    ("reward_untaken", "pen", "03-05", 3),
    ("rule_silent", "owl", "03-10", 0, 425),
    ("rule_silent", "snow", "01-01", 0, 0),
    ("rule_rare", "moon", "01-01", 2, 425),
    ("tier_empty", "status/gold", "01-01", 60),
    ("store_shrinks", "north", "04-01", 60, 25, 60, 50, 5_833),  # 35 of 60
    ("segment_shrinks", "vip", "04-01", 60, 20, 60, 60, 6_666),
]


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_all_that_does_not_work_is_found_and_nothing_else(request: pytest.FixtureRequest, written: Path, name: str):
    engine: Engine = request.getfixturevalue(name)
    read: Mapping[str, Table] = engine.read(files.months(written))
    report = answers.of(engine, read, by_hand.MONTHS, "EUR", SPRING)
    assert short(report) == FOUND
    assert (report.against, report.looked_at) == (WINTER, 11)  # thirteen, less what is new and what was over
    names = {one.of: one.name for one in report.findings}
    assert names["owl"] == "Owl" and names["status/gold"] == "Gold"


def test_the_last_three_months_are_usual_and_the_answer_is_kept(written: Path, monkeypatch: pytest.MonkeyPatch):
    assert answers.ask(written).span == SPRING
    usual = reports.preset(written, "quarter")
    assert usual == Wanted(SPRING) and reports.preset(written, "year") == Wanted(Span(WINTER.since, SPRING.until))
    found = reports.answer(written, usual)
    assert found is not None and found.report is not None and short(found.report) == FOUND
    monkeypatch.setattr(answers, "ask", None)  # nobody computes it again
    assert reports.answer(written, usual) == reports.find(written, usual) == found
    assert reports.find(written, Wanted(WINTER)) is None


def test_without_months_before_nothing_is_compared(written: Path):
    report = answers.ask(written, Span(date(2026, 1, 1), date(2026, 7, 1)))
    assert report.against is None and not [one for one in report.findings if one.kind.endswith("_shrinks")]


def test_months_that_do_not_know_it_are_refused(tmp_path: Path, written: Path):
    with pytest.raises(NotExported, match="no month"):
        answers.ask(tmp_path)
    with pytest.raises(NotExported, match="2025-12 is not exported"):
        answers.ask(written, Span(date(2025, 12, 1), date(2026, 7, 1)))
    old = tmp_path / "old"
    old.mkdir()
    manifest = exported.write(old, by_hand.MONTHS[:1], by_hand.frames())[0].folder / files.MANIFEST
    whole = json.loads(manifest.read_text())
    del whole["tables"]["fired"]  # as it was written before it was thought of
    manifest.write_text(json.dumps(whole))
    with pytest.raises(NotExported, match="2026-01: move the folder away"):
        answers.ask(old)
    kept = reports.answer(old, Wanted(Span(date(2026, 1, 1), date(2026, 2, 1))))
    assert kept is not None and kept.report is None and "2026-01" in kept.why


@pytest.mark.parametrize(
    ("lift", "lost", "kind"),
    [(0, 0, "campaigns_unseen"), (2_000, 0, ""), (0, 200, "groups_broken"), (-2_000, 0, "campaigns_cost")],
)
def test_campaigns_are_judged_by_who_is_held_out(lift: int, lost: int, kind: str):
    read = made_up.read(made_up.frames(members=5_000, lift=lift, lost=lost))
    found = answers.campaigns(read, made_up.MONTHS, "EUR", rules=2)
    findings = answers.working.judge(answers.Counted(campaigns=found))
    assert [one.kind for one in findings] == ([kind] if kind else [])
    if kind == "groups_broken":
        assert findings[0].since == made_up.BEGAN and findings[0].figure("held_out") != findings[0].figure("expected")


VOUCHERS = vouchers.offers(ten={"amount": "1.00", "valid_days": 20})
RULES = {
    "base": shop.BASE,
    "gift": {"when": "purchase", "if": [{"basket": {"amount_min": "50.00"}}], "then": [{"voucher": "ten"}]},
    "owl": {
        "when": "purchase", "if": [{"basket": {"amount_min": "900.00"}}],
        "then": [{"fixed": {"unit": "points", "give": 5}}],
    },
}  # fmt: skip


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(str(folder / "month=*" / name / "*.parquet"), hive_partitioning=True)


def test_a_lived_history_says_what_rules_gave_and_what_was_on_offer(database: str, tmp_path: Path):
    """January has the rule `owl`; February has it no more; in March it is there again. A use and its rollback."""
    cafe = Shop({"rules": RULES, **VOUCHERS, "tiers": LADDER})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ben", 1_000, "2025-01-05")
    large = cafe.buy("Ann", 6_000, "2025-01-10")
    code = vouchers.code_of(large)
    use = shop.taken(vouchers.redeem(cafe, code, day="2025-01-20"))
    shop.taken(vouchers.roll_back(cafe, use, day="2025-02-03"))
    february, march = shop.moment("2025-01-31T22:00"), shop.moment("2025-02-28T22:00")
    fewer = {key: rule for key, rule in RULES.items() if key != "owl"}
    cafe.publish(since=february, now=shop.moment("2025-01-20"), **cafe.parts | {"rules": fewer})
    cafe.publish(since=march, now=shop.moment("2025-01-20"), **cafe.parts)
    for month, later in (("2025-01", "2025-02-02"), ("2025-02", "2025-03-02"), ("2025-03", "2025-04-02")):
        cafe.night(later)
        cafe.close(month, later)
    book = programmes.latest(store.current(), cafe.programme_id)
    with snapshot.taken() as view:
        months.export(view, cafe.programme_id, book, tmp_path, version="1", advance=lambda rows: None)
    fired = table(tmp_path, "fired").sort("seq", "rule")
    assert fired.select("rule", "unit", "points", "voucher").rows() == [
        ("base", "points", 10, None), ("base", "points", 60, None), ("gift", None, 0, "ten"),
    ]  # fmt: skip
    given = table(tmp_path, "vouchers")
    assert given.select("voucher", "rule", "day", "expires_day", "month").rows() == [
        ("ten", "gift", date(2025, 1, 10), date(2025, 1, 31), "2025-01"),
    ]  # fmt: skip
    uses = table(tmp_path, "uses").sort("seq")
    assert uses.select("voucher", "uses", "off", "month").rows() == [
        ("ten", 1, 100, "2025-01"), ("ten", -1, -100, "2025-02"),
    ]  # fmt: skip
    assert set(uses["voucher_id"]) == set(given["voucher_id"])
    offers = table(tmp_path, "offers")
    owl = offers.filter(pl.col("key") == "owl").sort("month")
    assert owl.select("month", "since_day").rows() == [
        ("2025-01", date(2025, 1, 1)), ("2025-03", date(2025, 3, 1)),
    ]  # fmt: skip
    assert offers.filter(pl.col("kind") == "tier", pl.col("month") == "2025-03").select("of", "key").rows() == [
        ("status", "silver")
    ]
    report = answers.ask(tmp_path)
    assert [(one.kind, one.of) for one in report.findings] == []  # too few for everything, and the rule is young
    whole = answers.ask(tmp_path, Span(date(2025, 3, 1), date(2025, 4, 1)))
    silent = [one.of for one in whole.findings if one.kind == "rule_silent"]
    assert silent == ["base", "gift", "owl"] and whole.against == Span(date(2025, 2, 1), date(2025, 3, 1))
