"""The command `guerdon`, and the one way in which all of its commands end."""

# Only what Python has loaded anyway stands here: a Ctrl-C must find the block below even during the imports.
import os
import sys

SETTINGS = "guerdon.site.settings"
INTERRUPTED_BY_TYPER = 130
_AGAIN_SECONDS = 0.01


def main() -> None:
    """Run the command line and end with a meaningful code; the console script."""
    try:
        import signal

        signal.signal(signal.SIGTERM, _interrupt)
        sys.unraisablehook = _unheard
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        from guerdon.faces.cli import commands

        wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
        commands.build(wanted)(prog_name="guerdon")
    except KeyboardInterrupt as error:
        _stop(error)
    except SystemExit as ended:
        if ended.code == INTERRUPTED_BY_TYPER:
            _stop(KeyboardInterrupt())
        _go_deaf()
        raise
    except Exception as error:
        _stop(KeyboardInterrupt() if _wraps_an_interrupt(error) else error)
        raise


def _interrupt(signum: int, frame: object) -> None:
    """A termination signal stops a command as Ctrl-C does: after rolling back what is half done."""
    raise KeyboardInterrupt


def _unheard(lost: "sys.UnraisableHookArgs") -> None:
    """A signal that came while Python tidied up, where nothing can be raised, comes again a little later."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        import signal

        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
    else:
        sys.__unraisablehook__(lost)


def _wraps_an_interrupt(error: BaseException | None) -> bool:
    """Whether a Ctrl-C stands behind the error: what is raised while a class is made or a library loads is wrapped."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _go_deaf() -> None:
    """The work is over: a signal would find nothing left to stop, only an end code to spoil.

    Python gives handlers back to the system while it closes, but leaves alone what is ignored.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    # An interrupt that went through a text being run (named tuples, data classes) is remembered until the next text:
    # Python would kill itself with it after a clean end.
    exec("")  # noqa: S102 - an empty one, of ours


def _stop(error: BaseException) -> None:
    """End with the sentence and the code of a known failure; a mistake of ours comes back for its traceback."""
    _go_deaf()
    if isinstance(error, KeyboardInterrupt):  # it may have come in the middle of a library: no other is loaded for it
        from guerdon.faces.cli import stopped

        print(f"✗ {stopped.WHAT}\n  {stopped.WHY}\n  {stopped.HINT}", file=sys.stderr)
        sys.exit(stopped.CODE)
    from guerdon.faces.cli import faults, terminal

    failure = faults.told(error)
    if failure is not None:
        terminal.show_failure(failure)
        sys.exit(failure.code)


if __name__ == "__main__":
    main()
