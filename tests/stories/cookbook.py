"""docs/reference/stories.md: every sentence of LAW 2–9, and invariants, with the stories that show them.

`python -m tests.stories.cookbook --write` prints it again.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.stories import reader, sentences
from tests.stories.story import Story

STORIES: Final = Path(__file__).parent
PAGE: Final = sentences.PAGE.with_name("stories.md")
HEAD: Final = """\
# The cookbook: the law in stories

Each sentence of [the law](law.md), sections 2 to 9, with the stories that show it, and at the end the invariants of its
section 10 that some show, [paid memberships](../ideas/memberships.md) among them. A story is a small text with a
programme, some days at Café Aurora and what must come of them; every one is also a test, which runs on the rules alone,
through the engine on SQLite and PostgreSQL, and over HTTP – so what it says is so. Copy its programme to begin with, or
write your own story; [how points behave](../ideas/README.md) explains the same in prose.

This page is printed from the stories (`python -m tests.stories.cookbook --write`). The letters count the sentences of
an item: 5.4b is the second of LAW 5.4.
"""
TITLES: Final = {
    "2": "Activities and idempotency", "3": "Earning", "4": "Returns", "5": "Lots, expiry, holds",
    "6": "Transfers, households, merging", "7": "Tiers", "8": "Rewards, vouchers, stock",
    "9": "Chance", "10": "Invariants that stories show",
}  # fmt: skip


def render() -> str:
    """The whole page."""
    stories = [reader.read(path) for path in sorted(STORIES.glob("*.txt"))]
    parts = [_section(section, sentences.sentences(), stories) for section in sentences.SECTIONS]
    told = {name for story in stories for name in story.shows}
    invariants = {name: text for name, text in sentences.items((sentences.INVARIANTS,)).items() if name in told}
    return HEAD + "".join(parts) + _section(sentences.INVARIANTS, invariants, stories)


def _section(section: str, texts: Mapping[str, str], stories: Sequence[Story]) -> str:
    rows = [
        f"| {name} | {_cell(text)} | {'<br>'.join(_proofs(name, stories))} |"
        for name, text in texts.items()
        if name.startswith(section + ".")
    ]
    return "\n".join(
        ["", f"## {section}. {TITLES[section]}", "", "| LAW | says | shown by |", "| --- | --- | --- |", *rows, ""]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").rstrip(",;")


def _proofs(name: str, stories: Sequence[Story]) -> Iterator[str]:
    """The stories of a sentence by their titles, the tests where no story can tell it, or what it waits for."""
    for story in stories:
        if name in story.shows:
            yield f"[{story.title}](../../tests/stories/{story.name})"
    for proof in sentences.ELSEWHERE.get(name, ()):
        path, _, test = proof.partition("::")
        yield f"[`{test}`](../../{path})"
    if name in sentences.TO_COME:
        yield f"to come: {sentences.TO_COME[name]}"


def main(said: Sequence[str]) -> int:
    """Print the page, or write it."""
    if list(said) == ["--write"]:
        PAGE.write_text(render(), "utf-8")
    elif said:
        print("usage: python -m tests.stories.cookbook [--write]", file=sys.stderr)
        return 2
    else:
        print(render(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
