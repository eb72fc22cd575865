"""Every refusal the house can raise has a headline, a cause and a cure in every language, with its own facts."""

import importlib
import string

import pytest

from guerdon.core import errors
from guerdon.faces import refusals
from tests.house import source


def _declared() -> dict[str, errors.Kind]:
    for path in source.list_modules():
        name = source.name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if name.endswith(("wsgi", "asgi", "__main__")):
            continue  # importing a server's module starts things
        importlib.import_module(name)
    return errors.declared()


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_every_refusal_is_told(language: str) -> None:
    silent = sorted(_declared().keys() - refusals.SENTENCES[language].keys())
    assert not silent, f"without words in {language}: {silent}"


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_no_words_for_what_nobody_refuses(language: str) -> None:
    ghosts = sorted(refusals.SENTENCES[language].keys() - _declared().keys())
    assert not ghosts, f"words for refusals that do not exist: {ghosts}"


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_sentences_use_only_the_facts_of_their_refusal(language: str) -> None:
    for code, kind in _declared().items():
        used = {
            name
            for text in refusals.template(code, language)
            for _, name, _, _ in string.Formatter().parse(text)
            if name is not None
        }
        assert used <= kind.facts, f"{code} in {language} speaks of {sorted(used - kind.facts)}"
