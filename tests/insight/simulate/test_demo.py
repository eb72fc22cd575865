"""The café of the demo, with its ladder and everything else that its file says, passes the gate."""

from importlib import resources
from zoneinfo import ZoneInfo

from guerdon.engine import publish
from guerdon.faces.cli.demo import cast
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.insight.simulate import questions, telling
from guerdon.insight.simulate.questions import Question
from guerdon.kit import snapshot, store
from tests.shop import moment

NOW = moment("2026-11-20")


def test_aurora_of_the_demo_passes_the_gate(database: str):
    source = resources.files("guerdon").joinpath("demo/aurora.yaml").read_text("utf-8")
    source = source.replace("programme: aurora", "programme: aurora-replayed", 1)
    programme = forms.load(source)
    publish.publish(programme=programme, source=source, effective_at=moment("2020-01-01"), now=NOW, by="demo")
    row = programmes.by_key(store.current(), "aurora-replayed")
    cast.act(programme_id=row.id, zone=ZoneInfo("Europe/Sofia"), now=NOW)
    book = programmes.latest(store.current(), row.id)
    with snapshot.taken() as view:
        history = telling.read(view, row.id, book.current(NOW), until=NOW, advance=lambda entries: None)
    lower = forms.load(source.replace("from: 100", "from: 60").replace("from: 40", "from: 20"))
    answer = questions.ask(history, book, Question(draft=lower, name="lower"), progress=lambda *_: None)
    assert answer.gate.steps >= 2 and answer.gate.points > 0 and answer.gate.members == 5
    assert {(one.today, one.draft) for one in answer.moves} >= {("", "")}
    assert sum(one.members for one in answer.moves) == 5
    assert any(one.today != one.draft for one in answer.moves)
