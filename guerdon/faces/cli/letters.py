"""Letters at the terminal: what waits and what failed, tried anew, and a look at each kind."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.core import limits
from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.letters import Kind, State
    from guerdon.features.letters.queries import Letter

app = typer.Typer(
    no_args_is_help=True,
    help="""E-mails to members and staff: what waits, what failed, and how they look.

    Letters are sent by the worker, through the mail server of GUERDON_SMTP_URL.

    \b
    Examples:
      guerdon letters list --failed
      guerdon letters retry --all
      guerdon letters preview statement --language bg
    """,
)
OFF = (
    "Letters are off: nothing is written and nothing waits. To switch them on, say where mail is handed in, who writes "
    "and where links lead:\n"
    "  GUERDON_SMTP_URL=smtp://user:password@mail.aurora.example:587?tls=1\n"
    "  GUERDON_MAIL_FROM='Café Aurora <hello@aurora.example>'\n"
    "  GUERDON_URL=https://points.aurora.example\n"
    "For a look without a server: GUERDON_SMTP_URL=file:///srv/letters"
)


@app.command("list")
def list_letters(
    failed: Annotated[
        bool, typer.Option("--failed", help="Those that can't be sent, instead of those waiting.")
    ] = False,
    most: Annotated[
        int,
        typer.Option(
            "--most", help="At most so many.", metavar="N", parser=terminal.whole(1, limits.LETTERS_SHOWN_MAX)
        ),
    ] = 50,
    as_json: terminal.Json = False,
) -> None:
    """Which letters wait, or failed, and why? Whose they are stays sealed.

    \b
    Examples:
      guerdon letters list
      guerdon letters list --failed --json
    """
    installation.enter()
    from guerdon.features.letters import queries
    from guerdon.kit import ids, mail, store

    state: State = "failed" if failed else "waiting"
    at_hand, on = store.current(), mail.outlet() is not None
    found = queries.listed(at_hand, state, after=ids.NIL, most=most)
    counts = queries.counts(at_hand)
    if as_json:
        terminal.show_json({"on": on, "counts": counts, "letters": [_document(one) for one in found]})
        return
    if found:
        columns = ("letter", "kind", "made", "#attempts", "due", "why")
        terminal.table("", columns, [_line(one) for one in found])
    told = [f"{terminal.number(counts.get(one, 0))} {one}" for one in ("waiting", "failed", "sent", "dropped")]
    terminal.say(", ".join(told) + ".")
    if not on:
        terminal.note(OFF)


@app.command()
def retry(
    letter: Annotated[str | None, typer.Argument(help="The letter, ltr_….", metavar="LETTER")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every letter that failed.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Try letters anew that failed; the worker sends them.

    \b
    Examples:
      guerdon letters retry ltr_0197f1c2a4b87d3e9f00112233445566
      guerdon letters retry --all
    """
    if (letter is None) is not every:
        raise Failure("Which letters?", hint="Name one, or say --all.", code=terminal.USAGE)
    installation.enter()
    from guerdon.engine import posting
    from guerdon.kit import clock, ids

    id = None if letter is None else ids.read("letter", letter)
    count = posting.retry(id, now=clock.now())
    if as_json:
        terminal.show_json({"letters": count})
    else:
        terminal.say(f"{terminal.counted(count, 'letter')} will be tried anew.")


@app.command()
def preview(
    kind: Annotated[
        str,
        typer.Argument(help="sign_in, invitation, notice, redemption, expiring, tier or statement.", metavar="KIND"),
    ],
    language: Annotated[str, typer.Option("--language", "-l", help="en, bg or tr.", metavar="LANGUAGE")] = "en",
    into: Annotated[Path, typer.Option("--into", help="The folder that it is written to.", metavar="FOLDER")] = Path(),
    as_json: terminal.Json = False,
) -> None:
    """Write a letter as Ann of Café Aurora gets it, as HTML and as text.

    \b
    Examples:
      guerdon letters preview statement --language bg
      guerdon letters preview sign_in --into letters
    """
    from guerdon.core import letters as law
    from guerdon.core import sentences

    if language not in sentences.LANGUAGES:
        raise Failure(f"No letters in “{language[:20]}”.", hint="Use en, bg or tr.", code=terminal.USAGE)
    chosen: Kind | None = next((one for one in law.KINDS if one == kind.replace("-", "_")), None)
    if chosen is None:
        raise Failure(f"No letter “{kind[:40]}”.", hint=f"Use {', '.join(law.KINDS)}.", code=terminal.USAGE)
    installation.settle()
    from importlib import resources

    from guerdon.faces.letters import samples
    from guerdon.features.programmes import forms

    programme = forms.load(resources.files("guerdon").joinpath("demo/aurora.yaml").read_bytes())
    made = samples.written(chosen, programme, language)
    into.mkdir(parents=True, exist_ok=True)
    paths = [into / f"{chosen}.{language}.{ending}" for ending in ("html", "txt")]
    for path, text in zip(paths, (made.html, made.text), strict=True):
        path.write_text(text, encoding="utf-8")
    if as_json:
        terminal.show_json({"subject": made.subject, "files": [str(path) for path in paths]})
        return
    terminal.say(made.subject, style="bold")
    for path in paths:
        terminal.say(f"  {installation.shown(path)}")


def _document(one: "Letter") -> dict[str, object]:
    from guerdon.kit import ids

    return {
        "id": ids.show("letter", one.id), "kind": one.kind, "state": one.state, "made_at": one.made_at,
        "attempts": one.attempts, "due_at": one.due_at, "fault": one.fault, "code": one.code,
    }  # fmt: skip


def _line(one: "Letter") -> tuple[str, ...]:
    from datetime import UTC

    from guerdon.kit import ids

    why = " ".join(filter(None, (one.fault, str(one.code) if one.code else "")))
    made, due = (terminal.moment(at, UTC) for at in (one.made_at, one.due_at))
    return ids.show("letter", one.id), one.kind, made, terminal.number(one.attempts), due, why
