"""`guerdon secret`: another secret for the installation, and everything sealed with it, while it serves."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    pass

app = typer.Typer(
    help="""Give the installation another secret, while it serves.

    \b
      1  guerdon secret new        a secret that comes next; nothing is sealed with it yet
      2  restart servers, workers  so that all can open what others will seal with it
      3  guerdon secret use        it becomes the present one, which becomes a former one
      4  restart them once more    so that all seal with it
      5  guerdon secret rotate     everything that was sealed before comes under it
      6  guerdon secret forget     the former one is taken away
      7  restart them a last time, and make a backup

    Where the secret is in the environment, do 1, 3 and 6 there: a new one into GUERDON_SECRET_NEXT; then that into
    GUERDON_SECRET and the one before into GUERDON_SECRET_FORMER; then, after `guerdon secret forget`, take that away.

    \b
    Examples:
      guerdon secret new
      guerdon secret use --yes
      guerdon secret rotate
      guerdon secret forget --yes
    """,
    no_args_is_help=True,
)
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


@app.command()
def new(as_json: terminal.Json = False) -> None:
    """Make the secret that comes next, in the data folder. What others seal with it can be opened from then on.

    The secret is shown nowhere. Do it on one machine, and copy `secret.next` to the others, and to where you keep the
    copy of the secret.

    \b
    Example:
      guerdon secret new
    """
    installation.enter()
    from guerdon.engine import resealing
    from guerdon.kit import clock, store

    _check_folder("Put a new one (`openssl rand -hex 32`) into GUERDON_SECRET_NEXT, and restart everything.")
    found = resealing.standing(store.current())
    if found.next:
        raise Failure(
            "There is a secret that comes next already.",
            hint="Restart servers and workers, so that all know it, then: guerdon secret use",
            code=terminal.USAGE,
        )
    if found.former and not found.done:
        raise Failure(
            "There is a former secret that is still needed.", hint="First: guerdon secret rotate", code=terminal.USAGE
        )
    resealing.prepare(installation.home(), actor=installation.actor(), now=clock.now())
    if as_json:
        terminal.show_json({"former": found.former})
        return
    terminal.say("✓ There is a secret that comes next, in secret.next; nothing is sealed with it yet.", style="green")
    terminal.note("Keep a copy of it where the copy of the secret is.")
    terminal.note("Next: restart servers and workers, so that all know it, then `guerdon secret use`.")


@app.command()
def use(yes: Yes = False, as_json: terminal.Json = False) -> None:
    """Let the next secret become the present one; the present one becomes a former one, with which all is still opened.

    Restart servers and workers first: one that does not know the next secret could not open what is sealed with it. On
    several machines do it on one, and copy `secret` and `secret.former` to the others.

    \b
    Example:
      guerdon secret use --yes
    """
    installation.enter()
    from guerdon.engine import resealing
    from guerdon.kit import clock, secrets, store

    _check_folder(
        "Put its value into GUERDON_SECRET_FORMER and that of GUERDON_SECRET_NEXT into GUERDON_SECRET, restart\n"
        "everything, then: guerdon secret rotate"
    )
    if not secrets.upcoming():
        raise Failure("There is no secret that comes next.", hint="First: guerdon secret new", code=terminal.USAGE)
    resealing.standing(store.current())  # what cannot be opened now must not be hidden under one more secret
    terminal.agree(
        "Were all servers and workers restarted since the next secret was made?",
        yes=yes, otherwise="The secret is the one it was.",
    )  # fmt: skip
    resealing.renew(installation.home(), actor=installation.actor(), now=clock.now())
    if as_json:
        terminal.show_json({"former": len(secrets.former())})
        return
    terminal.say("✓ The next secret is the present one; the one before is kept in secret.former.", style="green")
    terminal.note("Next: restart servers and workers, so that all seal with it, then `guerdon secret rotate`.")


@app.command()
def rotate(as_json: terminal.Json = False) -> None:
    """Seal everything with the present secret, while others go on.

    Stop it whenever you like: run again it passes over what is done. Personal data, notes, claims, addresses of
    deliveries, letters that wait, seeds of draws and second factors come under the new secret. Restart servers and
    workers first: one that was not would go on sealing with the former secret.

    \b
    Example:
      guerdon secret rotate
    """
    installation.enter()
    from guerdon.engine import resealing
    from guerdon.kit import clock, store

    total = resealing.how_many(store.current())
    with terminal.progress("Sealing anew (cells)", total=total) as advance:
        changed = resealing.run(actor=installation.actor(), now=clock.now(), progress=advance)
    found = resealing.standing(store.current())
    if as_json:
        figures = {"cells": total, "changed": changed, "former": found.former, "next": found.next, "done": found.done}
        terminal.show_json(figures)
        return
    told = f"{terminal.number(changed)} anew, {terminal.counted(total, 'cell')} looked at"
    terminal.say(f"✓ Everything is sealed with the present secret: {told}.", style="green")
    if found.late:
        terminal.warn("Somebody seals with another one again: restart servers and workers, and rotate once more.")
    elif found.former:
        terminal.note(_when(found.former))
    if found.next:
        terminal.note(
            "There is a next secret, with which nothing was sealed: restart everything, `guerdon secret use`."
        )


@app.command()
def forget(yes: Yes = False, as_json: terminal.Json = False) -> None:
    """Take the former secrets away from the data folder, after a look at everything that is sealed.

    Nothing is taken away while anything needs them. Whoever has not come in since the new secret must sign in again;
    links made before to come in end, too. Backups from before need the former secret: keep it with them.

    \b
    Example:
      guerdon secret forget --yes
    """
    installation.enter()
    from guerdon.engine import resealing
    from guerdon.kit import clock, secrets, store

    former = secrets.former()
    if former:
        found = resealing.standing(store.current())
        if not found.done:
            raise _needed("Not everything that is kept is sealed with the present secret.")
        own = not os.environ.get("GUERDON_SECRET_FORMER")
        if own:
            told = f"Take {terminal.counted(len(former), 'former secret')} away?"
            terminal.agree(
                f"{told} Backups from before can't be read without.", yes=yes, otherwise="Nothing was taken away."
            )
        total = resealing.how_many(store.current())
        try:
            with terminal.progress("Looking at everything (cells)", total=total) as advance:
                if own:
                    resealing.forget(installation.home(), actor=installation.actor(), now=clock.now(), progress=advance)
                else:
                    resealing.check(advance)
        except resealing.Needed as error:
            raise _needed(f"Found {terminal.counted(error.cells, 'cell')} sealed with another secret.") from None
        if not own:
            told = "Nothing needs what GUERDON_SECRET_FORMER says, which no command can change."
            raise Failure(told, hint="Take it out of the environment, and restart everything.", code=terminal.USAGE)
    if as_json:
        terminal.show_json({"forgotten": len(former)})
        return
    terminal.say(f"✓ {terminal.counted(len(former), 'former secret')} taken away.", style="green")
    terminal.note("Next: restart servers and workers, and make a backup.")


def _check_folder(hint: str) -> None:
    """Where the secret is in the environment, that is where it is changed."""
    if os.environ.get("GUERDON_SECRET") or os.environ.get("GUERDON_SECRET_NEXT"):
        told = "The secret here is that of the environment, which no command can change."
        raise Failure(told, hint=hint, code=terminal.USAGE)


def _needed(why: str) -> Failure:
    hint = "Restart servers and workers, so that none seals with it any more, then: guerdon secret rotate"
    return Failure("A former secret is still needed.", why=why, hint=hint, code=terminal.USAGE)


def _when(former: int) -> str:
    which = "The former one" if former == 1 else f"The {former} former ones"
    return f"{which} can be taken away: `guerdon secret forget`. Who has not come in since must sign in again then."
