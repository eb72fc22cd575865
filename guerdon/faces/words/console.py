"""What the console says on all of its pages."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "members": Words("Members", "Членове", "Üyeler"),
    "segments": Words("Segments", "Сегменти", "Segmentler"),
    "adjustments": Words("Second person", "Втори човек", "İkinci kişi"),
}
