"""The dry run counts what is there, and keys are compared in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from guerdon.faces.imports import repeats, survey
from guerdon.faces.imports.faults import ErrorFile
from tests.faces.imports import samples
from tests.faces.imports.samples import HEADER, basket


def test_a_dry_run(tmp_path):
    content = HEADER + basket("1", "latte,3.50,1,0.50", "bun,2.00,2,") + basket("2", "tea,x,1,0")
    content += basket("3", "tea,2.40,1,0", at="2026-01-04 10:00:00", who="ben") + basket("4", "tea,1.00,1,0")
    error_file = ErrorFile(tmp_path / "e.csv")
    source = samples.opened(samples.write(tmp_path, content), chunk=1)
    report = survey.take(source.chunks(), home_currency="EUR", error_file=error_file)
    error_file.close()
    assert (report.rows, report.activities, report.lines, report.members, report.faulty) == (5, 3, 4, 2, 1)
    assert report.money == {"EUR": 840}
    assert (report.first.isoformat(), report.last.isoformat()) == (
        "2026-01-04T08:00:00+00:00",
        "2026-01-05T08:00:00+00:00",
    )
    assert report.reasons == {"not_a_number": 1}
    assert [(fault.line, fault.excerpt) for fault in report.examples] == [(4, "x")]
    assert len(error_file.path.read_text().splitlines()) == 2


@given(keys=st.lists(st.integers(0, 30), max_size=120), kept=st.integers(1, 40))
def test_repeats_are_found_whatever_is_kept_in_memory(keys, kept):
    seen = repeats.Repeats(kept_pairs=kept)
    first, expected = {}, []
    for line, key in enumerate(keys, 1):
        seen.add(str(key), line)
        if key in first:
            expected.append((first[key], line))
        first.setdefault(key, line)
    assert sorted(seen.found()) == sorted(expected)
    assert seen.distinct() == len(set(keys))
    seen.close()


def test_memory_is_bounded_by_the_pairs_kept():
    seen = repeats.Repeats(kept_pairs=1_000)
    for number in range(20_000):
        seen.add(str(number), number)
        assert sum(len(part) for part in seen._parts) <= 2 * 1_000
    assert seen.distinct() == 20_000
    seen.close()
