"""A programme begun from a template, looked at, and rolled back, on the command line."""

from tests.faces.cli.command import guerdon


def test_from_a_template_to_sentences(tmp_path):
    file = tmp_path / "aurora.yaml"
    made = guerdon("programme", "new", "--template", "cafe", "--answer", "name=Aurora", "--to", str(file))
    assert made.code == 0 and "Aurora" in file.read_text("utf-8")
    assert guerdon("programme", "check", str(file)).code == 0
    assert "“Welcome” fires" in guerdon("programme", "conflicts", str(file)).out
    told = guerdon("programme", "explain", str(file), "--language", "bg").out
    assert "Как се печелят точки" in told
    again = guerdon("programme", "new", "--template", "cafe", "--to", str(file))
    assert again.code != 0 and "is there already" in again.err
    assert guerdon("programme", "new", "--template", "cafe", "--answer", "x").code != 0
    assert "cafe: " in guerdon("programme", "templates").out
