"""`verify` holds on a healthy history, and each of its invariants falls when exactly that is broken."""

import pytest

from guerdon.insight import verify
from tests.insight import thief
from tests.insight.lived import Lived
from tests.insight.thefts import THEFTS, Eyes, Theft


def test_a_rich_history_holds(copy: Lived):
    seen: list[int] = []
    report = verify.run(progress=seen.append, deep=True)
    assert report.ok, report.broken
    assert sum(seen) == 8  # seven at the café, one at the grocer
    looked_at = {verdict.name: verdict.figures for verdict in report.verdicts if verdict.holds}
    assert all(any(figures.values()) for name, figures in looked_at.items() if name != "10.10"), looked_at


@pytest.mark.parametrize("theft", THEFTS, ids=lambda theft: theft.name.replace(" ", "-"))
def test_a_theft_is_found(copy: Lived, theft: Theft):
    thief.steal(copy.url, *theft.steal(Eyes(copy)))
    report = verify.run(deep=theft.deep)
    fallen = {verdict.name: verdict for verdict in report.broken}
    assert set(fallen) == {theft.meant, *theft.too}, [(name, str(one.first)) for name, one in fallen.items()]
    assert not report.ok
    first = fallen[theft.meant].first
    assert first is not None and theft.says in str(first), first
