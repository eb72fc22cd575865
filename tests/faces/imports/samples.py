"""Small files and mappings of Café Aurora, as the tests of the importer use them."""

from pathlib import Path
from zoneinfo import ZoneInfo

from guerdon.core.activities import Activity
from guerdon.core.errors import Refusal
from guerdon.faces.imports import mapping_text
from guerdon.faces.imports.chunks import Chunk
from guerdon.faces.imports.faults import Fault
from guerdon.faces.imports.files import ShopFile
from guerdon.faces.imports.mapping import Mapping

SOFIA = ZoneInfo("Europe/Sofia")
LINES = """
source: till
rows: lines
columns: {external_id: order, occurred_at: at, member: {external_id: who}, store: shop}
line: {amount: gross, product: sku, quantity: qty, discount: off}
"""
SUMS = """
source: till
columns: {external_id: order, occurred_at: at, member: {card: who}, amount: total}
"""
HEADER = "order,at,who,shop,sku,gross,qty,off\n"


def mapping(text: str = LINES) -> Mapping:
    """The mapping of a text that must be right."""
    reading = mapping_text.read(text)
    assert reading.mapping is not None, [str(problem) for problem in reading.problems]
    return reading.mapping


def write(folder: Path, content: str | bytes, name: str = "sales.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def opened(path: Path, text: str = LINES, *, chunk: int = 2_000) -> ShopFile:
    """The file as a source, scanned."""
    file = ShopFile(path, mapping(text), zone=SOFIA, home_currency="EUR", chunk_activities=chunk)
    file.scan()
    return file


def read(folder: Path, content: str | bytes, text: str = LINES, name: str = "sales.csv") -> list[Chunk]:
    """All chunks of a file with this content."""
    return list(opened(write(folder, content, name), text).chunks())


def activities(chunks: list[Chunk]) -> list[Activity]:
    return [activity for chunk in chunks for activity in chunk.activities]


def faults(chunks: list[Chunk]) -> list[tuple[int, str, str]]:
    """Line, column and reason of every fault."""
    return [(fault.line, fault.column, fault.reason) for fault in all_faults(chunks)]


def all_faults(chunks: list[Chunk]) -> list[Fault]:
    return [fault for chunk in chunks for fault in chunk.faults]


def told(refusal: Refusal) -> tuple[str, int | None]:
    """Reason and line of a refused file."""
    assert refusal.code == "import_file_unreadable"
    return str(refusal.facts["reason"]), refusal.facts["line"]


def basket(order: str, *lines: str, at: str = "2026-01-05 10:00:00", who: str = "ann") -> str:
    """Rows of one basket; each line is `sku,gross,qty,off`."""
    return "".join(f"{order},{at},{who},centre,{line}\n" for line in lines)
