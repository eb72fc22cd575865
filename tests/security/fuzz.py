"""Fuzz a scratch installation: `python -m tests.security.fuzz [--full] [--seed N]`; the suite runs a quick form."""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Fuzz every operation of the API by its description; 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--full", action="store_true", help="100 examples of each mode instead of 4")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="guerdon-fuzz-") as folder:
        _open(folder)
        from tests.security import fuzzing

        fuzz = fuzzing.run(examples=100 if options.full else 4, seed=options.seed)
    print(f"seed {options.seed}: {fuzz.asked} requests, {dict(sorted(fuzz.answered.items()))}")
    print(f"{len(fuzz.done)} operations answered 2xx; not yet: {', '.join(fuzz.not_done())}")
    for label, what in fuzz.wrong.items():
        print(f"\n{label}: {what}")
    return 1 if fuzz.wrong else 0


def _open(folder: str) -> None:
    """An empty installation in a folder of its own."""
    os.environ |= {
        "GUERDON_HOME": folder, "GUERDON_DATABASE_URL": f"sqlite:///{folder}/fuzz.sqlite3",
        "DJANGO_SETTINGS_MODULE": "guerdon.site.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }  # fmt: skip
    import django
    import structlog
    from django.core import management

    django.setup()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    from guerdon.kit import secrets

    secrets.provide(Path(folder))
    management.call_command("migrate", verbosity=0, interactive=False)


if __name__ == "__main__":
    sys.exit(main())
