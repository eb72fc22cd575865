"""`guerdon receipt`: an activity's receipt, which anybody can verify later against a published head."""

import sys
from typing import Annotated

import typer

from guerdon.faces.cli import installation

Head = Annotated[int | None, typer.Option("--head", help="Prove it up to this later seal's head.", metavar="NUMBER")]


def receipt(
    activity: Annotated[str, typer.Argument(help="The activity's id, act_….", metavar="ACTIVITY")],
    head: Head = None,
    programme: installation.ProgrammeKey = None,
) -> None:
    """Write the receipt of an activity, as JSON.

    It holds the journal's entry with every point it moved, and the hashes that lead from there to the head of its seal.
    Whoever keeps it can verify it with that head alone, without this database, for ever.

    \b
    Examples:
      guerdon receipt act_019b0f40c1237d6f9e03a1b2c3d4e501 > receipt.json
      guerdon verify --receipt receipt.json --head heads.txt
    """
    installation.enter()
    import msgspec

    from guerdon.engine import seal
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    found = seal.receipt(store.current(), row.id, ids.read("activity", activity), head=head)
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    sys.stdout.flush()
