"""What the console says on all of its pages."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "home": Words("Home", "Начало", "Ana sayfa"),
    "offers": Words("Offers", "Предложения", "Teklifler"),
    "members": Words("Members", "Членове", "Üyeler"),
    "segments": Words("Segments", "Сегменти", "Segmentler"),
}
