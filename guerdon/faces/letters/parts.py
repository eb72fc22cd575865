"""What a letter is put together from, as it is seen and as it is read in plain text."""

from typing import ClassVar

import msgspec


class Text(msgspec.Struct, frozen=True):
    """A paragraph."""

    shape: ClassVar[str] = "text"
    text: str

    def plain(self) -> str:
        return self.text


class Code(msgspec.Struct, frozen=True):
    """A code to be typed or shown."""

    shape: ClassVar[str] = "code"
    text: str

    def plain(self) -> str:
        return f"    {self.text}"


class Figure(msgspec.Struct, frozen=True):
    """One number that the letter is about."""

    shape: ClassVar[str] = "figure"
    text: str

    def plain(self) -> str:
        return f"    {self.text}"


class Row(msgspec.Struct, frozen=True):
    """A name and its value."""

    name: str
    value: str
    strong: bool = False


class Rows(msgspec.Struct, frozen=True):
    """Names and values, one below the other; with a heading where there are several of them."""

    shape: ClassVar[str] = "rows"
    rows: tuple[Row, ...]
    heading: str = ""

    def plain(self) -> str:
        width = max(len(row.name) for row in self.rows) + 1
        lines = [f"    {row.name + ':':<{width}} {row.value}" for row in self.rows]
        return "\n".join([*([self.heading] if self.heading else []), *lines])


class Bullets(msgspec.Struct, frozen=True):
    """A list of short things."""

    shape: ClassVar[str] = "list"
    heading: str
    items: tuple[str, ...]

    def plain(self) -> str:
        return "\n".join([f"{self.heading}:", *[f"    – {item}" for item in self.items]])


class Button(msgspec.Struct, frozen=True):
    """Where the letter leads."""

    shape: ClassVar[str] = "button"
    text: str
    href: str

    def plain(self) -> str:
        return f"{self.text}:\n{self.href}"


Part = Text | Code | Figure | Rows | Bullets | Button


class Sheet(msgspec.Struct, frozen=True):
    """A letter in words: its subject, what is seen before it is opened, and its parts."""

    subject: str
    preheader: str
    heading: str
    parts: tuple[Part, ...]
    foot: str
