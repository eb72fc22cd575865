"""Trees of sentences, as a form sends them and a document says them; they grow and shrink by posting."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

import msgspec
from django.http import QueryDict

from guerdon.core import documents, limits
from guerdon.core.documents import Document
from guerdon.faces import posted as sent
from guerdon.faces.console import leaves
from guerdon.faces.console.leaves import Grammar, Leaf

Of = Literal["all", "any", "none"]
_OFS: Final[tuple[Of, ...]] = ("all", "any", "none")


class Branch(msgspec.Struct, frozen=True):
    """Several parts, of which all, any or none hold."""

    of: Of = "all"
    parts: "tuple[Branch | Leaf, ...]" = ()


Part = Branch | Leaf
CONDITIONS: Final = Grammar(leaves.CONDITIONS)
MEMBERS: Final = Grammar(leaves.MEMBERS)  # what can be asked where nothing is bought
GOODS: Final = Grammar(leaves.GOODS)
EFFECTS: Final = Grammar(leaves.EFFECTS, branches=False)
SEGMENTS: Final = Grammar(leaves.SEGMENTS, words="segments")


# --- a document ---


def read(found: Document, grammar: Grammar) -> Branch:
    """The tree of a list of conditions, goods or effects; a list means all of them."""
    every = found if isinstance(found, list) else [] if found is None else [found]
    if len(every) == 1 and grammar.branches:
        only = _part(every[0], grammar)
        if isinstance(only, Branch) and only.of != "all":
            return only
    return Branch("all", tuple(_part(one, grammar) for one in every))


def _part(found: Document, grammar: Grammar) -> Part:
    if grammar.branches and isinstance(found, dict) and len(found) == 1:
        word, inner = next(iter(found.items()))
        if word in ("all", "any") and isinstance(inner, list):
            return Branch("any" if word == "any" else "all", tuple(_part(one, grammar) for one in inner))
        if word == "not" and isinstance(inner, dict):
            below = _part(inner, grammar)
            return Branch("none", below.parts if isinstance(below, Branch) and below.of == "any" else (below,))
    return leaves.read(found, grammar)


def document(tree: Branch, grammar: Grammar) -> list[Document]:
    """What the tree says, as a list of which all holds."""
    if tree.of == "all":
        return [_document(one, grammar) for one in tree.parts if not _empty(one)]
    return [] if _empty(tree) else [_document(tree, grammar)]


def _document(part: Part, grammar: Grammar) -> Document:
    if isinstance(part, Leaf):
        return leaves.document(part, grammar)
    told = [_document(one, grammar) for one in part.parts if not _empty(one)]
    if part.of == "none":
        return {"not": told[0] if len(told) == 1 else {"any": told}}
    return {part.of: told}


def _empty(part: Part) -> bool:
    return isinstance(part, Branch) and all(map(_empty, part.parts))


def faults(tree: Branch, path: str, grammar: Grammar, language: str, *, fine: bool) -> dict[str, str]:
    """What was typed as a number and is none, or could be two, by the path of its leaf in the form."""
    told: dict[str, str] = {}
    for at, one in enumerate(tree.parts):
        here = f"{path}.{at}"
        if isinstance(one, Branch):
            told |= faults(one, here, grammar, language, fine=fine)
        elif wrong := [sent.fault(refusal, language) for refusal in leaves.faults(one, grammar, fine=fine)]:
            told[here] = " ".join(dict.fromkeys(wrong))
    return told


def places(tree: Branch, pointer: str, path: str) -> Iterator[tuple[str, str]]:
    """The pointer of every leaf in the document, and its path in the form; those below come first."""
    if tree.of == "all":
        kept = [(at, one) for at, one in enumerate(tree.parts) if not _empty(one)]
        for place, (at, one) in enumerate(kept):
            yield from _places(one, documents.under(pointer, place), f"{path}.{at}")
    elif not _empty(tree):
        yield from _places(tree, documents.under(pointer, 0), path)


def _places(part: Part, pointer: str, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, Branch):
        kept = [(at, one) for at, one in enumerate(part.parts) if not _empty(one)]
        inner = documents.under(pointer, "not" if part.of == "none" else part.of)
        several = documents.under(inner, "any") if part.of == "none" else inner
        alone = part.of == "none" and len(kept) == 1
        for place, (at, one) in enumerate(kept):
            yield from _places(one, inner if alone else documents.under(several, place), f"{path}.{at}")
    yield pointer, path


def place(where: dict[str, str], pointer: str, base: str) -> str | None:
    """The path of the part at a pointer below `base`, or of the nearest above it, by what `places` told."""
    while pointer.startswith(f"{base}/"):
        if pointer in where:
            return where[pointer]
        pointer = documents.parent(pointer)
    return None


# --- a form ---


def posted(form: QueryDict, path: str, grammar: Grammar, depth: int = 0) -> Branch:
    """The tree that a form has sent below a path."""
    told = form.get(f"{path}.of", "all")
    of: Of = next((one for one in _OFS if one == told), "all")
    parts: list[Part] = []
    while depth <= limits.CONDITION_DEPTH_MAX:
        here = f"{path}.{len(parts)}"
        if f"{here}.of" in form and grammar.branches:
            parts.append(posted(form, here, grammar, depth + 1))
        elif f"{here}.word" in form:
            sentence = grammar.sentence(form.get(f"{here}.word", ""))
            keys = [one.key for one in sentence.places] or [leaves.YAML]
            filled = {key: ", ".join(str(one) for one in form.getlist(f"{here}.{key}")) for key in keys}
            parts.append(Leaf(sentence.word, {key: text for key, text in filled.items() if text}))
        else:
            break
    return Branch(of, tuple(parts))


def acted(tree: Branch, path: str, act: str, form: QueryDict, grammar: Grammar) -> Branch:
    """The tree after a button was pressed: `add`, `nest` or `remove`, and the path of the part that is meant."""
    verb, _, where = act.partition(" ")
    if where != path and not where.startswith(f"{path}."):
        return tree
    steps = [int(step) for step in where.removeprefix(path).split(".") if step.isdecimal() and len(step) < 4]
    if verb == "remove":
        return _changed(tree, steps[:-1], lambda of: _without(of, steps[-1])) if steps else Branch(tree.of)
    if verb == "nest":
        new: Part = Branch("any", (leaves.fresh(grammar.sentences[0].word, grammar),))
    elif verb == "add":
        new = leaves.fresh(form.get(f"{where}.new", ""), grammar)
    else:
        return tree
    return _changed(tree, steps, lambda of: Branch(of.of, (*of.parts, new)))


def _without(of: Branch, place: int) -> Branch:
    return Branch(of.of, (*of.parts[:place], *of.parts[place + 1 :]))


def _changed(tree: Branch, steps: Sequence[int], change: Callable[[Branch], Branch]) -> Branch:
    """The tree with the branch at the end of the steps changed; as it was where they lead to none."""
    if not steps:
        return change(tree)
    place, *more = steps
    below = tree.parts[place] if place < len(tree.parts) else None
    if not isinstance(below, Branch):
        return tree
    return Branch(tree.of, (*tree.parts[:place], _changed(below, more, change), *tree.parts[place + 1 :]))
