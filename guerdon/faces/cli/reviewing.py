"""What is done to a draft at the terminal: submitted, approved, returned, brought up to date, published, given up."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from guerdon.engine.adjust import Actor
    from guerdon.engine.drafts import Deed
    from guerdon.features.drafts.queries import DraftRow
    from guerdon.features.programmes.queries import ProgrammeRow

Which = Annotated[str, typer.Argument(help="Its id drf_…", metavar="DRAFT")]
Why = Annotated[str, typer.Option("--why", help="Why it is done; stands in the history.", metavar="TEXT")]
By = Annotated[str, typer.Option("--by", help="Who does it, as their API key is called.", metavar="NAME")]
Revision = Annotated[
    int | None,
    typer.Option(
        "--revision", help="The revision you looked at; refused where it has changed since.", metavar="N",
        parser=terminal.whole(1),
    ),
]  # fmt: skip


def _move(verb: str, which: str, why: str, by: str, revision: int | None, key: str | None, as_json: bool) -> None:
    """One step of a draft that needs no more than words."""
    installation.enter()
    from guerdon.engine import drafts

    run: dict[str, Callable[[Deed], DraftRow]] = {
        "submit": drafts.submit, "approve": drafts.approve, "return": drafts.send_back, "discard": drafts.discard,
    }  # fmt: skip
    row = installation.programme(key)
    tell(run[verb](deed(row, which, by, why, revision)), as_json)


def submit(
    which: Which,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Ask a second person to look at it.

    \b
    Example:
      guerdon draft submit drf_… --by Emil
    """
    _move("submit", which, why, by, revision, programme, as_json)


def approve(
    which: Which,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Approve it, as somebody who had no hand in it.

    \b
    Example:
      guerdon draft approve drf_… --revision 3 --by Dora
    """
    _move("approve", which, why, by, revision, programme, as_json)


def return_(
    which: Which,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Return it to those who made it, with words in --why.

    \b
    Example:
      guerdon draft return drf_… --why "Mondays are no longer quiet" --by Dora
    """
    _move("return", which, why, by, revision, programme, as_json)


def discard(
    which: Which,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give it up, for good; what was done to it can still be read.

    \b
    Example:
      guerdon draft discard drf_… --yes
    """
    terminal.agree(f"Give {which} up? It can't be taken back.", yes=yes, otherwise="Nothing was discarded.")
    _move("discard", which, why, by, revision, programme, as_json)


def rebase(  # noqa: PLR0917 - each of them is an option of the command
    which: Which,
    mine: Annotated[
        list[str] | None, typer.Option("--mine", help="A part that stays as the draft has it.", metavar="POINTER")
    ] = None,
    theirs: Annotated[
        list[str] | None, typer.Option("--theirs", help="A part as the newest version has it.", metavar="POINTER")
    ] = None,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Bring it onto the newest version. Of what both changed say whose counts; the refusal tells which parts those are.

    \b
    Example:
      guerdon draft rebase drf_… --mine /rules/base --theirs /currency
    """
    installation.enter()
    from guerdon.core.edits import Side
    from guerdon.engine import drafts

    row = installation.programme(programme)
    take: dict[str, Side] = {**dict.fromkeys(mine or (), "mine"), **dict.fromkeys(theirs or (), "theirs")}
    tell(drafts.rebase(deed(row, which, by, why, revision), take), as_json)


def publish(  # noqa: PLR0917 - each of them is an option of the command
    which: Which,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="In force from this day, or day and time, of its zone.", metavar="WHEN"),
    ] = None,
    why: Why = "",
    by: By = "",
    revision: Revision = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Make it the next version: from now on, or from a day that is told. It can't be taken back.

    \b
    Examples:
      guerdon draft publish drf_… --yes
      guerdon draft publish drf_… --as-of 2027-01-01 --by Emil
    """
    installation.enter()
    from guerdon.engine import drafts

    row = installation.programme(programme)
    wanted = deed(row, which, by, why, revision)
    zone = installation.lawbook(row).newest().zone
    since = None if as_of is None else installation.moment(as_of, zone, "--as-of", now=wanted.now)
    question = f"Make {which} the next version of {row.key}? It can't be taken back."
    terminal.agree(question, yes=yes, otherwise="Nothing was published.")
    after, version = drafts.publish(wanted, effective_at=since)
    if as_json:
        terminal.show_json(document(after) | {"effective_at": version.effective_at})
    else:
        told = terminal.moment(version.effective_at, zone)
        terminal.say(f"Version {version.number} of {row.key} is published, in force from {told}.")


def deed(row: "ProgrammeRow", which: str, by: str, why: str, revision: int | None) -> "Deed":
    """Who does something to which draft, when and why. Raises `id_malformed`."""
    from guerdon.engine.drafts import Deed
    from guerdon.kit import ids

    return Deed(row.id, ids.read("draft", which), actor(row, by), installation.now(row), revision, why)


def actor(row: "ProgrammeRow", by: str) -> "Actor":
    """Who does it: the one of the name, else whoever sits at the terminal."""
    from guerdon.faces.cli import adjust

    return adjust.person(row.id, by or installation.who())


def words(name: str) -> str:
    """The name of a state or a step as people read it."""
    return name.replace("_", " ")


def tell(one: "DraftRow", as_json: bool) -> None:
    """Say where a draft stands by now."""
    from guerdon.kit import ids

    if as_json:
        terminal.show_json(document(one))
        return
    terminal.say(f"{ids.show('draft', one.id)} is {words(one.state)}, at revision {one.revision}.")


def document(one: "DraftRow") -> dict[str, object]:
    """A draft for other programs."""
    from guerdon.kit import ids

    return {
        "id": ids.show("draft", one.id), "title": one.title, "state": one.state, "base": one.base,
        "revision": one.revision, "version": one.version, "created_at": one.created_at, "created_by": one.by,
    }  # fmt: skip
