"""Rows become whole activities: never half a basket, every fault with its line, resumable at every chunk."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core.activities import Activity, Line, Member, Reference, Tender
from guerdon.core.errors import Refusal
from guerdon.faces.imports import differing, recipe
from tests.faces.imports import samples
from tests.faces.imports.samples import HEADER, basket

TWO = HEADER + basket("1", "latte,3.50,1,0.50", "bun,2.00,2,") + basket("2", "tea,2.40,1,0")


def test_baskets(tmp_path):
    [chunk] = samples.read(tmp_path, TWO)
    first, second = chunk.activities
    assert first.occurred_at == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert (first.kind, first.source, first.external_id, first.store) == ("purchase", "till", "1", "centre")
    assert first.member == Member(external_id="ann")
    assert first.lines == (
        Line(amount=350, product="latte", quantity=1, discount=50), Line(amount=200, product="bun", quantity=2)
    )  # fmt: skip
    assert second.lines == (Line(amount=240, product="tea"),)
    assert (chunk.lines, chunk.position, chunk.rows, chunk.faulty) == ([2, 4], 3, 3, 0)


def test_one_sum_per_row_with_everything_that_can_be_said(tmp_path):
    text = """
source: web
columns: {external_id: n, occurred_at: t, member: {email: mail}, amount: total, channel: ch, partner: p, currency: cur}
money: {decimal: ",", thousands: "."}
time: {format: "%d.%m.%Y %H:%M"}
constants: {store: online}
tenders: [{kind: card, amount: card}, {kind: points, amount: points}]
facts: {gift: {column: gift, type: boolean}, minutes: {column: min, type: integer}, note: {column: note}}
"""
    rows = "n;t;mail;total;ch;p;cur;card;points;gift;min;note\n"
    rows += "7;05.01.2026 12:30;Ann@Example.com;1.234,50;app;air;usd;1.000,00;234,50;yes;12;hi\n"
    [activity] = samples.activities(samples.read(tmp_path, rows, text + "file: {delimiter: ';'}"))
    assert (activity.amount, activity.currency, activity.channel, activity.partner) == (123450, "USD", "app", "air")
    assert activity.store == "online"
    assert activity.member == Member(email="ann@example.com")
    assert activity.tenders == (Tender("card", 100_000), Tender("points", 23_450))
    assert activity.facts == {"gift": True, "minutes": 12, "note": "hi"}


CODES = """
source: web
rows: lines
columns: {external_id: n, occurred_at: t, member: {email: mail}}
line: {amount: total}
tenders: [{kind: gift_card, amount: by_card, card: code}, {kind: cash, amount: cash}]
"""


def test_a_column_of_codes_names_the_gift_card_that_pays(tmp_path):
    rows = "n,t,mail,total,by_card,code,cash\n1,2026-01-05T10:00:00Z,ann@example.com,5.00,3.00,EJHP-7KTH-DAHCP,2.00\n"
    [activity] = samples.activities(samples.read(tmp_path, rows, CODES))
    assert activity.tenders == (Tender("gift_card", 300, card="EJHP-7KTH-DAHCP"), Tender("cash", 200))


def test_no_error_file_shows_a_code(tmp_path):
    row = "1,2026-01-05T10:00:00Z,ann@example.com,5.00,10.00,{},0.00\n"
    rows = "n,t,mail,total,by_card,code,cash\n" + row.format("EJHP-7KTH-DAHCP") + row.format("SECRET")
    [chunk] = samples.read(tmp_path, rows, CODES)
    assert chunk.faults and "SECRET" not in repr(chunk) and "EJHP" not in repr(chunk)


def test_returns_name_their_purchase(tmp_path):
    text = "source: till\nkind: return\ncolumns: {external_id: n, occurred_at: t, member: {card: c}, returns: of}"
    [activity] = samples.activities(samples.read(tmp_path, "n,t,c,of\nr1,2026-01-05T10:00:00Z,77,o1\n", text))
    assert (activity.kind, activity.returns) == ("return", Reference("o1"))


def test_prices_nets_tags_and_kinds_of_lines(tmp_path):
    text = """
