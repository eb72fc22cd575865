"""YAML text ↔ plain documents: a bounded reader that knows the line of every part, and a readable writer."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
import yaml

from guerdon.core import limits
from guerdon.core.documents import Document, Mapping, Problem, parent, problem, shortened, under

Place = tuple[int, int]  # line and column, both from 1

LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C reader where there is one, many times faster
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,30})\Z")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,20})\.[0-9]{1,20}\Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PLAIN: Final = re.compile(r"[^\W\d_][\w./+-]*( [\w&+][\w./+-]*)*\Z")
# A line that is a key without its colon: a word alone, or a word and a value.
_NO_COLON: Final = re.compile(r"(?P<indent> *)(?P<key>\w[\w-]*)(?: +(?P<value>[^:#\s][^:#]*?))?\s*(#.*)?\Z")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# Words that other YAML readers take for truth values or nothing; they are quoted so that all readers agree.
_RESERVED: Final = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf"])


class Text(msgspec.Struct):
    """A file that was read: its document, where each part stands, and what is wrong with the text itself."""

    document: Document
    values: dict[str, Place] = {}
    keys: dict[str, Place] = {}
    problems: tuple[Problem, ...] = ()

    def place(self, pointer: str, *, of_key: bool = False) -> Place:
        """Where the part stands, or the nearest part around it; (0, 0) where nothing is known."""
        first, second = (self.keys, self.values) if of_key else (self.values, self.keys)
        while True:
            found, key = first.get(pointer) or second.get(pointer), self.keys.get(pointer)
            if found is not None or not pointer:
                # What begins on the lines below its key is looked for at the key.
                return key if found and key and found[0] > key[0] else found or (0, 0)
            pointer = parent(pointer)
            first, second = self.keys, self.values


class _Refused(Exception):
    """Stops the reader at a text that is no document."""

    def __init__(self, reason: str, message: str, place: Place, hint: str | None = None, *, path: str = "") -> None:
        super().__init__(message)
        self.found = problem(path, reason, message, hint)
        self.place = place


def read(source: bytes | str) -> Text:
    """The document of a YAML text; None where the text is refused, with one problem saying why."""
    text = Text(None)
    try:
        text.document = _Reader(_decoded(source), text).document()
    except _Refused as refused:
        return Text(None, {refused.found.path: refused.place}, {}, (refused.found,))
    return text


def _decoded(source: bytes | str) -> str:
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="surrogatepass"))
    if size > limits.PROGRAMME_BYTES_MAX:
        told = f"The file has {size} bytes; {limits.PROGRAMME_BYTES_MAX} are possible."
        raise _Refused("too_big", told, (1, 1))
    text = (_text(source) if isinstance(source, bytes) else source).removeprefix("\ufeff")
    bad = _FORBIDDEN.search(text)
    if bad is not None:
        told = f"The character U+{ord(bad.group()):04X} can't stand in a file."
        raise _Refused("bad_character", told, _place_after(text[: bad.start()]), "delete it")
    return text


def _text(source: bytes) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        told = f"Byte {error.start} is not UTF-8."
        raise _Refused("not_utf8", told, _place_after(before), "save the file as UTF-8") from None


def _place_after(text: str) -> Place:
    lines = text.split("\n")
    return len(lines), len(lines[-1]) + 1


class _Reader:
    """Builds the document from the reader's events: nothing is built before it is known to be lawful."""

    def __init__(self, source: str, text: Text) -> None:
        self.source = source
        self.text = text
        self.nodes = 0

    def document(self) -> Document:
        try:
            events = self._events()
            next(events)  # the stream begins
            if isinstance(next(events), yaml.StreamEndEvent):
                raise _Refused("empty_file", "The file holds no programme.", (1, 1))
            found = self._node(next(events), events, "", 0)
            next(events)  # the document ends
            after = next(events)
            if not isinstance(after, yaml.StreamEndEvent):
                told = "The file holds more than one document."
                raise _Refused("yaml_several", told, _mark(after), "leave out the line “---”")
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except yaml.YAMLError as error:
            raise _Refused("yaml_syntax", shortened(str(error), 200), (1, 1)) from None
        if found is None:
            raise _Refused("empty_file", "The file holds no programme.", (1, 1))
        return found

    def _events(self) -> Iterator[yaml.Event]:
        yield from yaml.parse(self.source, Loader=LOADER)

    def _syntax(self, error: yaml.MarkedYAMLError) -> _Refused:
        forgotten = self._without_colon(error)
        if forgotten is not None:
            return forgotten
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = self.source.split("\n")
        line = lines[place[0] - 1] if place[0] <= len(lines) else ""
        hint = None
        if "\t" in line[: len(line) - len(line.lstrip())]:
            hint = "indent with spaces, not with tabs"
        elif error.problem and "mapping values" in error.problem:
            hint = "put a text that contains “: ” in quotes"
        told = "; ".join(part for part in (error.context, error.problem) if part) or "not readable"
        return _Refused("yaml_syntax", f"This is not YAML: {shortened(told, 200)}.", place, hint)

    def _without_colon(self, error: yaml.MarkedYAMLError) -> _Refused | None:
        """What a scanner notices on a later line: a key without its colon, as “rules” above the rules."""
        lines = self.source.split("\n")
        number, said = -1, error.problem or ""
        if error.context_mark is not None and "expected ':'" in said:
            number = error.context_mark.line
        elif error.problem_mark is not None and ("mapping values" in said or "expected key" in said):
            before = range(min(error.problem_mark.line, len(lines)) - 1, -1, -1)
            number = next((n for n in before if lines[n].strip() and not lines[n].lstrip().startswith("#")), -1)
        found = _NO_COLON.match(lines[number]) if 0 <= number < len(lines) else None
        if found is None:
            return None
        place = (number + 1, len(found["indent"]) + 1)
        key, value = shortened(found["key"]), shortened(found["value"] or "")
        meant = f"write “{key}: {value}”" if value else f"write “{key}:”"
        return _Refused("yaml_syntax", f"After “{key}” a colon is missing.", place, meant)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], pointer: str, depth: int) -> Document:
        place = _mark(event)
        self.nodes += 1
        if self.nodes > limits.PROGRAMME_PARTS_MAX:
            raise _Refused("too_big", f"The file has more than {limits.PROGRAMME_PARTS_MAX} parts.", place)
        if depth > limits.JSON_DEPTH_MAX:
            raise _Refused("too_deep", f"More than {limits.JSON_DEPTH_MAX} levels are not possible.", place)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Refused(
                "yaml_alias",
                "Anchors (&) and aliases (*) are not allowed.",
                place,
                "write the text out again",
            )
        if getattr(event, "tag", None) is not None:
            raise _Refused("yaml_tag", "Tags (!) are not allowed.", place, "leave the tag out")
        self.text.values[pointer] = place
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            entries: list[Document] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                entries.append(self._node(event, events, under(pointer, len(entries)), depth + 1))
            return entries
        return self._mapping(events, pointer, depth)

    def _mapping(self, events: Iterator[yaml.Event], pointer: str, depth: int) -> Mapping:
        found: Mapping = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            place = _mark(event)
            if not isinstance(event, yaml.ScalarEvent) or event.tag is not None or event.anchor is not None:
                raise _Refused("yaml_key", "A key must be plain text.", place)
            step = str(event.value)
            here = under(pointer, step)
            if step in found:
                first = self.text.keys[here]
                told = f"“{shortened(step)}” stands twice, on line {first[0]} and on line {place[0]}."
                raise _Refused("yaml_duplicate", told, place, "leave one of them out, or rename it", path=here)
            self.text.keys[here] = place
            found[step] = self._node(next(events), events, here, depth + 1)
        return found


