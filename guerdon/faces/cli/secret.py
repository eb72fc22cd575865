"""`guerdon secret`: another secret for the installation, and everything sealed with it, while it serves."""

from typing import Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

app = typer.Typer(
    help="""Give the installation another secret, while it serves.

    \b
      1  guerdon secret new        the present secret becomes a former one
      2  restart servers, workers  so that all know both
      3  guerdon secret rotate     everything is sealed with the new one
      4  guerdon secret forget     the former one is taken away
      5  restart them once more, and make a backup

    Where the secret is in the environment, for 1 and 4 change GUERDON_SECRET and GUERDON_SECRET_FORMER there.

    \b
    Examples:
      guerdon secret new
      guerdon secret rotate
      guerdon secret forget --yes
    """,
    no_args_is_help=True,
)
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


@app.command()
def new(as_json: terminal.Json = False) -> None:
    """Make a new secret in the data folder; the present one becomes a former one, with which all is still opened.

    The secret is shown nowhere. Do it on one machine, and copy both files to the others.

    \b
    Example:
      guerdon secret new
    """
    installation.enter()
    import os

    from guerdon.engine import resealing
    from guerdon.kit import secrets, store

    if os.environ.get("GUERDON_SECRET"):
        raise Failure(
            "The secret here is that of GUERDON_SECRET, which no command can change.",
            hint="Put its value into GUERDON_SECRET_FORMER and a new one (`openssl rand -hex 32`) into\n"
            "GUERDON_SECRET, restart everything, then `guerdon secret rotate`.",
            code=terminal.USAGE,
        )
    found = resealing.standing(store.current())
    if found.former and not found.free:
        raise Failure(
            "There is a former secret that is still needed.", hint="First: guerdon secret rotate", code=terminal.USAGE
        )
    secrets.renew(installation.home())
    if as_json:
        terminal.show_json({"former": found.former + 1})
        return
    terminal.say("✓ There is a new secret; the one before is kept beside it, in secret.former.", style="green")
    terminal.note("Next: restart servers and workers, so that all know both, then `guerdon secret rotate`.")


@app.command()
def rotate(as_json: terminal.Json = False) -> None:
    """Seal everything with the present secret, while others go on.

    Stop it whenever you like: run again it passes over what is done. Personal data, notes, claims, addresses of
    deliveries, letters that wait, seeds of draws and second factors come under the new secret. Restart servers and
    workers first: one that knows only the former secret would go on sealing with that.

    \b
    Example:
      guerdon secret rotate
    """
    installation.enter()
    from guerdon.engine import resealing
    from guerdon.kit import clock, store
    from guerdon.kit.audit import Actor

    actor = Actor("operator", installation.who())
    total = resealing.how_many(store.current())
    with terminal.progress("Sealing anew (cells)", total=total) as advance:
        changed = resealing.run(actor=actor, now=clock.now(), progress=advance)
    found = resealing.standing(store.current())
    if as_json:
        terminal.show_json({"cells": total, "changed": changed, "former": found.former, "free": found.free})
        return
    told = f"{terminal.number(changed)} anew, {terminal.counted(total, 'cell')} looked at"
    terminal.say(f"✓ Everything is sealed with the present secret: {told}.", style="green")
    if found.former:
        terminal.note(_when(found.former))
    if found.late:
        terminal.warn("Somebody seals with the former one again: restart servers and workers, and rotate once more.")


@app.command()
def forget(yes: Yes = False, as_json: terminal.Json = False) -> None:
    """Take the former secrets away from the data folder, once nothing that is kept needs them.

    Whoever has not come in since the new secret must sign in again; links made before to come in end, too. Backups
    from before need the former secret: keep it with them.

    \b
    Example:
      guerdon secret forget --yes
    """
    installation.enter()
    import os

    from guerdon.engine import resealing
    from guerdon.kit import secrets, store

    found = resealing.standing(store.current())
    if found.former and not found.free:
        raise Failure("A former secret is still needed.", hint="First: guerdon secret rotate", code=terminal.USAGE)
    if os.environ.get("GUERDON_SECRET_FORMER"):
        told = "GUERDON_SECRET_FORMER can be taken away."
        raise Failure(told, hint="Take it out of the environment, and restart everything.", code=terminal.USAGE)
    if found.former:
        terminal.agree(
            f"Take {terminal.counted(found.former, 'former secret')} away? Backups from before can't be read without.",
            yes=yes, otherwise="Nothing was taken away.",
        )  # fmt: skip
        secrets.forget(installation.home())
    if as_json:
        terminal.show_json({"forgotten": found.former})
        return
    terminal.say(f"✓ {terminal.counted(found.former, 'former secret')} taken away.", style="green")
    terminal.note("Next: restart servers and workers, and make a backup.")


def _when(former: int) -> str:
    which = "The former one" if former == 1 else f"The {former} former ones"
    return f"{which} can be taken away: `guerdon secret forget`. Who has not come in since must sign in again then."
