"""What stands on every page."""

from typing import Final

from guerdon.faces.words.text import Words

WORDS: Final[dict[str, Words]] = {
    "skip": Words("Skip to the content", "Към съдържанието", "İçeriğe geç"),
    "mode": Words("Light or dark", "Светло или тъмно", "Açık ya da koyu"),
    "close": Words("Close", "Затвори", "Kapat"),
    "cancel": Words("Cancel", "Отказ", "Vazgeç"),
    "language": Words("Language", "Език", "Dil"),
}
