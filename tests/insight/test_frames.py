"""Frames for notebooks: the examples of the guide run, and every frame says what the answers behind it say."""

import re
from decimal import Decimal
from pathlib import Path

import msgspec
import polars as pl
import pytest
import yaml

from guerdon.core import kpis as law
from guerdon.core.errors import Refusal
from guerdon.insight import frames
from guerdon.insight.kpis import answers, definitions
from guerdon.insight.kpis.asked import Question
from tests import shop
from tests.faces.cli.command import guerdon
from tests.faces.console import insights
from tests.insight.roi import test_worth as campaigns

GUIDE = Path(__file__).parents[2] / "docs/guides/analyst/notebooks.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def own(sampled, tmp_path, monkeypatch) -> Path:
    """Three exported months (see `insights.opened`), and a what-if of a café without tiers: two points for a euro."""
    monkeypatch.setenv("GUERDON_PLAIN_LOOPS", "1")
    cafe = sampled(insights.exported)
    rule = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]}
    plain = shop.Shop()
    plain.enrol("Ann")
    for month, amount in ((1, 6_000), (2, 13_000), (3, 6_000)):
        plain.buy("Ann", amount, f"2025-0{month}-05")
    (tmp_path / "draft.yaml").write_text(yaml.safe_dump(shop.document(plain.key, rules={"base": rule})))
    told = guerdon("simulate", str(tmp_path / "draft.yaml"), "--until", "2025-04-01", "--json")
    assert told.code == 0, told.err
    (tmp_path / "answer.json").write_text(told.out)
    (tmp_path / "exports").mkdir()
    (tmp_path / cafe.key).rename(tmp_path / "exports" / "aurora")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "exports" / "aurora"


def test_every_example_of_the_guide_runs(own: Path, capsys):
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(example, names)  # noqa: S102 - our own page
    assert len(EXAMPLES) > 6
    tables = {name: one for name, one in names.items() if isinstance(one, pl.DataFrame)}
    assert {"churn", "cohorts", "grid", "best", "stores", "owed", "by_month", "top"} <= tables.keys()
    # By hand: of March Plovdiv owes 20 + 50, Sofia 170 + 10 - 30; a point is worth a cent.
    assert tables["owed"].rows() == [
        ("Plovdiv", Decimal(20), Decimal(50), Decimal(0), Decimal(70), Decimal("0.70")),
        ("Sofia", Decimal(170), Decimal(10), Decimal(-30), Decimal(150), Decimal("1.50")),
    ]
    assert [row[1:4] for row in tables["by_month"].rows()] == [
        ("2025-01", Decimal(60), Decimal(120)), ("2025-02", Decimal(130), Decimal(260)),
        ("2025-03", Decimal(60), Decimal(120)),
    ]  # fmt: skip
    assert "nobody is held out" in capsys.readouterr().out


def test_every_kpi_is_a_frame_that_says_what_its_answer_says(own: Path):
    span = answers.default_span(own)
    for key, kpi in definitions.KPIS.items():
        found, told = frames.kpi(own, key), answers.ask(own, key, Question(span))
        assert found.columns == [*kpi.of, "numerator", "denominator", "value", "value_before"]
        assert found["numerator"].to_list() == [one.numerator for one in told]
        scale = {"count": 0, "points": 0}.get(kpi.kind, law.HUNDREDTHS)
        values = [None if one.value is None else Decimal(one.value).scaleb(-scale) for one in told]
        assert found["value"].to_list() == values, key
    with pytest.raises(frames.Whole):
        frames.kpi(own, "enrolments", stores=["Sofia"])
    with pytest.raises(Refusal):
        frames.kpi(own, "happiness")


def test_a_forecast_says_its_doubts(own: Path):
    found = frames.clv(own)
    assert "few_customers" in found.doubts["doubt"].to_list()
    assert found.members.schema["value"] == pl.Decimal(38, 2) and found.members.schema["member"] == pl.String
    *models, came = found.hold_out.rows()
    assert came[0] is None and came[1] > 0 and len(models) >= 1


def test_the_roll_forward_is_as_exact_as_the_ledger(own: Path):
    found = frames.roll_forward(own, "tier")
    assert found["month"].unique().to_list() == ["2025-03"] and found.schema["worth_closing"] == pl.Decimal(38, 2)
    assert found["closing"].sum() == Decimal(220) and found["worth_closing"].sum() == Decimal("2.20")
    with pytest.raises(frames.NotExported):
        frames.roll_forward(own, month="2030-01")
    with pytest.raises(frames.Ladders):
        frames.roll_forward(own, "tier", ladder="other")
    with pytest.raises(frames.NotExported):
        frames.table(own.parent / "none", "lines")


def test_a_what_if_that_is_none_is_refused(own: Path):
    Path("answer.json").write_text('{"programme": "aurora"}')
    with pytest.raises(msgspec.ValidationError):
        frames.what_if("answer.json", own)


def test_what_campaigns_are_worth():
    found = campaigns.measured(cost=1_000_000)
    told = frames.worth(found, 2)
    assert told["measure"].to_list() == ["spend", "total", "gain", "returns"]
    assert told["value"].to_list()[0] == Decimal(found.spend.value).scaleb(-2)
    assert set(told["verdict"]) == {found.verdict} and set(told["held_out"]) == {found.held_out}
    refused = frames.worth(campaigns.measured(lost=70), 2)
    assert refused.select("measure", "value", "verdict").rows() == [(None, None, "refused")]


def test_decimals_of_several_units_stand_in_one_column():
    found = frames._decimal([125, 7, None], [2, 0, 1])
    assert found.to_list() == [Decimal("1.25"), Decimal(7), None] and found.dtype == pl.Decimal(38, 2)
    assert frames._whole(Decimal("12.5"), 2) == 1_250
    with pytest.raises(AssertionError):
        frames._whole(Decimal("0.001"), 2)
