"""The map of the house: every table that anything is remembered in stands in ARCHITECTURE.md, and no other."""

import re
from pathlib import Path

from django.apps import apps

MAP = Path(__file__).parents[2] / "ARCHITECTURE.md"


def _told() -> set[str]:
    """The tables that the map names in the first column of what is stored."""
    rows = MAP.read_text("utf-8").partition("## What is stored")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in rows.splitlines() if line.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_table_stands_on_the_map() -> None:
    stored = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("guerdon.")}
    assert len(stored) > 20, "the wall no longer sees the models"
    assert _told() == stored
