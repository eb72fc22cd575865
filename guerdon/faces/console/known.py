"""The words of tills and shops that a rule can ask for: offered where they are typed; and which nobody knows."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from guerdon.core import documents
from guerdon.core.programme import Programme
from guerdon.faces.console import leaves
from guerdon.faces.console.rule_form import RuleForm
from guerdon.faces.console.trees import Branch
from guerdon.faces.design.shapes import Choice
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.insight import vocabulary

_TREES: Final = ("if", "lines")
_NAMED: Final = (*vocabulary.ASKED, "segment")


class Words(msgspec.Struct, frozen=True):
    """What is known of one kind of words: under which id the page has them, and what people call each."""

    id: str
    choices: tuple[Choice, ...]


def of(visit: Visit, programme: Programme) -> dict[str, Words]:
    """The known words by what they name: those of the programme's own names, and what purchases have told lately."""
    heard, pen = vocabulary.heard(visit.store, visit.programme_id), Pen(visit)
    found: dict[str, Words] = {}
    for what in _NAMED:
        words = dict.fromkeys((*programme.called.all(what), *heard.get(what, ())))
        choices = []
        for word in words:
            name = programme.called.of(what, word)
            choices.append(Choice(word, pen.tongue.named(name) if name else word))
        if choices:
            found[what] = Words(f"known-{what}", tuple(choices))
    return found


def unseen(visit: Visit, form: RuleForm, known: Mapping[str, Words]) -> tuple[str, ...]:
    """What the form asks for that nobody has told so far: no mistake, but worth a second look."""
    told = []
    for what, word in dict.fromkeys(each for name in _TREES for each in _asked(form.trees[name])):
        names = [one.value for one in known[what].choices] if what in known else []
        if not names or word in names:
            continue
        near = documents.nearest(word, names)
        said = visit.say("rules.unseen", word=documents.shortened(word))
        told.append(f"{said} {visit.say('rules.unseen_meant', word=near)}" if near else said)
    return tuple(told)


def _asked(tree: Branch) -> Iterator[tuple[str, str]]:
    """The words that are asked for, with what they name."""
    for one in tree.parts:
        if isinstance(one, Branch):
            yield from _asked(one)
        elif one.word in _NAMED:
            for word in leaves.parted(one.filled.get("in", "")):
                yield one.word, word
