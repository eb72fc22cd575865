"""The grammar of support: how soon claims are answered, how long they can be reopened, and ready answers."""

from typing import Final

from guerdon.core import claims, documents, limits
from guerdon.core.claims import Answer, Attention, Support
from guerdon.core.documents import Document
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES, Names
from guerdon.core.grammar.shapes import At, Key, Whole, Wrong
from guerdon.core.grammar.structures import Keyed
from guerdon.core.grammar.words import TierKey

_HOURS: Final = Whole(1, limits.ANSWER_HOURS_MAX)


class Letters(Names):
    """A text for members in every language, with places for what only the moment knows."""

    form = "a text in each language, like {en: 'Dear {name}, …', bg: …}"

    def read(self, found: Document, at: At) -> dict[str, str] | Wrong:
        texts = super().read(found, at)
        if isinstance(texts, Wrong):
            return texts
        whole = True
        for language, text in texts.items():
            for place in claims.places(text):
                if place not in claims.PLACES:
                    known = documents.listed([f"{{{one}}}" for one in claims.PLACES])
                    told = f"Nobody knows what to put at “{{{documents.shortened(place)}}}”."
                    at.under(language).wrong("place_unknown", told, f"possible here: {known}")
                    whole = False
        return texts if whole else Wrong.WRONG


ATTENTION: Final = Record(
    Attention,
    Field("priority", Whole(1, limits.CLAIM_PRIORITY_LAST), "Their priority: 1 is the highest, 9 everybody else's."),
    Field("answer_hours", _HOURS, "Within how many hours they are answered, where sooner than everybody."),
    form="a mapping like {priority: 1, answer_hours: 4}",
)
ANSWER: Final = Record(
    Answer,
    Field("name", NAMES, "How clerks find it, in each language."),
    Field("text", Letters(limits.ANSWER_CHARS_MAX), "What members read; {name}, {points} and {claim} are filled in."),
    form="an answer, with “name” and “text”",
)
SUPPORT: Final = Record(
    Support,
    Field("answer_hours", _HOURS, "Within how many hours a claim is answered."),
    Field(
        "tiers",
        Keyed(TierKey(), ATTENTION, limits.LADDERS_MAX * limits.LEVELS_MAX, of="tiers"),
        "Which tiers are answered before others; who has several gets the best of each.",
    ),
    Field("reopen_days", Whole(1, limits.REOPEN_DAYS_MAX), "For how many days a settled claim can be reopened, once."),
    Field("answers", Keyed(Key(), ANSWER, limits.ANSWERS_MAX, of="answers"), "Answers that are ready, by key."),
    form="a mapping like {answer_hours: 24}",
)
