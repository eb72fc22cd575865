"""`guerdon backup`: the whole database as of one moment in one file, and the check of such a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import erased, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.kit.archive.backup import Manifest

NAME: Final = "guerdon-%Y-%m-%dT%H%M%SZ.tar"
File = Annotated[Path, typer.Argument(help="The file to write, or a folder for a file named by the time.")]


def backup(
    file: File,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing: prove every byte of this backup instead.")
    ] = False,
    with_secrets: Annotated[
        bool,
        typer.Option(
            "--with-secrets", help="Put the installation's secret into the file, which then opens everything."
        ),
    ] = False,
    as_json: terminal.Json = False,
) -> None:
    """Write the whole database into one file, as it stands at this moment.

    Nobody who writes meanwhile has to wait. The file is the same for SQLite and PostgreSQL, so it is also the way from
    one to the other: `guerdon restore` reads it into either. It is a plain tar of gzipped lines of JSON with checksums.

    The secret of the installation is not in it unless --with-secrets says so. Without the secret names, e-mail
    addresses and whatever else is sealed can't be read from a backup, by anybody: keep it somewhere else.

    Beside the file `erased.jsonl` is kept: the ids of all members who were erased. `guerdon restore` erases them again.

    \b
    Ends with 1 when --check finds a byte that was changed.

    \b
    Examples:
      guerdon backup /backups                  a file named by the time
      guerdon backup before-upgrade.tar
      guerdon backup --check before-upgrade.tar
    """
    if check:
        _check(file, as_json=as_json)
        return
    installation.enter()
    from guerdon.kit import clock

    path = file / clock.now().strftime(NAME) if file.is_dir() else file
    if path.exists():
        raise Failure(f"{installation.shown(path)} is there already.", hint="Name another file.", code=terminal.USAGE)
    if not path.parent.is_dir():
        raise Failure(f"There is no folder {installation.shown(path.parent)}.", code=terminal.UNREADABLE)
    told = write(path, with_secrets=with_secrets)
    erased.keep(path.parent)
    if as_json:
        terminal.show_json({"file": str(path), "bytes": path.stat().st_size, **summary(told)})
        return
    size = f"{terminal.number(path.stat().st_size)} bytes"
    terminal.say(f"{installation.shown(path)}: {terminal.counted(told.rows, 'row')}, {size}.")
    terminal.say(f"hash {told.sha256}")
    _show_secret(told)


def write(path: Path, *, with_secrets: bool = False) -> "Manifest":
    """Write a backup, showing how far it is."""
    import guerdon
    from guerdon.kit import snapshot
    from guerdon.kit.archive import backup as archive
    from guerdon.kit.archive import chest

    if with_secrets and _secret() is None:
        raise Failure("The installation has no secret that could go into a backup.", code=terminal.UNREADABLE)
    with snapshot.taken() as view, terminal.progress("Writing the backup (rows)", total=archive.count(view)) as advance:
        try:
            return archive.write(
                path, view, version=guerdon.__version__, secret=_secret() if with_secrets else None,
                marks=marks(), progress=advance,
            )  # fmt: skip
        except chest.Damaged as error:
            raise Failure(f"The backup could not be written: {error}.") from error


def summary(told: "Manifest") -> dict[str, object]:
    """What a backup is, for other programs."""
    return {
        "version": told.version, "engine": told.engine, "made_at": told.made_at, "rows": told.rows,
        "tables": {one.shape.table: one.rows for one in told.tables}, "sha256": told.sha256,
        "with_secret": told.with_secret,
    }  # fmt: skip


def marks() -> list[str]:
    """By which the installation's secret and its former ones are known again, in this order; none without a secret."""
    from guerdon.kit import secrets

    return secrets.marks() if secrets.present() else []


def _secret() -> str | None:
    from guerdon.kit import secrets

    return secrets.told() if secrets.present() else None


def _show_secret(told: "Manifest") -> None:
    if told.with_secret:
        terminal.warn("The secret is in it: whoever has this file can read everything, names and addresses too.")
    else:
        terminal.warn("The installation's secret is not in it. Without it names, e-mail addresses and all else that is")
        terminal.warn("sealed can't be read from this backup, by anybody. Keep GUERDON_SECRET, or the file `secret` in")
        terminal.warn("GUERDON_HOME, somewhere else; --with-secrets puts it into the file.")


def _check(path: Path, *, as_json: bool) -> None:
    told = checked(path)
    if as_json:
        terminal.show_json({"file": str(path), "bytes": path.stat().st_size, **summary(told)})
        return
    tables = terminal.counted(len(told.tables), "table")
    terminal.say(f"✓ Every byte is as it was written: {tables}, {terminal.counted(told.rows, 'row')}.", style="green")
    made = f"{told.made_at:%Y-%m-%d %H:%M:%S} UTC"
    terminal.say(f"Made {made} by version {told.version} from {told.engine}; hash {told.sha256}")
    _show_secret(told)


def checked(path: Path) -> "Manifest":
    """What a backup is, every byte of it proved. Raises the failure that says where it is damaged."""
    from guerdon.kit.archive import backup as archive
    from guerdon.kit.archive import chest

    try:
        with (
            chest.opened(path) as file,
            terminal.progress("Checking every byte", total=2 * file.length) as advance,
        ):
            return archive.check(file, advance)
    except chest.Damaged as error:
        why = f"{str(error)[0].upper()}{str(error)[1:]}."
        hint = "Take another backup: nothing of this one is to be trusted."
        raise Failure(f"{path} is damaged.", why=why, hint=hint, code=terminal.FINDING) from None
