"""What can stop an import, in sentences: a file, a package, an interruption."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from guerdon.core.errors import Refusal
from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure


@contextmanager
def told_plainly(*, dry_run: bool) -> Iterator[None]:
    """Refusals of files and packages in sentences; an interruption says how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        why = "Every finished chunk of the import stays; the one at hand was rolled back."
        hint = "Run the same command again; it goes on where this one stopped."
        if dry_run:
            why, hint = "It was a dry run: nothing was written.", "Run the same command again; it begins anew."
        raise Failure("Interrupted.", why=why, hint=hint, code=terminal.INTERRUPTED) from None
    except Refusal as refusal:
        tell = _TOLD.get(refusal.code)
        if tell is None:
            raise
        raise tell(refusal) from None


def _unreadable(refusal: Refusal) -> Failure:
    from guerdon.faces.imports import faults

    facts = refusal.facts
    place = f", line {facts['line']}" if facts["line"] else ""
    sentence = faults.FILE_REASONS[str(facts["reason"])]
    detail = f"({facts['detail']})" if facts["detail"] else ""
    # Only a file that changes can stop an import that has begun: everything else is found before it begins.
    hint = "Finished chunks stay." if facts["reason"] == "changed" else "Nothing of it was imported in this run."
    return Failure(f"{facts['file']}{place}: {sentence}", why=detail, hint=hint)


def _package(refusal: Refusal) -> Failure:
    facts = refusal.facts
    hint = f"Install it without its dependencies: pip install --no-deps {facts['requirement']}"
    return Failure(f"The package {facts['package']} is not installed.", hint=hint)


def _package_file(refusal: Refusal) -> Failure:
    return Failure("The package {package} has no file {file}.".format(**refusal.facts), hint="Install it again.")


_TOLD: Final[dict[str, Callable[[Refusal], Failure]]] = {
    "import_file_unreadable": _unreadable,
    "import_package_missing": _package,
    "import_package_file_missing": _package_file,
}
