"""`guerdon rates`: a bank's table, what waited for it, and the list."""

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon

TABLE = """Date, USD, JPY, XYZ,
2026-01-06, 1.0500, 164.20, 1,
2026-01-05, 1.2500, N/A, 1,
"""


def test_a_banks_table_is_read_and_what_waited_is_released(pristine_database, tmp_path):
    cafe = shop.Shop(key="aurora")
    cafe.enrol("Ann")
    cafe.tell_rates(("USD", "2026-01-08", 86, 100))
    cafe.tell(cafe.purchase("Ann", 10_000, "2026-01-05", currency="USD"))
    assert guerdon("rates", "release", "--json").json["release"] == {"released": 0, "waiting": 1, "held_back": {}}
    (tmp_path / "hist.csv").write_text(TABLE)
    told = guerdon("rates", "import", str(tmp_path / "hist.csv"), "--json").json
    assert (told["read"], told["new"], told["release"]["released"]) == (3, 3, 1)
    assert cafe.amounts("Ann", "2026-01-09").available == 80  # 100 dollars at 1.25 for a euro
    again = guerdon("rates", "import", str(tmp_path / "hist.csv"), "-c", "USD", "--since", "2026-01-06")
    assert again.code == terminal.OK and "1 rate read, 0 of them new" in again.out
    listed = guerdon("rates", "list")
    assert "USD" in listed.out and "2026-01-06" in listed.out
    assert len(guerdon("rates", "list", "--json").json) == 4
    cafe.tell_rates(("USD", "2026-01-06", 90, 100))
    told = [one for one in guerdon("rates", "list", "--json").json if one["rate"]["day"] == "2026-01-06"]
    (wrong, right) = [one for one in told if one["rate"]["currency"] == "USD"]
    assert (wrong["replaced_at"], right["replaced_at"]) == (right["told_at"], None)
    assert guerdon("verify").code == terminal.OK


def test_what_is_no_table_is_refused(pristine_database, tmp_path):
    shop.Shop(key="aurora")
    twice = "Date,USD\n2026-01-05,1.05\n2026-01-05,1.06\n"
    for text in (
        twice,
        "Date,USD\n0001-01-01,1.05\n",
        "a,b\n1,2\n",
        "Date,USD\n2026-01-05,abc\n",
        "Date,USD\nyesterday,1.05\n",
        "Date,USD,USD\n2026-01-05,1.05,1.06\n",
        "Date,Date,USD\n2026-01-05,2026-01-05,1.05\n",
        "USD,Date\n1.05\n",
        "Date,USD\n2026-01-05,1.05,7\n",
        "Date,USD\n2026-01-05,1.\x0005\n",
        'Date,USD\n2026-01-05,"1.05\n',
        "Date,USD\n2026-01-05," + "1" * 2_000_000 + "\n",
        "Date,USD\n2026-01-05,1.05\n".encode("utf-16"),
        "Дата,USD\n2026-01-05,1.05\n".encode("cp1251"),
        b"PK\x03\x04Date,USD\n2026-01-05,1.05\n",
        "",
    ):
        (tmp_path / "hist.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        told = guerdon("rates", "import", str(tmp_path / "hist.csv"))
        assert told.code not in (terminal.OK, 1), text
        assert "hist.csv" in told.err or "rate" in told.err, told.err
    assert guerdon("rates", "import", str(tmp_path / "none.csv")).code not in (terminal.OK, 1)
