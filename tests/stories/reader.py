"""Stories: dated plain text that says what happens at the café and what must come of it, read with precise errors.

A story is a title, some prose, `Shows: LAW 3.5d, 5.7`, a `programme:` block, and steps with what follows from them:

    2026-01-05 Ann buys 40.00
    → 40 points: base 40
    2027-01-06 night
    → 40 points expire

The sentences that steps and arrows may use are the tables DEEDS and CLAIMS in `phrases`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guerdon.core import period
from guerdon.core.errors import Refusal
from guerdon.features.programmes import documents, forms
from tests.shop import document, named
from tests.stories import phrases
from tests.stories.story import Claim, Deed, Item, Person, Step, Story, StoryError


def read(path: Path) -> Story:
    """Read a story file. Raises StoryError naming the line and what could stand there."""
    return parse(path.name, path.read_text("utf-8"))


def parse(name: str, text: str) -> Story:
    """Read a story from its text."""
    return _Reader(name, text.splitlines()).story()


def _named(key: str, value: Any) -> Any:
    """What a story may leave out: names, that units can be spent, and that rewards are merchandise."""
    if key == "tiers" and isinstance(value, dict):
        levels = {
            code: {one: _with_names(one, level, "benefits") for one, level in ladder["levels"].items()}
            for code, ladder in value.items()
        }
        return {code: named(code, ladder | {"levels": levels[code]}) for code, ladder in value.items()}
    if key == "rewards" and isinstance(value, dict):
        return {code: {"kind": "merchandise", **_with_names(code, reward, "choices")} for code, reward in value.items()}
    if key == "plans" and isinstance(value, dict):
        return {code: _with_names(code, plan, "benefits") for code, plan in value.items()}
    if key not in ("units", "rules", "kinds", "vouchers", "consents") or not isinstance(value, dict):
        return value
    spendable = {"kind": "redeemable"} if key == "units" else {}
    return {
        code: named(code, {**spendable, **part} if isinstance(part, dict) else part) for code, part in value.items()
    }


def _with_names(key: str, part: Any, inside: str) -> dict[str, Any]:
    """The part with its key as its name, and those of what is inside with theirs."""
    found = {one: named(one, each) for one, each in part.get(inside, {}).items()}
    return named(key, {**part, **({inside: found} if found else {})})


class _Reader:
    """Goes through the lines once; `place` is the one being read."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines
        self.place = 0
        self.zone = ZoneInfo("UTC")

    def wrong(self, problem: str, place: int | None = None) -> StoryError:
        return StoryError(self.name, (self.place if place is None else place) + 1, problem)

    def story(self) -> Story:
        """The whole story: head, programme, people, steps."""
        title = self.lines[0].strip() if self.lines else ""
        if not title or title.endswith("."):
            raise self.wrong("a story begins with its title: one line without a full stop")
        prose, shows = self._head()
        programme = self._programme()
        self.zone = ZoneInfo(programme["zone"])
        people = self._people()
        steps = list(self._steps(programme))
        if not steps:
            raise self.wrong("nothing happens in this story: steps begin with a day, like “2026-01-05 Ann buys 40.00”")
        if not any(step.claims for step in steps):
            raise self.wrong("the story claims nothing: write “→ …” under a step")
        known = {person.name for person in people}
        late = {step.deed.words["who"] for step in steps if step.deed.act == "join"}
        named = {step.deed.words.get(role) for step in steps for role in ("who", "to", "goes")}
        strangers = named - known - late - {None, "Zoe"}
        return Story(
            self.name, title, prose, shows, programme, self.zone,
            [*people, *(Person(str(name)) for name in sorted(map(str, strangers)))], steps,
        )  # fmt: skip

    def _head(self) -> tuple[str, tuple[str, ...]]:
        prose: list[str] = []
        for place in range(1, len(self.lines)):
            self.place = place
            line = self.lines[place]
            if line.startswith("Shows:"):
                shown = re.fullmatch(r"Shows: LAW (\d+\.\d+[a-z]?(?:, \d+\.\d+[a-z]?)*)", line.strip())
                if shown is None:
                    raise self.wrong("write which sentences of the law it shows: “Shows: LAW 3.5d, 5.7”")
                self.place += 1
                return "\n".join(prose).strip(), tuple(shown[1].split(", "))
            if line.startswith("programme:") or phrases.STEP.fullmatch(line):
                break
            prose.append(line)
        raise self.wrong("before the programme must stand which sentences of the law it shows: “Shows: LAW 3.5d”")

    def _skip_blanks(self) -> str | None:
        while self.place < len(self.lines):
            if self.lines[self.place].strip() and not self.lines[self.place].startswith("#"):
                return self.lines[self.place]
            self.place += 1
        return None

    def _block(self) -> tuple[int, str]:
        """The indented lines from here on, with the place of the first."""
        first = self.place
        while self.place < len(self.lines) and (self.lines[self.place][:1] in (" ", "")):
            self.place += 1
        return first, "\n".join(self.lines[first : self.place]) + "\n"

    def _programme(self) -> dict[str, Any]:
        line = self._skip_blanks() or ""
        if line.strip() == "programme: aurora":
            self.place += 1
            source = Path(forms.__file__).parents[2] / "demo" / "aurora.yaml"
            whole = documents.read(source.read_text("utf-8")).document
            assert isinstance(whole, dict)
            return whole
        if line.strip() != "programme:":
            raise self.wrong("after “Shows:” comes “programme:” with an indented block, or “programme: aurora”")
        self.place += 1
        return self._document({})

    def _document(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The YAML block from here on as a programme file; what it leaves out stays as `before`, what is empty goes."""
        first, block = self._block()
        text = documents.read(block)
        found = text.document if text.document is not None or text.problems else {}
        if not isinstance(found, dict):
            problem = text.problems[0] if text.problems else None
            raise self.wrong(
                problem.message if problem else "a mapping is expected", first + max(0, text.place("")[0] - 1)
            )
        parts = {key: _named(key, value) for key, value in found.items()}
        merged = {key: value for key, value in {**before, **parts}.items() if value is not None}
        whole = merged if before else document("story", **parts)
        reading = forms.read_document(whole)
        if reading.programme is None:
            problem = reading.errors[0]
            raise self.wrong(str(problem), first + max(0, text.place(problem.path)[0] - 1))
        return whole

    def _people(self) -> list[Person]:
        line = self._skip_blanks() or ""
        if not line.startswith("Members: "):
            return []
        people = [self._person(told.strip()) for told in line.removeprefix("Members: ").split(";")]
        self.place += 1
        return people

    def _person(self, told: str) -> Person:
        name, *rest = [part.strip() for part in told.split(",")]
        born, segments, attributes = None, [], {}
        for part in rest:
            word, _, value = part.partition(" ")
            if not value:
                raise self.wrong(
                    f"“{part}” says nothing of {name}; write “born 1990-05-17”, “segment staff” or “diet vegan”"
                )
            if word == "born":
                born = value
            elif word == "segment":
                segments.append(value)
            else:
                attributes[word] = int(value) if value.isdigit() else value
        return Person(name, born, tuple(segments), attributes)

    def _steps(self, programme: Mapping[str, Any]) -> Iterator[Step]:
        step: Step | None = None
        while (line := self._skip_blanks()) is not None:
            if line.startswith("→"):
                if step is None:
                    raise self.wrong("an arrow needs a step before it")
                step.claims.append(self._claim(line[1:].strip()))
                self.place += 1
            elif line[0] == " ":
                if step is None or step.deed.act not in ("tell", "return", "voucher_use"):
                    raise self.wrong(
                        "indented lines are the lines of a basket; they follow somebody who buys, returns or uses"
                    )
                step.deed.items.append(self._item(line.strip()))
                self.place += 1
            else:
                after = step
                step = self._step(line, after)
                if step.deed.act == "publish":
                    programme = step.deed.programme = self._document(programme)
                yield step

    def _step(self, line: str, before: Step | None) -> Step:
        match = phrases.STEP.fullmatch(line.rstrip())
        if match is None:
            raise self.wrong("a step begins with a day (2026-01-05), a day and a time (2026-01-05 10:30), or “&”")
        if match["day"] is None and before is None:
            raise self.wrong("“&” joins the step before it, and there is none")
        at = before.at if match["day"] is None and before else self.moment(match["day"], match["time"])
        if before is not None and at < before.at:
            raise self.wrong("a story never goes back in time; say “on 2026-01-03” for what happened earlier")
        text = match["text"].strip()
        deed = self._deed(text.removeprefix("dry run: "))
        deed.dry_run = text.startswith("dry run: ")
        found = Step(self.place + 1, at, deed, together=match["day"] is None)
        self.place += 1
        return found

    def moment(self, day: str, clock: str | None = None) -> datetime:
        """The instant of a local day and time; noon where no time is said, a doubtful time refused."""
        try:
            local = datetime.fromisoformat(f"{day}T{clock or phrases.NOON}")
            return local if local.tzinfo else period.instant(local, self.zone)
        except (ValueError, Refusal) as problem:
            raise self.wrong(f"there is no such moment in {self.zone.key}: {problem}") from None

    def _deed(self, text: str) -> Deed:
        for act, pattern in phrases.DEED_PATTERNS.items():
            match = pattern.fullmatch(text)
            if match is not None:
                words = {name: value for name, value in match.groupdict().items() if value is not None}
                return Deed(act, words, self._clauses(words.pop("rest", "")))
        raise self.wrong(
            f"nobody can do “{text}”; possible: buys, returns, spends, holds, redeems, gives, visits, night, look …"
        )

    def _clauses(self, rest: str) -> dict[str, str]:
        """`as O1 on 2026-01-03` → external_id O1, occurred 2026-01-03."""
        found: dict[str, str] = {}
        word = None
        for token in rest.split():
            if token in phrases.CLAUSES and phrases.CLAUSES[token] not in found:
                word = phrases.CLAUSES[token]
                found[word] = ""
            elif word is None:
                raise self.wrong(f"“{token}” is unexpected; after the deed come clauses: {', '.join(phrases.CLAUSES)}")
            else:
                found[word] = f"{found[word]} {token}".strip()
        return found

    def _item(self, text: str) -> Item:
        match = phrases.ITEM.fullmatch(text)
        if match is None:
            raise self.wrong(
                "a line of a basket is like “- espresso 2.50 less 0.50 × 2 in coffee by Aurora tagged fresh”"
            )
        told = {name: value for name, value in match.groupdict().items() if value is not None}
        tags = tuple(tag.strip() for tag in told.pop("tags", "").split(",") if tag.strip())
        quantity = int(told.pop("quantity", "1"))
        return Item(**told, quantity=quantity, tags=tags)

    def _claim(self, text: str) -> Claim:
        for what, pattern in phrases.CLAIM_PATTERNS.items():
            match = pattern.fullmatch(text)
            if match is not None:
                words = {name: value for name, value in match.groupdict().items() if value is not None}
                return Claim(self.place + 1, text, what, words)
        raise self.wrong(
            f"“{text}” can't be claimed; write “40 points: base 40”, “nothing”, “refused: code”, “Ann has 5 points” …"
        )
