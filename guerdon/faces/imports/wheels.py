"""Files inside an installed package that is never imported, because it was installed without its dependencies."""

from importlib.util import find_spec
from pathlib import Path

from guerdon.core import errors

PACKAGE_MISSING = errors.declare("unknown", "import_package_missing", "package", "requirement")
PACKAGE_FILE_MISSING = errors.declare("unknown", "import_package_file_missing", "package", "file")


def locate(package: str, requirement: str) -> Path:
    """The folder of a top-level package; refuses with what to install where it is not there."""
    spec = find_spec(package)  # for a top-level name this looks the folder up and runs nothing
    if spec is None or not spec.submodule_search_locations:
        raise PACKAGE_MISSING(package=package, requirement=requirement)
    return Path(spec.submodule_search_locations[0])


def file(package: str, requirement: str, name: str) -> Path:
    """One file of the package."""
    path = locate(package, requirement) / name
    if not path.is_file():
        raise PACKAGE_FILE_MISSING(package=package, file=name)
    return path
