"""Programme files and published versions: check, compare, publish, read."""

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import drafting, files, installation, terminal
from guerdon.faces.cli.files import File, Language, Spoken
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.core.programme import Programme
    from guerdon.features.programmes.forms import Reading
    from guerdon.features.programmes.queries import VersionRow

DIGEST_CHARS: Final = 12

app = typer.Typer(
    no_args_is_help=True,
    help="""Check, compare, publish and read programme files.

    A programme is one YAML file: what is counted, how money earns, and the rules. What is published becomes an
    immutable version; activities are decided by the version that was in force when they happened. Every key is
    explained in docs/reference/programme.md.

    \b
    Examples:
      guerdon programme check aurora.yaml
      guerdon programme diff aurora.yaml
      guerdon programme publish aurora.yaml --as-of 2026-01-01
      guerdon programme show --language bg
    """,
)


@app.command()
def check(file: File, as_json: terminal.Json = False) -> None:
    """Is this file right? Tells every mistake with its line, and what was probably meant.

    Needs no database. Ends with 0 when it is right (warnings are told), 1 when not.

    \b
    Examples:
      guerdon programme check aurora.yaml
      cat aurora.yaml | guerdon programme check -
    """
    reading = files.read(file)
    if as_json:
        terminal.show_json(
            {"valid": reading.programme is not None, "compared": reading.compared, "problems": reading.problems}
        )
    else:
        for problem in reading.problems:
            terminal.say(files.told(file, problem), style="red" if problem.severity == "error" else "yellow")
        terminal.say(_summed(reading))
    if reading.programme is None:
        raise typer.Exit(terminal.FINDING)


@app.command()
def diff(
    file: File,
    against: Annotated[
        int | None, typer.Option("--against", help="The version to compare with; the last one by default.", metavar="N")
    ] = None,
    language: Spoken = "en",
    as_json: terminal.Json = False,
) -> None:
    """What would this file change? Compares it with a published version, in plain sentences.

    Ends with 0 when nothing changes, 1 when something does. A programme that is not there yet is told whole, and ends
    with 0.

    \b
    Examples:
      guerdon programme diff aurora.yaml
      guerdon programme diff aurora.yaml --against 1 --language tr
    """
    from guerdon.core import differences

    after = files.valid(file)
    installation.enter()
    if against is None and not _versions(after.key):
        _introduce(after, language, as_json)
        return
    book = installation.lawbook(installation.programme(after.key))
    number = len(book.versions) if against is None else against
    before = book.law(number).programme
    changes = differences.between(before, after, language)
    if as_json:
        parts = differences.changes(before, after)
        terminal.show_json({"programme": after.key, "against": number, "changes": parts, "sentences": changes})
    elif not changes:
        terminal.say(f"Nothing changes against version {number}.")
    else:
        terminal.say(f"Against version {number}:")
        for change in changes:
            terminal.say(f"  • {change}")
    if changes:
        raise typer.Exit(terminal.FINDING)


def _introduce(programme: "Programme", language: Language, as_json: bool) -> None:
    """Tell a programme that was never published: there is nothing to compare it with."""
    from guerdon.core import sentences

    told = list(sentences.programme(programme, language))
    if as_json:
        terminal.show_json({"programme": programme.key, "against": None, "changes": [], "sentences": told})
        return
    terminal.say(f"{programme.key} is new: publishing makes version 1. It will say:")
    for sentence in told:
        terminal.say(f"  {sentence}")


