"""The shard guard's reader of SQL: which rows of owned tables a statement can reach without naming their account."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.house.owned import LEADS, OWNED

FUNCTIONS: Final = frozenset({"unnest", "json_each", "json_array_elements"})

_TOKEN: Final = re.compile(
    r"(?P<space>\s+|--[^\n]*)|(?P<mark>/\*.*?\*/)|(?P<cast>::\w+(?:\[\])?)|(?P<text>'(?:[^']|'')*')"
    r"|(?P<given>:[a-z_]+|\$\d+|\?|%s)|(?P<number>\d+)|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_*]\w*)?)"
    r"|(?P<sign>->>|->|<=|>=|<>|!=|\|\||[^\w\s])",
    re.DOTALL,
)
_ENDS: Final = frozenset(
    {
        "CROSS", "FOR", "FROM", "FULL", "GROUP", "HAVING", "INNER", "JOIN", "LEFT", "LIMIT", "NATURAL", "OFFSET", "ON",
        "ORDER", "RETURNING", "RIGHT", "SET", "USING", "VALUES", "WHERE", "WINDOW",
    }
)  # fmt: skip
_NO_ALIAS: Final = _ENDS | {"SELECT", "DO", "CONFLICT", "DEFAULT", "AND", "OR", "NOT", "AS", "INDEXED"}


class Group(list["Token | Group"]):
    """What stands between two parentheses."""


@dataclass(frozen=True)
class Token:
    """A word of SQL; keywords in upper case."""

    kind: str
    text: str

    def __eq__(self, other: object) -> bool:
        return self.word == other if isinstance(other, str) else self is other

    def __hash__(self) -> int:
        return hash(self.word)

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "name" else self.text


Part = Token | Group
Term = tuple[str, str]  # a given value as ("", its text), or alias and column


@dataclass
class Source:
    """A table, function or subquery under its alias; `role` is how it is joined."""

    alias: str
    role: str
    table: str = ""
    body: Group | None = None  # of a subquery, or a function's arguments
    columns: Group | None = None  # of an INSERT
    on: list[Part] = field(default_factory=list)

    @property
    def owned(self) -> bool:
        return self.table in OWNED

    @property
    def account(self) -> str:
        return OWNED.get(self.table) or LEADS.get(self.table, ((), ""))[1]


def judge(text: str, *, marks: bool = True) -> list[str]:
    """What is wrong with a statement, a sentence each; what `allow_fanout` marks is let through where `marks` count."""
    return [fault for part in _query(_grouped(text, marks), {}) for fault in part]


def _grouped(text: str, marks: bool) -> Group:
    stack = [Group()]
    for match in _TOKEN.finditer(text.replace('"', "")):
        kind, word = match.lastgroup or "", match[0]
        if word == "(":
            stack.append(Group())
        elif word == ")" and len(stack) > 1:
            inner = stack.pop()
            stack[-1].append(inner)
        elif kind == "mark" and marks and word.startswith("/* fanout: "):
            stack[-1].append(Token("mark", word))
        elif kind not in ("space", "mark", "cast"):
            stack[-1].append(Token(kind, word))
    assert len(stack) == 1, f"parentheses do not match: {text}"
    return stack[0]


def _query(group: Group, outer: Mapping[str, Source]) -> Iterator[list[str]]:
    """The faults of all the queries of a group; `outer` are the sources already bound around it."""
    if any(isinstance(part, Token) and part.kind == "mark" for part in group):
        return
    for select in _split(group, {"UNION", "INTERSECT", "EXCEPT"}):
        yield from _Select(select, outer).faults()


def _split(parts: list[Part], words: set[str]) -> list[list[Part]]:
    found: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Token) and part.word in words:
            found.append([])
        else:
            found[-1].append(part)
    return found


def _is(parts: list[Part], place: int, *words: str) -> bool:
    part = parts[place] if 0 <= place < len(parts) else None
    return isinstance(part, Token) and part.word in words


class _Select:
    """One SELECT, INSERT, UPDATE or DELETE on its own level."""

    def __init__(self, parts: list[Part], outer: Mapping[str, Source]) -> None:
        self.parts = parts
        self.outer = outer
        self.sources: list[Source] = []
        self.where: list[Part] = []
        self._read()
        self.bound: dict[str, Source] = dict(outer)
        self.joined: dict[Term, set[Term]] = {}
        self._bind()

    # --- reading ---

    def _read(self) -> None:
        place, listing = 0, False
        while place < len(self.parts):
            if self._opens(place) or (listing and _is(self.parts, place, ",")):
                listing = not _is(self.parts, place, "INTO", "UPDATE")
                place = self._source(place)
            elif _is(self.parts, place, "WHERE", "ON") and self.sources and not _is(self.parts, place + 1, "CONFLICT"):
                end = self._end(place + 1)
                target = self.where if _is(self.parts, place, "WHERE") else self.sources[-1].on
                target += self.parts[place + 1 : end]
                place = end
            else:
                listing = listing and not _is(self.parts, place, *_ENDS - {"ON"})
                place += 1

    def _opens(self, place: int) -> bool:
        if _is(self.parts, place, "UPDATE"):
            return not _is(self.parts, place - 1, "KEY", "FOR", "DO")
        if _is(self.parts, place, "FROM"):
            return not _is(self.parts, place - 1, "DISTINCT")
        return _is(self.parts, place, "JOIN", "INTO", "USING", "TRUNCATE")

    def _source(self, place: int) -> int:
        """Read the source after FROM, JOIN, a comma …; answers where it ends."""
        role = self._role(place)
        place += 1
        while _is(self.parts, place, "LATERAL", "ONLY", "TABLE"):
            place += 1
        if place >= len(self.parts):
            return place
        first = self.parts[place]
        found = Source("", role)
        if isinstance(first, Group):
            if role == "USING" and not _is(first, 0, "SELECT", "VALUES"):
                return place + 1  # JOIN … USING (columns) binds nothing here: write ON
            found.body = first
        else:
            found.table = first.text.rpartition(".")[2] if first.kind == "name" else ""
        following = self.parts[place + 1] if place + 1 < len(self.parts) else None
        if isinstance(following, Group) and found.body is None and role != "INTO":
            found.body, place = following, place + 1
        elif isinstance(following, Group) and role == "INTO":
            found.columns, place = following, place + 1
        place += 1 + _is(self.parts, place + 1, "AS")
        found.alias = found.table
        name = self.parts[place] if place < len(self.parts) else None
        if isinstance(name, Token) and name.kind == "name" and name.word not in _NO_ALIAS:
            found.alias, place = name.text, place + 1
            if place < len(self.parts) and isinstance(self.parts[place], Group) and role != "INTO":
                place += 1  # the names of its columns
            elif isinstance(after := self.parts[place] if place < len(self.parts) else None, Group):
                found.columns = after
        self.sources.append(found)
        return place

    def _role(self, place: int) -> str:
        if not _is(self.parts, place, "JOIN"):
            part = self.parts[place]
            return part.word if isinstance(part, Token) else ""
        before = place - 1 - _is(self.parts, place - 1, "OUTER")
        part = self.parts[before] if before >= 0 else None
        return part.word if isinstance(part, Token) and part.word in ("LEFT", "RIGHT", "FULL") else "JOIN"

    def _end(self, place: int) -> int:
        while place < len(self.parts) and not _is(self.parts, place, *_ENDS):
            place += 1
        return place

    # --- binding ---

    def _bind(self) -> None:
        """Follow the equalities until nobody else is bound to an account by what is given."""
        equal: list[tuple[list[Part], list[Part], str | None]] = []  # the alias where it alone is narrowed by it
        for source in self.sources:
            if source.role in ("RIGHT", "FULL"):
                continue
            equal += [(*pair, source.alias if source.role == "LEFT" else None) for pair in _equalities(source.on)]
        # What a right or full join keeps is not narrowed by a condition before it; a WHERE narrows everybody.
        equal += [(*pair, None) for pair in _equalities(self.where)]
        before = -1
        while before != len(self.bound):
            before = len(self.bound)
            for source in self.sources:
                unbound = self.bound.get(source.alias) is self.outer.get(source.alias)
                if unbound and source.body is not None and self._given(source):
                    self.bound[source.alias] = source
            for left, right, only in equal:
                for one, other in ((left, right), (right, left)):
                    self._follow(one, other, only)

    def _follow(self, one: list[Part], other: list[Part], only: str | None) -> None:
        for term in self._terms(one):
            source = self._named(term[0])
            if source is None or (only is not None and source.alias != only):
                continue
            keys = LEADS[source.table][0] if source.table in LEADS else (source.account,)
            if term[1] in keys and self._is_given(other):
                self.bound[source.alias] = source
            if source.owned and term[1] == source.account and len(other) == 1:
                for same in self._terms(other) or [_constant(other[0])]:
                    self.joined.setdefault((source.alias, ""), set()).add(same)

    def _named(self, alias: str) -> Source | None:
        return next((source for source in self.sources if source.alias == alias), None)

    def _terms(self, parts: list[Part]) -> list[Term]:
        """The columns that one side of an equality names: one, or those of a row."""
        if len(parts) == 1 and isinstance(parts[0], Group):
            return [term for part in _split(parts[0], {","}) for term in self._terms(part)]
        if len(parts) == 3 and _is(parts, 1, "->>"):
            parts = parts[:1]
        if len(parts) != 1 or not isinstance(parts[0], Token) or parts[0].kind != "name":
            return []
        alias, dot, column = parts[0].text.rpartition(".")
        if not dot and len(self.sources) == 1:
            alias = self.sources[0].alias  # a bare column of several sources could be anybody's
        return [(alias, column)]

    def _is_given(self, parts: list[Part]) -> bool:
        """Whether an expression is given from outside, or says the account of what is bound already."""
        if len(parts) == 2 and _is(parts, 0, "ANY") and isinstance(parts[1], Group):
            return self._is_given(list(parts[1])) if not _is(parts[1], 0, "SELECT") else self._all_given(parts[1])
        if len(parts) == 1 and isinstance(parts[0], Group):
            inner = parts[0]
            if _is(inner, 0, "SELECT"):
                return self._all_given(inner)
            return all(self._is_given(part) for part in _split(inner, {","}))
        if len(parts) == 1 and isinstance(parts[0], Token) and parts[0].kind in ("given", "text", "number"):
            return True
        terms = self._terms(parts)
        if not terms or terms[0][0] not in self.bound:
            return False
        source = self.bound[terms[0][0]]
        return source.body is not None or terms[0][1] == source.account

    def _given(self, source: Source) -> bool:
        """Whether all that a function or a subquery yields is given from outside."""
        assert source.body is not None
        if not source.table:
            return self._all_given(source.body)
        arguments = [part for part in _split(source.body, {","}) if part]
        return source.table in FUNCTIONS and all(self._is_given(part) for part in arguments)

    def _all_given(self, group: Group) -> bool:
        for part in _split(group, {"UNION", "INTERSECT", "EXCEPT"}):
            select = _Select(part, self.bound)
            if any(select.bound.get(source.alias) is not source for source in select.sources):
                return False
        return True

    # --- judging ---

    def faults(self) -> Iterator[list[str]]:
        """What is wrong here and in everything inside."""
        found = []
        for source in self.sources:
            if not source.owned:
                continue
            if source.role == "INTO":
                if not any(isinstance(part, Token) and part.text == source.account for part in source.columns or ()):
                    found.append(f"an INSERT into {source.table} does not name {source.account}")
            elif self.bound.get(source.alias) is not source:
                found.append(f"{source.table} AS {source.alias} is not bound by its {source.account}")
        found += self._apart()
        if found:
            yield found
        for part in self.parts:
            if isinstance(part, Group):
                yield from _query(part, self.bound)

    def _apart(self) -> list[str]:
        """Owned tables read together must be joined by the account, not merely name the same accounts each."""
        owned = [source for source in self.sources if source.owned and source.role != "INTO"]
        if len(owned) < 2:
            return []
        reached, waiting = set[Term](), [(owned[0].alias, "")]
        ties = {(alias, ""): {self._tie(term) for term in terms} for (alias, _), terms in self.joined.items()}
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += ties.get(here, set())
                waiting += [alias for alias, terms in ties.items() if here in terms]
        return [
            f"{source.table} AS {source.alias} is joined without its {source.account}"
            for source in owned
            if (source.alias, "") not in reached
        ]

    def _tie(self, term: Term) -> Term:
        """The account column of an owned source is the source itself."""
        source = self._named(term[0])
        return (term[0], "") if source is not None and source.owned and term[1] == source.account else term


def _constant(part: Part) -> Term:
    return ("", part.text) if isinstance(part, Token) else ("", str(id(part)))


def _equalities(parts: list[Part]) -> Iterator[tuple[list[Part], list[Part]]]:
    """What must be equal for a condition to hold: `=`, `IN` and `= ANY` among what AND joins."""
    if any(_is(parts, place, "OR", "CASE", "BETWEEN") for place in range(len(parts))):
        return  # their ANDs and alternatives narrow nothing for certain
    for part in _split(parts, {"AND"}):
        if len(part) == 1 and isinstance(part[0], Group) and not _is(part[0], 0, "SELECT"):
            yield from _equalities(list(part[0]))
        elif any(_is(part, place, "NOT", "<", ">", "<=", ">=", "<>", "!=", "IS") for place in range(len(part))):
            continue
        elif sum(_is(part, place, "=", "IN") for place in range(len(part))) == 1:
            middle = next(place for place in range(len(part)) if _is(part, place, "=", "IN"))
            yield part[:middle], part[middle + 1 :]
