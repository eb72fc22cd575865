"""Parts of the programme file as pages call them, by where they stand; and which of them ask for a ladder or a plan."""

from collections.abc import Collection, Iterator
from typing import Final

from guerdon.core import documents, sentences
from guerdon.core.documents import Document, Mapping
from guerdon.faces import words
from guerdon.faces.console.parts import value
from guerdon.faces.words.settings import WORDS as SETTINGS

_ENTRIES: Final = {
    "rewards": "entries.writing_reward", "vouchers": "entries.writing_voucher", "tiers": "entries.writing_ladder",
    "plans": "entries.writing_plan", "rules": "rules.writing", "units": "entries.writing_unit",
}  # fmt: skip
_FOLDERS: Final = {
    "rewards": "console_rewards.title", "vouchers": "console_vouchers.title", "tiers": "console_tiers.title",
    "plans": "console_plans.title", "rules": "rules.rules",
}  # fmt: skip
_ASKED: Final = {"tiers": "tier", "plans": "membership"}  # the word of conditions that ask for what a folder has


def called(pointer: str, whole: Mapping, language: str) -> str:
    """What a pointer leads to, by kind and name of the entry that holds it; else by the part of the settings."""
    folder, key, *_ = (*documents.steps(pointer), "", "")
    if folder in _ENTRIES and key:
        found = value(whole.get(folder), f"{key}.name") if "." not in key else None
        names = {one: str(name) for one, name in found.items()} if isinstance(found, dict) else {}
        return words.say(_ENTRIES[folder], language, name=sentences.tongue(language).named(names) if names else key)
    part = f"part_{folder}"
    return words.say(_FOLDERS.get(folder, f"settings.{part if part in SETTINGS else 'settings'}"), language)


def asking(whole: Mapping, folder: str, key: str) -> tuple[str, ...]:
    """The pointers of the entries and parts that ask for what an entry has: for the tiers of a ladder, or a plan."""
    if folder not in _ASKED:
        return ()
    levels = value(whole.get(folder), f"{key}.levels")
    keys = frozenset([key] if folder == "plans" else levels if isinstance(levels, dict) else ())
    found = [f"/support/tiers/{one}" for one in keys if folder == "tiers" and value(whole, f"support.tiers.{one}")]
    for holder in ("rules", "rewards", "vouchers"):
        entries = whole.get(holder)
        for name, one in entries.items() if isinstance(entries, dict) else ():
            early = value(one, "early_access") if folder == "tiers" else None
            asked = {*_asked(one, _ASKED[folder]), *(early if isinstance(early, dict) else ())}
            found += [f"/{holder}/{name}"] if asked & keys else []
    return tuple(found)


def _asked(found: Document, word: str) -> Iterator[str]:
    """What the conditions in a part name by a word."""
    for key, one in found.items() if isinstance(found, dict) else ():
        if key == word and isinstance(one, dict):
            for many in one.values():
                yield from _texts(many)
        else:
            yield from _asked(one, word)
    for one in found if isinstance(found, list) else ():
        yield from _asked(one, word)


def _texts(many: Document) -> Collection[str]:
    return [str(one) for one in many] if isinstance(many, list) else []
