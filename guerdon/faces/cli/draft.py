"""Drafts of a programme at the terminal: begun from a file, tried, submitted, approved or returned, published."""

import sys
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from guerdon.faces.cli import files, installation, reviewing, samples, terminal
from guerdon.faces.cli.files import File, Spoken
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.drafts import State
    from guerdon.features.drafts.queries import DraftRow, StepRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Drafts: change a programme, try the change, let a second person look, publish.

    \b
    Examples:
      guerdon draft begin aurora.yaml --title "Twice on Mondays"
      guerdon draft try drf_… --amount 12.40 --member ann
      guerdon draft submit drf_… --by Emil
      guerdon draft approve drf_… --by Dora
      guerdon draft publish drf_…
    """,
)

for _name, _more in (
    ("submit", reviewing.submit), ("approve", reviewing.approve), ("return", reviewing.return_),
    ("rebase", reviewing.rebase), ("publish", reviewing.publish), ("discard", reviewing.discard),
):  # fmt: skip
    app.command(_name)(_more)


@app.command("list")
def list_(
    state: Annotated[
        str, typer.Option("--state", help="Those in one state, like open or in_review.", metavar="STATE")
    ] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Which drafts are there, those that ended too?

    \b
    Example:
      guerdon draft list --state in_review
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.features.drafts import queries
    from guerdon.kit import ids, store

    row, wanted = installation.programme(programme), _state(state)
    found: list[DraftRow] = []
    while True:
        after = found[-1].id if found else ids.NIL
        page = queries.page(store.current(), row.id, after=after, most=limits.PAGE_ROWS_MAX, state=wanted)
        found += page
        if len(page) < limits.PAGE_ROWS_MAX:
            break
    if as_json:
        terminal.show_json([reviewing.document(one) for one in found])
        return
    if not found:
        terminal.say("There is no draft." if wanted is None else "There is none.")
        return
    zone = installation.lawbook(row).newest().zone
    rows = [
        (ids.show("draft", one.id), one.title, one.state, one.base, one.revision, one.by,
         terminal.moment(one.created_at, zone))
        for one in found
    ]  # fmt: skip
    terminal.table("", ("draft", "title", "state", "#of version", "#revision", "by", "begun"), rows)


@app.command()
def begin(
    file: File,
    title: Annotated[str, typer.Option("--title", help="What the change is called.", metavar="TEXT")],
    why: reviewing.Why = "",
    by: reviewing.By = "",
    as_json: terminal.Json = False,
) -> None:
    """Begin a draft on the newest version, with what a file says. Nothing of it is law before it is published.

    \b
    Example:
      guerdon draft begin aurora.yaml --title "Twice on Mondays" --why "Mondays are quiet" --by Emil
    """
    from guerdon.core import limits
    from guerdon.engine import drafts

    if not title.strip() or len(title) > limits.NAME_CHARS_MAX:
        raise Failure(f"A title has 1 to {limits.NAME_CHARS_MAX} characters.", code=terminal.USAGE)
    text = files.text_of(file)
    wanted = files.valid(file, text)
    installation.enter()
    row = installation.programme(wanted.key)
    actor, now = reviewing.actor(row, by), installation.now(row)
    begun = drafts.begin(programme_id=row.id, title=title.strip(), actor=actor, now=now, why=why)
    reviewing.tell(drafts.write(drafts.Deed(row.id, begun.id, actor, now, begun.revision, why), text.decode()), as_json)


@app.command()
def write(
    which: reviewing.Which,
    file: File,
    why: reviewing.Why = "",
    by: reviewing.By = "",
    revision: reviewing.Revision = None,
    as_json: terminal.Json = False,
) -> None:
    """Replace the file of a draft. One that was submitted or approved has to be submitted again.

    \b
    Example:
      guerdon draft write drf_… aurora.yaml --why "Only until Easter"
    """
    from guerdon.engine import drafts

    text = files.text_of(file)
    wanted = files.valid(file, text)
    installation.enter()
    row = installation.programme(wanted.key)
    reviewing.tell(drafts.write(reviewing.deed(row, which, by, why, revision), text.decode()), as_json)


@app.command()
def show(
    which: reviewing.Which,
    language: Spoken = "en",
    yaml: Annotated[bool, typer.Option("--yaml", help="Print the file itself.")] = False,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What does a draft change, who did what to it, and does a newer version stand in its way?

    \b
    Examples:
      guerdon draft show drf_… --language bg
      guerdon draft show drf_… --yaml > aurora.yaml
    """
    installation.enter()
    from guerdon.core import differences
    from guerdon.engine import drafts
    from guerdon.features.drafts import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    checked = drafts.check(store.current(), row.id, ids.read("draft", which))
    one = checked.draft
    steps = queries.steps(store.current(), row.id, one.id)
    changed = differences.between(checked.base, checked.programme, language)
    if yaml:
        sys.stdout.write(one.source if one.source.endswith("\n") else one.source + "\n")
    elif as_json:
        more = {"newest": checked.newest, "clashes": checked.clashes, "differences": changed}
        terminal.show_json(reviewing.document(one) | more | {"steps": [_step(each) for each in steps]})
    else:
        terminal.say(f"{ids.show('draft', one.id)} “{one.title}”: {reviewing.words(one.state)}", style="bold")
        terminal.say(f"Revision {one.revision}, made from version {one.base}; the newest is {checked.newest}.")
        for sentence in changed or ["It changes nothing."]:
            terminal.say(f"  • {sentence}")
        if checked.clashes:
            terminal.warn(f"Newer versions changed otherwise: {', '.join(checked.clashes)}")
        rows = [
            (terminal.moment(each.at, checked.base.zone), each.actor, reviewing.words(each.verb), each.why)
            for each in steps
        ]
        terminal.table("", ("when", "who", "what", "why"), rows)


@app.command("try")
def try_(  # noqa: PLR0917 - each of them is an option of the command
    which: reviewing.Which,
    amount: samples.Amount = "",
    member: samples.Member = "",
    at: samples.At = None,
    sample: samples.File = "",
    language: Spoken = "en",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What would a basket earn by a draft, why, and what by what is published? Nothing is written.

    A basket is an amount, or a JSON file as `POST /v1/programme/try` takes it, with lines, stores and a sample member.

    \b
    Examples:
      guerdon draft try drf_… --amount 12.40
      guerdon draft try drf_… --amount 12.40 --member ann --at 2026-12-24T10:00
      guerdon draft try drf_… --sample basket.json --language tr
    """
    installation.enter()
    from guerdon.core.law import Law
    from guerdon.engine import drafts
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    checked = drafts.check(store.current(), row.id, ids.read("draft", which))
    law = Law(checked.programme, checked.newest + 1)
    body = samples.read(law, amount=amount, member=member, at=at, file=sample, now=installation.now(row))
    samples.show(row, law, body, language, as_json=as_json)


def _state(word: str) -> "State | None":
    from guerdon.core.drafts import State

    for state in get_args(State):
        if word == state:
            found: State = state
            return found
    if word:
        hint = f"Use {', '.join(get_args(State))}."
        raise Failure(f"--state: there is no “{word[:40]}”.", hint=hint, code=terminal.USAGE)
    return None


def _step(one: "StepRow") -> dict[str, object]:
    changes = [{"op": each.op, "path": each.path} for each in one.changes]
    return {
        "number": one.number, "verb": one.verb, "actor": one.actor, "at": one.at, "why": one.why, "changes": changes,
    }  # fmt: skip
