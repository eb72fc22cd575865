"""Drafts and versions: every draft is what its steps made of it, and what was published is what was approved."""

import hashlib
from itertools import groupby
from typing import Any, Final

from guerdon.core import drafts as law
from guerdon.core.drafts import AUTHORING, State
from guerdon.core.errors import Refusal
from guerdon.features.programmes import forms
from guerdon.features.programmes.queries import VersionRow
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock


class Drafts(Invariant):
    """Each draft against its steps, taken again one by one by the law, and against the version that it became.

    Taken again, no step follows the last one of a draft that is closed, and nobody approves the own.
    """

    clause = "2.4"
    part = "drafts"
    sentence = "A draft is what its steps made of it; a closed one never changes, and what asks for it was reviewed."

    DRAFTS: Final = (
        "SELECT [id d.programme_id], [id d.id], d.base, d.source, d.state, d.revision, d.version FROM drafts_draft d"
        " WHERE [mine d] ORDER BY d.programme_id, d.id"
    )
    STEPS: Final = (
        "SELECT [id s.programme_id], [id s.draft_id], s.number, s.verb, s.actor_id, s.at, s.why, s.base, s.digest"
        " FROM drafts_step s WHERE [mine s] ORDER BY s.programme_id, s.draft_id, s.number"
    )

    def ask(self, found: Found) -> None:
        versions = {programme: book.lawbook.versions for programme, book in found.books.items()}
        reviewed = {
            (programme, one.number): forms.stored(one.document).review == "required"
            for programme, every in versions.items()
            for one in every
        }
        taken = groupby(found.rows(self.STEPS), lambda row: (row[0], row[1]))
        steps = {draft: [row[2:] for row in rows] for draft, rows in taken}
        for programme, draft, *cells in found.rows(self.DRAFTS):
            self.count("drafts", 1)
            mine = steps.pop((programme, draft), [])
            self._draft(draft, cells, mine, reviewed.get((programme, cells[0]), False))
            if cells[2] == "published":
                self._version(draft, cells, mine, versions.get(programme, []))
        for _, draft in steps:
            self.breaks("steps of a draft that is not there", expected="a draft", found="none", draft=draft)

    def _draft(self, draft: str, cells: list[Any], steps: list[tuple[Any, ...]], review: bool) -> None:
        """The draft as it stands, against what its steps lead to."""
        base, source, state, revision, _ = cells
        numbers = [number for number, *_ in steps]
        if numbers != list(range(1, revision + 1)):
            self.breaks("a draft misses a step", expected=f"1 to {revision}", found=numbers, draft=draft)
            return
        led = self._led(draft, steps, review)
        if led != state:
            self.breaks("a draft is not where its steps lead", expected=led, found=state, draft=draft)
        last = (steps[-1][5], steps[-1][6])
        stands = (base, hashlib.sha256(source.encode()).hexdigest())
        if last != stands:
            self.breaks("a draft changed without a step", expected=last, found=stands, draft=draft)

    def _led(self, draft: str, steps: list[tuple[Any, ...]], review: bool) -> State | None:
        """Where the steps lead, each taken again."""
        if steps[0][1] != "begin":
            self.breaks("a draft that nobody began", expected="begin", found=steps[0][1], draft=draft)
            return None
        state: State = "open"
        for place, (number, verb, actor, _, why, *_) in enumerate(steps[1:], start=1):
            authors = {one[2] for one in steps[:place] if one[1] in AUTHORING}
            try:
                state = law.after(verb, state, actor=actor, authors=authors, why=why, review=review)
            except Refusal as refusal:
                what = "a step that the law refuses"
                self.breaks(what, expected=refusal.code, found=verb, draft=draft, step=number)
                return None
        return state

    def _version(self, draft: str, cells: list[Any], steps: list[tuple[Any, ...]], versions: list[VersionRow]) -> None:
        """What a draft became: the version after its base, with its very file, when it was published."""
        base, source, _, _, number = cells
        one = next((each for each in versions if each.number == number), None)
        became = None if one is None else (one.number, one.source == source, clock.micros(one.published_at))
        expected = (base + 1, True, steps[-1][3] if steps else None)
        if became != expected:
            self.breaks("a draft became another version", expected=expected, found=became, draft=draft)


class Versions(Invariant):
    """The versions of each programme: numbered without a gap, each with the hash of what it says."""

    clause = "2.4"
    part = "versions"
    sentence = "Versions follow one another without a gap, and each says what its hash was made of."

    def ask(self, found: Found) -> None:
        for programme, book in found.books.items():
            versions = book.lawbook.versions
            self.count("versions", len(versions))
            numbers = [one.number for one in versions]
            if numbers != list(range(1, len(numbers) + 1)):
                what = "a version is missing"
                self.breaks(what, expected=f"1 to {len(numbers)}", found=numbers, programme=programme)
            for one in versions:
                digest = hashlib.sha256(one.document.encode()).hexdigest()
                if digest != one.digest:
                    what = "a version says something else than was published"
                    self.breaks(what, expected=one.digest, found=digest, programme=programme, version=one.number)
