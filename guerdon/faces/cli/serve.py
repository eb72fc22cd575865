"""The server from the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.core import limits
from guerdon.faces.cli import address, installation, terminal, watching
from guerdon.faces.cli.address import HOST, PORT
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.faces.server import PortTaken

LOOPBACK: Final = frozenset({HOST, "::1", "localhost"})  # where nobody but this machine gets in
PORT_MAX: Final = 65_535

Host = Annotated[str, typer.Option("--host", help="The address to listen at; 0.0.0.0 is everybody.", metavar="ADDRESS")]
Port = Annotated[
    int,
    typer.Option(
        "--port", help="The port; 0 takes any that is free.", parser=terminal.whole(0, PORT_MAX), metavar="PORT"
    ),
]


def serve(
    host: Host = HOST,
    port: Port = PORT,
    processes: Annotated[
        int,
        typer.Option(
            "--processes",
            help=f"How many serve, on PostgreSQL; {limits.PROCESSES_MAX} at most.",
            parser=terminal.whole(1, limits.PROCESSES_MAX),
            metavar="N",
        ),
    ] = 1,
    no_work: Annotated[
        bool, typer.Option("--no-work", help="Run no jobs and send no news here; `guerdon work` does.")
    ] = False,
    events: Annotated[
        Path | None,
        typer.Option(
            "--events", help="Append news to this file, one JSON object a line (or GUERDON_EVENTS).", metavar="FILE"
        ),
    ] = None,
    metrics: terminal.Metrics = None,
) -> None:
    """Serve the API, and do the work in the background, until Ctrl-C.

    What was answered is on the disk; Ctrl-C lets requests that are being answered come to their end.

    \b
    Examples:
      guerdon serve
      guerdon serve --host 0.0.0.0 --port 8080
      GUERDON_DATABASE_URL=postgresql://guerdon@localhost/guerdon guerdon serve --processes 4 --no-work
      guerdon serve --metrics 127.0.0.1:9464
    """
    watching.want(metrics)
    installation.enter()
    from django.db import connection

    if processes > 1 and connection.vendor == "sqlite":
        terminal.note("SQLite has one writer, so one process serves it.")
    run(host, port, processes=processes, working=not no_work, events=events)


def find_free(host: str, port: int) -> int:
    """The port that can be listened at, asked before long work that ends in serving there; for 0 one that is free."""
    from guerdon.faces import server

    try:
        with server.listen(host, port) as listener:
            return int(listener.getsockname()[1])
    except server.PortTaken as error:
        raise _taken(error) from None


def run(host: str, port: int, *, processes: int = 1, working: bool = True, events: Path | None = None) -> None:
    """Serve until told to stop."""
    from guerdon.faces import life, server
    from guerdon.kit import logs, worker

    logs.configure()
    told: list[str] = []

    def ready(url: str) -> None:
        told.append(url)
        address.remember(url)
        _greet(url)

    try:
        with watching.watched(server.children, processes=processes):
            server.serve(
                host=host,
                port=port,
                processes=processes,
                worker=(lambda stop: worker.start_thread(stop, events=events)) if working else None,
                ready=ready,
            )
    except server.PortTaken as error:
        raise _taken(error) from None
    except life.Unfit as error:
        raise Failure(
            "This database must not be served as it is.",
            why="\n".join(error.faults),
            hint="`guerdon migrate` applies what is missing; settings are the database's own.",
            code=terminal.NO_DATABASE,
        ) from None
    finally:
        for url in told:
            address.forget(url)
    terminal.note("Stopped. Everything that was answered is kept.")


def _taken(error: "PortTaken") -> Failure:
    other = error.port + 1 if error.port < PORT_MAX else PORT + 1
    return Failure(
        f"{error.host}:{error.port} can't be listened at.",
        why=f"The system says: {error.reason}.",
        hint="Something else may serve there, perhaps another Guerdon. Stop it, or choose another port:\n"
        f'--port {other}, or make up ARGS="--port {other}"',
        code=terminal.USAGE,
    )


def _greet(url: str) -> None:
    from guerdon.faces.start import access
    from guerdon.kit import store

    terminal.note(f"Guerdon serves at {url}, its docs at {url}/docs. Ctrl-C stops it.")
    try:
        empty = access.empty()
    except Exception as error:
        if not store.unavailable(error):
            raise
        terminal.note("The database is away just now; whoever asks is told to come again.")
        return
    if empty:
        terminal.note(f"There is no programme yet. Begin here: {address.base(url)}{access.link()}")
        terminal.note("It lets in whoever has it, for a day; `guerdon start` prints another one.")
