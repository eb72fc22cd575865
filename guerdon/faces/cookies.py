"""How cookies are named: by https so that browsers take them from this very host, and by https alone."""

from django.conf import settings


def name(plain: str, *, path: str = "/") -> str:
    """A cookie's name, by https with the prefix that browsers hold it to (RFC 6265bis, 4.1.3)."""
    if not settings.HTTPS:
        return plain
    return f"__Host-{plain}" if path == "/" else f"__Secure-{plain}"
