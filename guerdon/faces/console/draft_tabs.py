"""The pages of a draft side by side: what it changes, its rules, offers and settings, and its whole file."""

from typing import Final

from guerdon.core.rights import Right
from guerdon.faces.design.shapes import Link
from guerdon.faces.visits import Visit

_PAGES: Final = {  # by page, the word for it
    "console.draft": "drafts.changes", "console.draft_what_if": "what_if.title",
    "console.rules": "rules.rules",
    "console.draft_rewards": "console_rewards.title", "console.draft_vouchers": "console_vouchers.title",
    "console.draft_tiers": "console_tiers.title", "console.draft_plans": "console_plans.title",
    "console.settings": "settings.settings", "console.draft_file": "drafts.file",
}  # fmt: skip
_NEEDS: Final[dict[str, Right]] = {"console.draft_file": "programme:write", "console.draft_what_if": "figures:read"}
_OF_ALL: Final = ("console.rules", "console.settings")  # pages of what is in force, too, that are asked for a draft


def of(visit: Visit, draft: str, here: str) -> tuple[Link, ...]:
    """Those that somebody may open; nothing where there is no draft."""
    if not draft:
        return ()
    return tuple([
        Link(visit.say(word), _address(visit, page, draft), current=page == here)
        for page, word in _PAGES.items()
        if visit.may(_NEEDS.get(page, "rules:read"))
    ])  # fmt: skip


def _address(visit: Visit, page: str, draft: str) -> str:
    return f"{visit.to(page)}?draft={draft}" if page in _OF_ALL else visit.to(page, draft)
