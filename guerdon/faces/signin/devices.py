"""What a browser calls itself, as people call it."""

from typing import Final

# The first that is found counts: browsers carry the names of those that came before them.
_BROWSERS: Final = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def name(agent: str) -> str:
    """Like “Firefox · Linux”; the first word of what nobody knows."""
    known = [next((told for sign, told in names if sign in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, known)) or agent.split(" ", maxsplit=1)[0][:40] or "?"
