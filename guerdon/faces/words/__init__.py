"""The words of pages, side by side in every language, so that none is missing where another one is."""

from typing import Final

from django.utils import translation

from guerdon.faces.words import (
    acts,
    claims,
    console,
    console_alerts,
    console_cards,
    console_claims,
    console_finance,
    console_home,
    console_house,
    console_plans,
    console_queue,
    console_rewards,
    console_tiers,
    console_vouchers,
    console_works,
    drafts,
    entries,
    entry_fields,
    factors,
    figures,
    gone,
    guide,
    guide_forms,
    guide_members,
    guide_rules,
    insight,
    kpis,
    letters,
    member,
    members,
    objectives,
    page,
    portal,
    portal_activity,
    portal_club,
    portal_how,
    portal_privacy,
    portal_rewards,
    privacy,
    purposes,
    report,
    rights,
    roi,
    rule_words,
    rules,
    segments,
    settings,
    signin,
    signin_faults,
    start,
    states,
    till,
    till_returns,
    till_rewards,
    what_if,
    working,
)
from guerdon.faces.words.text import Words

TABLES: Final[dict[str, dict[str, Words]]] = {
    "acts": acts.WORDS,
    "claims": claims.WORDS,
    "console": console.WORDS,
    "console_alerts": console_alerts.WORDS,
    "console_cards": console_cards.WORDS,
    "console_claims": console_claims.WORDS,
    "console_finance": console_finance.WORDS,
    "console_home": console_home.WORDS,
    "console_house": console_house.WORDS,
    "console_plans": console_plans.WORDS,
    "console_queue": console_queue.WORDS,
    "console_rewards": console_rewards.WORDS,
    "console_tiers": console_tiers.WORDS,
    "console_vouchers": console_vouchers.WORDS,
    "console_works": console_works.WORDS,
    "drafts": drafts.WORDS,
    "entries": entries.WORDS,
    "entry_fields": entry_fields.WORDS,
    "factors": factors.WORDS,
    "figures": figures.WORDS,
    "gone": gone.WORDS,
    "guide": guide.WORDS,
    "guide_forms": guide_forms.WORDS,
    "guide_members": guide_members.WORDS,
    "guide_rules": guide_rules.WORDS,
    "insight": insight.WORDS,
    "kpis": kpis.WORDS,
    "letters": letters.WORDS,
    "member": member.WORDS,
    "members": members.WORDS,
    "objectives": objectives.WORDS,
    "page": page.WORDS,
    "portal": portal.WORDS,
    "portal_activity": portal_activity.WORDS,
    "portal_club": portal_club.WORDS,
    "portal_how": portal_how.WORDS,
    "portal_privacy": portal_privacy.WORDS,
    "portal_rewards": portal_rewards.WORDS,
    "privacy": privacy.WORDS,
    "purposes": purposes.WORDS,
    "report": report.WORDS,
    "rights": rights.WORDS,
    "roi": roi.WORDS,
    "rule_words": rule_words.WORDS,
    "rules": rules.WORDS,
    "segments": segments.WORDS,
    "settings": settings.WORDS,
    "signin": signin.WORDS,
    "signin_faults": signin_faults.WORDS,
    "start": start.WORDS,
    "states": states.WORDS,
    "till": till.WORDS,
    "till_returns": till_returns.WORDS,
    "till_rewards": till_rewards.WORDS,
    "what_if": what_if.WORDS,
    "working": working.WORDS,
}


def language() -> str:
    """The language of the page that is being made."""
    return translation.get_language() or "en"


def say(key: str, language: str, **facts: object) -> str:
    """The text of a key like `page.close` in a language: the file where it stands, and its name there.

    Raises KeyError for a text that nobody wrote, or a fact that it is not told.
    """
    table, _, name = key.partition(".")
    text: str = getattr(TABLES[table][name], language)
    return text.format(**facts).replace("г..", "г.") if facts else text  # a year that ends a sentence has its point
