"""A letter becomes an e-mail: HTML and text from the same words, in the colours of a brand, with its headers."""

from typing import Final, NamedTuple

import mrml
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from guerdon.core import letters as law
from guerdon.core import sentences
from guerdon.core.letters import Redeemed
from guerdon.engine.posting import Draft
from guerdon.faces import words
from guerdon.faces.design import brand as brands
from guerdon.faces.design import colours
from guerdon.faces.design.brand import DARK, LIGHT, Brand, Surface
from guerdon.faces.design.colours import Colour
from guerdon.faces.letters import texts, tokens
from guerdon.faces.letters.parts import Sheet
from guerdon.faces.letters.texts import Reader
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from guerdon.kit.mail import Outlet

_INKS: Final = {LIGHT: ("1b1b1a", "57554f"), DARK: ("f2f1ee", "b5b2aa")}
_RADII: Final = {"square": "2px", "soft": "10px", "round": "20px"}
_NO_FONTS: Final = mrml.RenderOptions(disable_comments=False, fonts={})  # nothing is loaded from elsewhere


class Palette(NamedTuple):
    """The colours of a letter on light or on dark; every ink can be read on what it stands on."""

    page: str
    card: str
    ink: str
    soft: str
    brand: str
    fill: str
    fill_ink: str
    tint: str
    tint_ink: str


class Written(NamedTuple):
    """A letter as it is seen and as it is read."""

    subject: str
    html: str
    text: str


def write(draft: Draft, out: Outlet) -> EmailMultiAlternatives:
    """The e-mail of a letter."""
    book = programmes.latest(store.current(), draft.programme_id)
    content = draft.content
    in_force = book.law(content.version) if isinstance(content, Redeemed) else book.current(draft.made_at)
    language = texts.language_of(draft.to.language, in_force.programme)
    stop = None
    if draft.member_id is not None and law.may_stop(law.kind_of(content)):
        token = tokens.made(draft.programme_id, draft.member_id, law.kind_of(content))
        stop = f"{settings.PUBLIC_URL}{tokens.PATH}{token}"
    made = render(
        texts.sheet(content, Reader(in_force.programme, language, draft.to.name, settings.PUBLIC_URL)),
        language=language,
        name=sentences.tongue(language).named(in_force.programme.name),
        brand=Brand.of(book.current(draft.made_at).programme.brand),
        stop=stop,
    )
    # Made from the letter's id, so that it is the same when a crash makes us send it twice.
    headers = {
        "Message-ID": f"<{draft.id}@{out.domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if stop is not None:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(made.subject, made.text, out.sender, [draft.to.email], headers=headers)
    message.attach_alternative(made.html, "text/html")
    return message


def render(sheet: Sheet, *, language: str, name: str, brand: Brand, stop: str | None) -> Written:
    """A letter in words as HTML and as text; `name` is the programme's, `stop` the address where it is stopped."""
    stop_words = words.say("letters.stop", language)
    seen = None if stop is None else f"{stop}?language={language}"
    context = {
        "sheet": sheet, "language": language, "name": name, "stop": seen, "stop_words": stop_words,
        "light": palette(brand, LIGHT), "dark": palette(brand, DARK), "radius": _RADII[brand.shape],
    }  # fmt: skip
    html = mrml.to_html(render_to_string("letters/letter.mjml", context), render_options=_NO_FONTS).content
    blocks = [name, sheet.heading, *[part.plain() for part in sheet.parts], "-- ", sheet.foot]
    if seen is not None:
        blocks.append(f"{stop_words}:\n{seen}")
    return Written(" ".join(sheet.subject.split()), html, "\n\n".join(blocks) + "\n")


def palette(brand: Brand, surface: Surface) -> Palette:
    """The colours of a brand on a surface."""
    tone = brands.tone(brand.colour, surface)
    ink, soft = (colours.read(one) for one in _INKS[surface])
    found: tuple[Colour, ...] = (
        surface.page, surface.card, ink, soft, tone.text, tone.fill, tone.ink, tone.tint, tone.tint_ink,
    )  # fmt: skip
    return Palette(*[one.hex for one in found])