@app.command()
def publish(
    file: File,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="In force from this day, or day and time, of its zone.", metavar="WHEN"),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who publishes; stands in the history.", metavar="NAME")] = "",
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Found it as a sandbox, whose test clock can be moved.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Make this file the law: from now on, or from a day that is told.

    What is published can't be changed, only followed by the next version. Publishing the same again does nothing.
    A version that came or was to come into force on that day or later never rules again; you are told which, and asked.
    Where nobody is at the terminal to be asked, say --yes.

    \b
    Examples:
      guerdon programme publish aurora.yaml
      guerdon programme publish aurora.yaml --as-of 2026-01-01 --by Emil --yes
    """
    from guerdon.engine import publish as engine
    from guerdon.features.programmes import forms, queries

    text = files.text_of(file)
    programme = files.valid(file, text)
    installation.enter()
    now = _now_in(programme.key, sandbox=sandbox)
    effective_at = installation.moment(as_of, programme.zone, "--as-of", now=now)
    before = _versions(programme.key)
    replaced = queries.replaced(before, effective_at=effective_at)
    if before and before[-1].covers(forms.digest(programme), text.decode(), effective_at):
        replaced = []
    for one in replaced:
        terminal.warn(_overruled(one, programme, effective_at, now))
    question = f"Publish {programme.name.get('en', programme.key)} ({programme.key})? It can't be taken back."
    terminal.agree(question, yes=yes, otherwise="Nothing was published.")
    version = engine.publish(
        programme=programme,
        source=text.decode(),
        effective_at=effective_at,
        now=now,
        by=by or installation.who(),
        sandbox=sandbox,
    )
    if as_json:
        published = {"published": version.number > len(before), "replaced": [one.number for one in replaced]}
        terminal.show_json({"programme": programme.key, **published, **_line(version)})
    elif version.number <= len(before):
        terminal.say(f"Version {version.number} of {programme.key} says just this already; nothing was published.")
    else:
        since = terminal.moment(version.effective_at, programme.zone)
        terminal.say(f"Version {version.number} of {programme.key} is published, in force from {since}.")


def _overruled(one: "VersionRow", programme: "Programme", effective_at: "datetime", now: "datetime") -> str:
    """What becomes of a version when another one counts from its first day or before."""
    since = terminal.moment(one.effective_at, programme.zone)
    if one.effective_at > now:
        return f"Version {one.number}, which was to be in force from {since}, never will be: this replaces it."
    first = terminal.moment(effective_at, programme.zone)
    return (
        f"Version {one.number}, in force from {since}, never rules again: this one counts from {first} on."
        " What was decided stays; what is told of those days from now on is decided by this one."
    )


def _now_in(key: str, *, sandbox: bool) -> "datetime":
    """What time it is in the programme; a failure where it is live already and was to be a sandbox."""
    from guerdon.features.programmes import queries
    from guerdon.kit import clock, store

    row = next((one for one in queries.every(store.current()) if one.key == key), None)
    if sandbox and row is not None and not row.sandbox:
        hint = "Publish the file under another key to have a sandbox beside it."
        raise Failure(f"{key} is live, and stays so.", hint=hint, code=terminal.USAGE)
    return clock.now() if row is None else installation.now(row)


@app.command()
def show(
    file: Annotated[str | None, typer.Argument(help="A file to read instead of what is published.")] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="The version; the last one by default.", metavar="N")
    ] = None,
    language: Spoken = "en",
    yaml: Annotated[bool, typer.Option("--yaml", help="Print the file itself.")] = False,
    as_json: terminal.Json = False,
    programme: installation.ProgrammeKey = None,
) -> None:
    """What does the programme say? Every unit and every rule as a plain sentence.

    \b
    Examples:
      guerdon programme show
      guerdon programme show --language bg
      guerdon programme show --version 1 --yaml
      guerdon programme show my-draft.yaml
    """
    from guerdon.core import sentences
    from guerdon.features.programmes import forms

    if file is not None:
        source = files.text_of(file)
        found, heading, text = files.valid(file, source), file, source.decode()
    else:
        installation.enter()
        book = installation.lawbook(installation.programme(programme))
        number = len(book.versions) if version is None else version
        found = book.law(number).programme
        row = book.versions[number - 1]
        since = terminal.moment(row.effective_at, found.zone)
        heading, text = f"{found.key}, version {number}, in force from {since}", row.source
    if as_json:
        terminal.show_json(forms.to_document(found))
    elif yaml:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        terminal.say(heading, style="bold")
        for sentence in sentences.programme(found, language):
            terminal.say(f"  {sentence}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of programme files, for editors that help while you write.

    \b
    Example:
      guerdon programme schema > programme.schema.json
    """
    from guerdon.features.programmes import forms

    terminal.show_json(forms.schema())


for _more in (drafting.templates, drafting.new, drafting.conflicts, drafting.explain, drafting.rollback):
    app.command()(_more)


@app.command("list")
def list_programmes(as_json: terminal.Json = False) -> None:
    """Which programmes and versions are there?

    \b
    Example:
      guerdon programme list
    """
    installation.enter()
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    at_hand = store.current()
    found = [(row, queries.all_versions(at_hand, row.id)) for row in queries.every(at_hand)]
    if as_json:
        terminal.show_json(
            [
                {"programme": row.key, "sandbox": row.sandbox, "versions": [_line(version) for version in versions]}
                for row, versions in found
            ]
        )
    elif not found:
        terminal.say("There is no programme yet. Publish one: guerdon programme publish FILE")
    else:
        columns = ("programme", "#version", "in force from (UTC)", "published", "by", "hash")
        terminal.table("", columns, [_cells(row.key, version) for row, versions in found for version in versions])


def _summed(reading: "Reading") -> str:
    doubts = terminal.counted(len(reading.warnings), "warning")
    if reading.programme is None:
        more = "" if reading.compared else " How the parts fit together is looked at once these are mended."
        return f"✗ {terminal.counted(len(reading.errors), 'mistake')}, {doubts}.{more}"
    found = reading.programme
    units, rules = terminal.counted(len(found.units), "unit"), terminal.counted(len(found.rules), "rule")
    told = f"✓ {found.key} is right: {units}, {rules}"
    return f"{told}, {doubts}." if reading.warnings else f"{told}."


def _line(version: "VersionRow") -> dict[str, object]:
    return {
        "version": version.number,
        "effective_at": version.effective_at,
        "published_at": version.published_at,
        "published_by": version.published_by,
        "digest": version.digest,
    }


def _cells(key: str, version: "VersionRow") -> tuple[object, ...]:
    since, published = f"{version.effective_at:%Y-%m-%d %H:%M}", f"{version.published_at:%Y-%m-%d %H:%M}"
    return (key, version.number, since, published, version.published_by, version.digest[:DIGEST_CHARS])


def _versions(key: str) -> "list[VersionRow]":
    """What is published of it so far."""
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    row = next((row for row in queries.every(store.current()) if row.key == key), None)
    return [] if row is None else queries.all_versions(store.current(), row.id)