source: till
rows: lines
columns: {external_id: n, occurred_at: t, member: {card: c}}
line: {price: price, quantity: q, discount: d, tags: {column: tags, split: "|"}, kind: k, kinds: {POST: shipping}}
money: {amount_is: after_discount, discounts: negative}
"""
    rows = "n,t,c,price,q,d,tags,k\n1,2026-01-05,77,1.50,3,-0.50,hot| milk |hot,\n1,2026-01-05,77,2.00,1,,,POST\n"
    [activity] = samples.activities(samples.read(tmp_path, rows, text))
    assert activity.lines == (
        Line(amount=500, quantity=3, discount=50, tags=("hot", "milk")), Line(amount=200, kind="shipping")
    )  # fmt: skip


@pytest.mark.parametrize(("currency", "amount"), [("EUR", 1234), ("KWD", 12340), ("JPY", None)])
def test_the_scale_is_the_currencys(tmp_path, currency, amount):
    text = samples.SUMS + f"constants: {{currency: {currency}}}"
    chunks = samples.read(tmp_path, "order,at,who,total\n1,2026-01-05,77,12.34\n", text)
    assert [activity.amount for activity in samples.activities(chunks)] == ([amount] if amount else [])
    assert samples.faults(chunks) == ([] if amount else [(2, "total", "too_many_decimals")])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2026-01-05,77,1.00", "order", "empty"),
        ("1,,77,1.00", "at", "empty"),
        ("1,yesterday,77,1.00", "at", "not_a_time"),
        ("1,0001-01-01,77,1.00", "at", "not_a_time"),
        ("1,2026-03-29 03:30:00,77,1.00", "at", "time_missing"),
        ("1,2026-10-25 03:30:00,77,1.00", "at", "time_ambiguous"),
        ("1,2026-01-05,,1.00", "who", "empty"),
        ("1,2026-01-05,77,", "total", "empty"),
        ("1,2026-01-05,77,1.005", "total", "too_many_decimals"),
        ('1,2026-01-05,77,"1,00"', "total", "not_a_number"),
        ("1,2026-01-05,77,1e3", "total", "not_a_number"),
        ("1,2026-01-05,77,-1.00", "total", "out_of_range"),
        ("1,2026-01-05,77,999999999999999", "total", "out_of_range"),
        ('1,2026-01-05,"7\n7",1.00', "who", "control_character"),
        ("1" * 300 + ",2026-01-05,77,1.00", "order", "too_long"),
        ("1,2026-01-05,77,1.00,5", "", "too_many_cells"),
        ("1,2026-01-05", "", "too_few_cells"),
    ],
)
def test_a_faulty_row_is_told_and_others_go_on(tmp_path, row, column, reason):
    chunks = samples.read(tmp_path, f"order,at,who,total\na,2026-01-05,77,1\n{row}\nz,2026-01-05,77,1\n", samples.SUMS)
    assert samples.faults(chunks) == [(3, column, reason)]
    assert [activity.external_id for activity in samples.activities(chunks)] == ["a", "z"]
    assert sum(chunk.faulty for chunk in chunks) == 1


def test_times_at_the_change_of_clocks_follow_the_mapping(tmp_path):
    rows = "order,at,who,total\n1,2026-03-29 03:30:00,7,1\n2,2026-10-25 03:30:00,7,1\n"
    late = samples.read(tmp_path, rows, samples.SUMS + "time: {twice: second, missing: after}")
    assert [activity.occurred_at.isoformat() for activity in samples.activities(late)] == [
        "2026-03-29T01:00:00+00:00",  # four o'clock, the first moment there is
        "2026-10-25T01:30:00+00:00",
    ]
    early = samples.read(tmp_path, rows, samples.SUMS + "time: {twice: first, missing: after}")
    assert samples.activities(early)[1].occurred_at.isoformat() == "2026-10-25T00:30:00+00:00"


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("bun,x,1,0", "gross", "not_a_number"),
        ("bun,2.00,1.5,0", "qty", "not_an_integer"),
        ("bun,2.00,-1,0", "qty", "out_of_range"),
        ("bun,2.00,1,3.00", "gross", "discount_above_amount"),
        ("bun,2.00,1,-1.00", "off", "negative_discount"),
        ("bun,0.00,1,0", "gross", "no_value"),
        ("bun,-2.00,1,0", "gross", "no_value"),
        ("b\0n,2.00,1,0", "sku", "nul"),
    ],
)
def test_a_faulty_line_leaves_out_its_whole_basket(tmp_path, line, column, reason):
    content = HEADER + basket("1", "latte,3.50,1,0", line, "tea,2.00,1,0") + basket("2", "tea,2.40,1,0")
    chunks = samples.read(tmp_path, content)
    assert samples.faults(chunks) == [(3, column, reason)]
    assert [activity.external_id for activity in samples.activities(chunks)] == ["2"]


def test_all_faults_of_a_basket_are_told(tmp_path):
    content = HEADER + basket("1", "latte,x,y,0", "bun,1,1,z", at="soon")
    assert set(samples.faults(samples.read(tmp_path, content))) == {
        (2, "at", "not_a_time"), (2, "gross", "not_a_number"), (2, "qty", "not_a_number"), (3, "off", "not_a_number"),
    }  # fmt: skip


def test_lines_of_no_value_are_explained_where_the_mapping_says_so(tmp_path):
    content = HEADER + basket("1", "latte,3.50,1,0", "bun,0,1,0", "tea,-2.00,1,0", "pie,2.00,1,2.00")
    content += basket("2", "bun,0.00,1,0")
    [chunk] = samples.read(tmp_path, content, samples.LINES.replace("off}", "off, no_value: explain}"))
    assert [len(activity.lines) for activity in chunk.activities] == [1, 0]
    assert chunk.activities[1].amount == 0  # a basket of nothing is still a purchase
    assert chunk.left_out == {recipe.ZERO: 2, recipe.NEGATIVE: 1, recipe.FULLY_DISCOUNTED: 1}


def test_zeros_may_be_kept(tmp_path):
    content = HEADER + basket("1", "latte,3.50,1,0", "bun,0,1,0")
    [chunk] = samples.read(tmp_path, content, samples.LINES.replace("off}", "off, no_value: keep}"))
    assert [line.amount for line in chunk.activities[0].lines] == [350, 0]


def test_what_is_weighed_is_one_piece_where_the_mapping_says_so(tmp_path):
    content = HEADER + basket("1", "nuts,3.50,0.350,0")
    [chunk] = samples.read(tmp_path, content, samples.LINES.replace("off}", "off, weighed: one}"))
    assert chunk.activities[0].lines[0].quantity == 1


def test_a_basket_whose_rows_name_two_members_is_refused(tmp_path):
    content = HEADER + basket("1", "latte,3.50,1,0") + basket("1", "bun,2.00,1,0", who="ben")
    chunks = samples.read(tmp_path, content)
    assert samples.faults(chunks) == [(3, "who", "differs")]
    assert samples.activities(chunks) == []
    [first] = samples.activities(samples.read(tmp_path, content, samples.LINES + "differing: first"))
    assert (first.member.external_id, len(first.lines)) == ("ann", 2)


def test_tenders_must_add_up(tmp_path):
    text = samples.SUMS + "tenders: [{kind: card, amount: card}]"
    chunks = samples.read(tmp_path, "order,at,who,total,card\n1,2026-01-05,7,2.00,1.99\n", text)
    assert samples.faults(chunks) == [(2, "/tenders", "tenders_differ")]


def test_a_row_that_may_belong_to_either_neighbour_takes_both(tmp_path):
    content = HEADER + basket("1", "a,1,1,0") + basket("2", "b,1,1,0") + "torn\n" + basket("3", "c,1,1,0")
    content += basket("4", "d,1,1,0") + basket("", "e,1,1,0") + basket("5", "f,1,1,0") + basket("6", "g,1,1,0")
    chunks = samples.read(tmp_path, content)
    assert [activity.external_id for activity in samples.activities(chunks)] == ["1", "6"]
    assert samples.faults(chunks) == [
        (3, "order", "neighbour_unattached"), (4, "", "too_few_cells"), (5, "order", "neighbour_unattached"),
        (6, "order", "neighbour_unattached"), (7, "order", "unattached"), (8, "order", "neighbour_unattached"),
    ]  # fmt: skip


def test_a_basket_torn_apart_stops_the_import_with_both_lines(tmp_path):
    content = TWO + basket("1", "pie,1.00,1,0")
    path = samples.write(tmp_path, content)
    with pytest.raises(Refusal) as refused:
        samples.opened(path)
    assert samples.told(refused.value) == ("scattered", 5)
    assert "line 5 goes on with line 2" in str(refused.value.facts["detail"])


def test_a_torn_basket_is_seen_even_where_one_part_is_faulty(tmp_path):
    content = HEADER + basket("1", "a,x,1,0") + basket("2", "b,1,1,0") + basket(" 1 ", "c,1,1,0")
    with pytest.raises(Refusal) as refused:
        samples.opened(samples.write(tmp_path, content))
    assert samples.told(refused.value) == ("scattered", 4)


def test_a_row_that_tells_an_earlier_one_again_is_left_out(tmp_path):
    rows = "order,at,who,total\n1,2026-01-05,7,1\n2,2026-01-05,7,1\n1,2026-01-06,7,5\n"
    chunks = samples.read(tmp_path, rows, samples.SUMS)
    assert samples.faults(chunks) == [(4, "order", "told_twice")]
    assert [activity.amount for activity in samples.activities(chunks)] == [100, 100]


def test_skipped_rows_are_counted_with_their_reason(tmp_path):
    text = samples.LINES + "skip: [{column: sku, in: [TOTAL, 0], because: sums}, {column: shop, not_in: [centre]}]"
    content = (
        TWO + basket("", "TOTAL,9,1,0") + basket("3", "a,1,1,0").replace("centre", "beach") + basket("4", "b,1,1,0")
    )
    [chunk] = samples.read(tmp_path, content, text)
    assert [activity.external_id for activity in chunk.activities] == ["1", "2", "4"]
    assert (chunk.left_out, chunk.faults) == ({"sums": 1, "skipped by shop": 1}, [])


def test_more_rows_than_a_basket_can_have(tmp_path):
    content = HEADER + basket("1", *["a,1,1,0"] * 2_500) + basket("2", *["b,1,1,0"] * 1_500) + basket("3", "c,1,1,0")
    chunks = samples.read(tmp_path, content)
    assert [reason for _, _, reason in samples.faults(chunks)] == ["too_many_lines", "too_many_lines"]
    assert [activity.external_id for activity in samples.activities(chunks)] == ["3"]


def test_a_long_stretch_of_broken_rows_is_handed_on_in_parts(tmp_path):
    content = HEADER + basket("1", "a,1,1,0") + "torn\n" * 9_000 + basket("2", "b,1,1,0") + basket("3", "c,1,1,0")
    chunks = samples.read(tmp_path, content)
    assert [activity.external_id for activity in samples.activities(chunks)] == ["3"]
    assert max(len(chunk.faults) for chunk in chunks) < 2_100
    assert len([one for one in samples.all_faults(chunks) if one.reason == "too_few_cells"]) == 9_000


def test_a_file_that_changes_meanwhile_is_refused(tmp_path):
    path = samples.write(tmp_path, TWO)
    source = samples.opened(path)
    path.write_text(TWO + basket("9", "a,1,1,0"))
    with pytest.raises(Refusal) as refused:
        list(source.chunks())
    assert samples.told(refused.value) == ("changed", None)


ROW = st.sampled_from(["good", "good", "good", "more", "more", "torn", "void", "faulty", "nameless"])


@given(rows=st.lists(ROW, max_size=25), size=st.integers(1, 4), limit=st.integers(1, 6))
def test_a_pass_can_be_taken_up_at_the_end_of_every_chunk(tmp_path_factory, rows, size, limit):
    content, number = HEADER, 0
    for row in rows:
        number += row != "more"
        line = {"torn": "x\n", "void": basket(str(number), "VOID,1,1,0"), "faulty": basket(str(number), "a,?,1,0"),
                "nameless": basket("", "a,1,1,0")}  # fmt: skip
        content += line.get(row, basket(str(number), "a,1,1,0"))
    path = samples.write(tmp_path_factory.mktemp("resume"), content)
    text = samples.LINES + "skip: [{column: sku, in: [VOID], because: void}]"
    source = samples.opened(path, text, chunk=size)
    whole = list(source.chunks())
    assert sum(chunk.rows for chunk in whole) == source.rows == len(rows)
    for place, chunk in enumerate(whole, 1):
        rest = list(source.chunks(skip=chunk.position))
        assert samples.activities(rest) == samples.activities(whole[place:])
        assert samples.faults(rest) == samples.faults(whole[place:])
        assert sum(one.faulty for one in rest) == sum(one.faulty for one in whole[place:])
    position, parts = 0, []
    while part := list(source.chunks(skip=position, limit=limit)):
        parts += part
        position = part[-1].position
    assert samples.activities(parts) == samples.activities(whole)
    assert sorted(samples.faults(parts)) == sorted(samples.faults(whole))


def test_what_is_told_otherwise_shows_no_code():
    told = Activity(
        "purchase", "web", "1", datetime(2026, 1, 5, tzinfo=UTC), Member(external_id="ann"), amount=300,
        tenders=(Tender("gift_card", 300, card="EJHP-7KTH-DAHCP"),),
    )  # fmt: skip

    class Known:
        activity = msgspec.structs.replace(told, tenders=(Tender("gift_card", 300, card="K9MX"),))
        differs = ("/tenders/0/card",)

    shown = repr(differing.notice(told, 2, Known()))
    assert "K9MX (here AHCP)" in shown and "DAHCP" not in shown
