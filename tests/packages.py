"""Programs of the distribution that tests need: found where they are, installed where that is allowed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


class Unavailable(Exception):
    """A program is not here and can't be installed by us; the message says why."""


def install(package: str, *, missing: str) -> None:
    """Install a package of the distribution; `missing` says what was not found.

    Raises Unavailable where that is impossible, or forbidden by GUERDON_NO_INSTALL=1.
    """
    if os.environ.get("GUERDON_NO_INSTALL") == "1":
        raise Unavailable(f"{missing}, and GUERDON_NO_INSTALL=1 forbids to install it")
    apt = shutil.which("apt-get")
    if apt is None:
        raise Unavailable(f"{missing}; install {package}")
    prefix: list[str] = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if shutil.which("sudo") is None or subprocess.run(["sudo", "-n", "true"], check=False).returncode:
            raise Unavailable(f"{missing}; install it: sudo apt-get install {package}")
    print(f"{missing}: installing the distribution's package.", file=sys.stderr, flush=True)
    quiet: Sequence[str] = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-y"]
    for step in (["update"], ["install", "--no-install-recommends", package]):
        done = subprocess.run([*quiet, *step], stdout=sys.stderr, check=False)
        if done.returncode:
            raise Unavailable(f"{missing}, and `apt-get {step[0]}` failed")
