from guerdon.insight import verify
from tests.insight import lived


def test_healthy(pristine_database):
    lived.live(pristine_database)
    report = verify.run(deep=True)
    for verdict in report.verdicts:
        print(verdict.name, verdict.holds, verdict.broken, verdict.figures, verdict.first)
    print(report.programmes)
    assert report.ok
