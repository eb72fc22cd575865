"""Watching a server or a worker while it runs: metrics and traces, where they are wanted."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure


def want(metrics: str | None) -> None:
    """Let this process, and those that it starts, hear what was said on the command line; before the settings."""
    if metrics is not None:
        os.environ["GUERDON_METRICS"] = metrics


@contextmanager
def watched(children: Callable[[], list[int]] = list, *, processes: int = 1) -> Iterator[None]:
    """Around what runs: metrics at their address, traces on their way. `children` are processes that it started."""
    from django.conf import settings
    from django.db import connection

    from guerdon.faces import metrics as door
    from guerdon.faces import watched as front
    from guerdon.kit import metrics, tracing

    with ExitStack() as stack:
        try:
            at = door.address(settings.METRICS, token=settings.METRICS_TOKEN) if settings.METRICS else None
            if at is not None and processes > 1 and connection.vendor != "sqlite":
                stack.enter_context(metrics.shared())
            counted = front.begin()
            if at is not None and counted is not None:
                opened = door.opened(counted, at, token=settings.METRICS_TOKEN, children=children)
                terminal.note(f"Metrics are at {stack.enter_context(opened)}")
        except (ValueError, tracing.Unready) as error:
            raise Failure("It can't be watched as the settings say.", why=str(error), code=terminal.USAGE) from None
        except OSError as error:
            raise Failure(
                f"{settings.METRICS} can't be listened at for metrics.",
                why=f"The system says: {error.strerror or error}.",
                hint="Server and worker need a port each: choose another with --metrics.",
                code=terminal.USAGE,
            ) from None
        yield