def _mark(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _scalar(event: yaml.ScalarEvent) -> Document:
    """Only whole numbers, true, false and nothing are not text; decimals, days and times stay exact text."""
    value = str(event.value)
    if event.style is not None and event.style != "":
        return value
    if value in ("true", "false"):
        return value == "true"
    if value in ("", "~", "null"):
        return None
    return int(value) if _INTEGER.match(value) else value


# --- writing ---

FLOW_CHARS_MAX: Final = 100
SPACED: Final = ("units", "kinds", "rules")


def write(document: Mapping) -> str:
    """The document as YAML: blocks outside, short parts on one line, an empty line around what is longer."""
    lines: list[str] = []
    before = False
    for key, value in document.items():
        part = _part(key, value, "", spaced=key in SPACED)
        if lines and (before or len(part) > 1):
            lines.append("")
        before = len(part) > 1
        lines += part
    return "\n".join(lines) + "\n"


def entry(pointer: str, key: str, value: Document, column: int) -> list[str]:
    """The lines of one entry of a mapping, as `write` would write it where the pointer leads, from the column on."""
    spaced, block = pointer.removeprefix("/") in SPACED, parent(pointer).removeprefix("/") in SPACED
    return _part(key, value, " " * column, spaced=spaced, block=block)


def _part(key: str, value: Document, indent: str, *, spaced: bool = False, block: bool = False) -> list[str]:
    """A key with what belongs to it. `spaced` puts each of its entries into a paragraph, one key per line."""
    head = f"{indent}{_quoted(key, key=True)}:"
    inner = indent + "  "
    if isinstance(value, list) and value:
        if not any(isinstance(entry, dict | list) for entry in value):
            return _words(head, value, inner)
        return [head, *(line for entry in value for line in _entry(entry, inner))]
    flow = f"{head} {_flow(value)}"
    if not isinstance(value, dict) or not value or not (spaced or block or len(flow) > FLOW_CHARS_MAX):
        return [flow]
    lines = [head]
    for place, (name, entry) in enumerate(value.items()):
        if spaced and place:
            lines.append("")
        lines += _part(name, entry, inner, block=spaced)
    return lines


def _entry(value: Document, indent: str) -> list[str]:
    """One entry of a list; what has a single key, or does not fit on a line, hangs on its dash."""
    flow = f"{indent}- {_flow(value)}"
    if not isinstance(value, dict) or not value or (len(value) > 1 and len(flow) <= FLOW_CHARS_MAX):
        return [flow]
    lines = [line for key, part in value.items() for line in _part(key, part, indent + "  ")]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _words(head: str, words: list[Document], indent: str) -> list[str]:
    """A list of plain words, on as many lines as it needs."""
    flow = f"{head} {_flow(words)}"
    if len(flow) <= FLOW_CHARS_MAX:
        return [flow]
    lines = [head, f"{indent}["]
    for word in words:
        told = f"{_flow(word)}, "
        if len(lines[-1]) + len(told) > FLOW_CHARS_MAX:
            lines.append(indent + " ")
        lines[-1] += told
    return [line.rstrip() for line in (*lines[:-1], lines[-1].removesuffix(", ") + "]")]


def _flow(value: Document) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key, key=True)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str, *, key: bool = False) -> str:
    """The text as it is where every reader takes it for text (as a value also decimals and days), else in quotes."""
    if key and text == "n":  # of `nth`: no reader in use takes this key for a truth value
        return text
    if not key and (_DECIMAL.match(text) or _DAY.match(text)):
        return text
    if _PLAIN.match(text) and text.casefold() not in _RESERVED and text.isprintable():
        return text
    inner = "".join(_escaped(letter) for letter in text)
    return f'"{inner}"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
