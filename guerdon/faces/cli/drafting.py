"""Beginning a programme from a template, looking how its rules meet, telling it in plain words, rolling it back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from guerdon.faces.cli import files, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme

Language = Literal["en", "bg", "tr"]
Spoken = Annotated[
    Language, typer.Option("--language", "-l", help="The language of the sentences.", metavar="en|bg|tr")
]
MaybeFile = Annotated[str | None, typer.Argument(help="A file to look at instead of what is published.")]


def templates(language: Spoken = "en", as_json: terminal.Json = False) -> None:
    """Which programmes are there to begin with, and what does each ask?

    \b
    Examples:
      guerdon programme templates
      guerdon programme templates --language bg
    """
    from guerdon.features.programmes import templates as known

    found = [known.get(key) for key in known.KEYS]
    if as_json:
        terminal.show_json(
            [{"key": one.key, "name": one.name, "about": one.about, "questions": one.questions} for one in found]
        )
        return
    for one in found:
        terminal.say(f"{one.key}: {one.about[language]}", style="bold")
        for asked in one.questions:
            terminal.say(f"  {asked.key}: {asked.asks[language]} ({asked.default})")


def new(
    template: Annotated[str, typer.Option("--template", help="One of `guerdon programme templates`.", metavar="KEY")],
    answer: Annotated[
        list[str] | None, typer.Option("--answer", help="An answer; again for more.", metavar="QUESTION=ANSWER")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="The file to write; else it is printed.", metavar="FILE")
    ] = None,
) -> None:
    """Write a programme file from a template; what you don't answer is as the template has it.

    \b
    Examples:
      guerdon programme new --template cafe --answer name=Aurora --answer key=aurora --to aurora.yaml
      guerdon programme new --template grocery
    """
    from guerdon.features.programmes import templates as known

    answers = {}
    for one in answer or ():
        key, equals, text = one.partition("=")
        if not equals:
            raise Failure(f"“{one}” is no answer.", hint="Write QUESTION=ANSWER.", code=terminal.USAGE)
        answers[key] = text
    file = known.fill(template, answers)
    if to is None:
        typer.echo(file, nl=False)
        return
    path = Path(to)
    if path.exists():
        raise Failure(f"{to} is there already.", hint="Choose another name, or delete it.", code=terminal.USAGE)
    path.write_text(file, "utf-8")
    terminal.say(f"Written to {to}. Look at it: guerdon programme show {to}")


def conflicts(
    file: MaybeFile = None,
    language: Spoken = "en",
    as_json: terminal.Json = False,
    programme: installation.ProgrammeKey = None,
) -> None:
    """How do the rules meet? Which never fire, which exclude each other, which always come together.

    \b
    Examples:
      guerdon programme conflicts aurora.yaml
      guerdon programme conflicts --language tr
    """
    from guerdon.core import conflicts as law
    from guerdon.core import sentences
    from guerdon.core.sentences import of_conflicts
    from guerdon.kit import clock

    found, tongue = _programme(file, programme), sentences.tongue(language)
    report = law.report(found, clock.now())
    if as_json:
        terminal.show_json(report)
        return
    told = [of_conflicts.alone(one, found, tongue) for one in report.rules]
    told += [of_conflicts.pair(one, found, tongue) for one in report.pairs]
    for sentence in told or ["No two rules meet, and none stands in its own way."]:
        terminal.say(f"  {sentence}")


def explain(
    file: MaybeFile = None,
    audience: Annotated[
        Literal["member", "manager"], typer.Option("--for", help="For whom: member or manager.", metavar="AUDIENCE")
    ] = "member",
    language: Spoken = "en",
    as_json: terminal.Json = False,
    programme: installation.ProgrammeKey = None,
) -> None:
    """How does it work? The programme under headings, as members or managers read it.

    \b
    Examples:
      guerdon programme explain aurora.yaml
      guerdon programme explain --for manager --language bg
    """
    from guerdon.core import sentences

    sections = sentences.summary(_programme(file, programme), language, audience=audience)
    if as_json:
        terminal.show_json(sections)
        return
    for section in sections:
        terminal.say(section.heading, style="bold")
        for one in section.paragraphs:
            terminal.say(f"  {one.sentence}")


def rollback(
    version: Annotated[int, typer.Argument(help="The version whose content shall hold again.", metavar="N")],
    by: Annotated[str, typer.Option("--by", help="Who does it; stands in the history.", metavar="NAME")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    programme: installation.ProgrammeKey = None,
) -> None:
    """Let an older version hold again: its content becomes the next version, from now on.

    \b
    Example:
      guerdon programme rollback 3
    """
    from guerdon.engine import drafts
    from guerdon.engine import publish as engine

    installation.enter()
    row = installation.programme(programme)
    book = installation.lawbook(row)
    content, now = book.law(version).programme, installation.now(row)
    question = f"Let version {version} of {row.key} hold again, as version {len(book.versions) + 1}?"
    terminal.agree(question, yes=yes, otherwise="Nothing was published.")
    source = drafts.source_of(book.versions[version - 1])
    made = engine.publish(programme=content, source=source, effective_at=now, now=now, by=by or installation.who())
    terminal.say(f"Version {made.number} of {row.key} says what version {version} said.")


def _programme(file: str | None, key: str | None) -> "Programme":
    """The programme of a file, or the newest one that is published."""
    if file is not None:
        return files.valid(file)
    installation.enter()
    return installation.lawbook(installation.programme(key)).newest().programme
