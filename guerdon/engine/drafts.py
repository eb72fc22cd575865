"""Drafts of the programme: changed part by part, looked at by a second person, brought up to date, put into force."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core import differences, drafts, edits, errors, limits
from guerdon.core.documents import Mapping as Part
from guerdon.core.drafts import Verb
from guerdon.core.edits import Edit, Side
from guerdon.core.programme import PROGRAMME_INVALID, Programme
from guerdon.engine import publish as publishing
from guerdon.engine.adjust import Actor
from guerdon.features.drafts import actions, queries
from guerdon.features.drafts.queries import DraftRow, StepRow
from guerdon.features.programmes import actions as programmes_actions
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms, rewriting
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import VersionRow
from guerdon.kit import audit, ids, store
from guerdon.kit.store import Store

DRAFT_BEGUN = errors.declare("clash", "draft_begun", "draft", "pointers")
DRAFT_CHANGED = errors.declare("clash", "draft_changed", "expected", "got")
DRAFT_OUTDATED = errors.declare("clash", "draft_outdated", "base", "newest")
DRAFT_CLASHES = errors.declare("clash", "draft_clashes", "pointers")
DRAFT_UNCHANGED = errors.declare("clash", "draft_unchanged", "number")
DRAFT_IN_PAST = errors.declare("invalid", "draft_in_past", "now")
DRAFTS_TOO_MANY = errors.declare("clash", "drafts_too_many", "most")
STEPS_TOO_MANY = errors.declare("clash", "steps_too_many", "most")


Change = Callable[[Store, DraftRow], DraftRow]


class Deed(msgspec.Struct, frozen=True):
    """Who does something to which draft, when and why; `revision` is the one that was looked at, None is any."""

    programme_id: str
    draft_id: str
    actor: Actor
    now: datetime
    revision: int | None = None
    why: str = ""


def begin(
    *, programme_id: str, title: str, actor: Actor, now: datetime, why: str = "", content_of: int | None = None,
    seen: int | None = None,
) -> DraftRow:  # fmt: skip
    """A draft on the newest version; with the content of an older one where rolling back to it is meant.

    `seen` is the version that was looked at, None is any. Raises `programme_unpublished`, `version_unknown`,
    `drafts_too_many`, and `draft_outdated` where a newer version is out than was looked at.
    """

    return store.committed(
        lambda at_hand: _begun(at_hand, programme_id, title, actor, now, why=why, content_of=content_of, seen=seen)
    )


def _begun(
    at_hand: Store, programme_id: str, title: str, actor: Actor, now: datetime, *, why: str = "",
    content_of: int | None = None, seen: int | None,
) -> DraftRow:  # fmt: skip
    programmes_actions.lock(at_hand, programme_id)
    book = programmes.latest(at_hand, programme_id)
    base = book.newest().version
    if seen is not None and seen != base:
        raise DRAFT_OUTDATED(base=seen, newest=base)
    content = book.law(base if content_of is None else content_of)
    if queries.alive(at_hand, programme_id) >= limits.DRAFTS_MAX:
        raise DRAFTS_TOO_MANY(most=limits.DRAFTS_MAX)
    source = source_of(book.versions[content.version - 1])
    draft = DraftRow(ids.new(), title, base, source, "open", 1, now, by=actor.name)
    changes = _changes(book.law(base).programme, content.programme)
    actions.put(at_hand, programme_id, draft, _step(draft, "begin", actor, now, why, changes))
    return draft


def put(
    made: Sequence[Edit], *, programme_id: str, title: str, actor: Actor, now: datetime, seen: int,
    known: Collection[str],
) -> tuple[DraftRow, bool]:  # fmt: skip
    """Edits of the newest version in a draft of it, all or none: in the open one that somebody has begun meanwhile,
    else in a new one. Answers the draft, and whether it was there.

    `seen` is the version that was looked at, `known` the ids of the drafts of it that there were then: no clock says
    what was begun later. Raises the refusals of beginning and editing, and `draft_begun` where the draft that was
    begun meanwhile changes the same otherwise.
    """

    def write(at_hand: Store) -> tuple[DraftRow, bool]:
        programmes_actions.lock(at_hand, programme_id)  # whoever begins one now is waited for, and then seen
        newest = programmes.latest(at_hand, programme_id).newest().version
        if seen != newest:  # a draft of the version that was looked at is as outdated as the form is
            raise DRAFT_OUTDATED(base=seen, newest=newest)
        there = _since(at_hand, programme_id, seen, known)
        draft = there or _begun(at_hand, programme_id, title, actor, now, seen=seen)
        deed = Deed(programme_id, draft.id, actor, now)
        return _stepped(at_hand, deed, "edit", _joining(programme_id, made)), there is not None

    return store.committed(write)


def bring(
    *, programme_id: str, title: str, actor: Actor, now: datetime, source: str | None = None,
    content_of: int | None = None, why: str = "",
) -> DraftRow:  # fmt: skip
    """A draft of the newest version with a whole file, or with the content of an older version.

    Where the same person has one with the very same content open, it is that one: what is sent twice is meant once.
    Raises the refusals of beginning and writing.
    """

    def write(at_hand: Store) -> DraftRow:
        programmes_actions.lock(at_hand, programme_id)  # whoever brings one now is waited for, and then seen
        there = _same(at_hand, programme_id, actor, source, content_of)
        if there is not None:
            return there
        draft = _begun(at_hand, programme_id, title, actor, now, why=why, content_of=content_of, seen=None)
        if source is None:
            return draft
        return _stepped(at_hand, Deed(programme_id, draft.id, actor, now), "edit", lambda _, one: _with(one, source))

    return store.committed(write)


def _same(
    at_hand: Store, programme_id: str, actor: Actor, source: str | None, content_of: int | None
) -> DraftRow | None:
    """The open draft that a person began with the content, as it was brought."""
    book = programmes.latest(at_hand, programme_id)
    wanted = source if content_of is None else source_of(book.versions[book.law(content_of).version - 1])
    found = [
        one
        for one in queries.of_base(at_hand, programme_id, book.newest().version)
        if one.state == "open" and one.source == wanted
    ]
    return next((one for one in found if _began(at_hand, programme_id, one) == actor.person), None)


def _began(at_hand: Store, programme_id: str, one: DraftRow) -> str:
    return queries.steps(at_hand, programme_id, one.id)[0].actor_id


def _since(at_hand: Store, programme_id: str, base: int, known: Collection[str]) -> DraftRow | None:
    """The draft that others began meanwhile; in one that rolls back no other change is meant."""
    found = [one for one in queries.of_base(at_hand, programme_id, base) if one.id not in known and one.state == "open"]
    return next((one for one in found if not queries.steps(at_hand, programme_id, one.id)[0].changes), None)


def _joining(programme_id: str, made: Sequence[Edit]) -> Change:
    """The edits of a version, brought into a draft of it that may have changed something else."""

    def change(at_hand: Store, draft: DraftRow) -> DraftRow:
        base = document_of(source_of(programmes.latest(at_hand, programme_id).versions[draft.base - 1]))
        found = edits.merged(base, edits.edited(base, made), document_of(draft.source), {})
        if found.clashes:
            raise DRAFT_BEGUN(draft=ids.show("draft", draft.id), pointers=", ".join(found.clashes))
        return _with(draft, rewriting.rewritten(draft.source, found.document))

    return change


def edit(deed: Deed, made: Sequence[Edit]) -> DraftRow:
    """Change parts of a draft, all or none. Raises `part_unknown`, and `programme_invalid` with every fault."""

    def change(_: Store, draft: DraftRow) -> DraftRow:
        document = edits.edited(document_of(draft.source), made)
        return _with(draft, rewriting.rewritten(draft.source, document))

    return _do(deed, "edit", change)


def write(deed: Deed, source: str) -> DraftRow:
    """Replace the whole file of a draft. Raises `programme_invalid` with every fault."""
    return _do(deed, "edit", lambda _, draft: _with(draft, source))


def submit(deed: Deed) -> DraftRow:
    """Ask for a second person. Raises `draft_unchanged` where there is nothing to look at."""
    return _do(deed, "submit", _differing(deed.programme_id))


def approve(deed: Deed) -> DraftRow:
    """Let a draft pass, as a second person: nobody who had a hand in it. Raises `own_draft`."""
    return _do(deed, "approve")


def send_back(deed: Deed) -> DraftRow:
    """Return a draft to those who made it, with words."""
    return _do(deed, "send_back")


def discard(deed: Deed) -> DraftRow:
    """Give a draft up, for good."""
    return _do(deed, "discard")


def rebase(deed: Deed, take: Mapping[str, Side]) -> DraftRow:
    """Bring a draft onto the newest version: what it changed of its base stays changed.

    Raises `draft_clashes` with the parts that both changed, until `take` says whose counts.
    """

    def change(at_hand: Store, draft: DraftRow) -> DraftRow:
        book = programmes.latest(at_hand, deed.programme_id)
        newest = book.versions[-1]
        base, theirs = (document_of(source_of(book.versions[number - 1])) for number in (draft.base, newest.number))
        found = edits.merged(base, document_of(draft.source), theirs, take)
        if found.clashes:
            raise DRAFT_CLASHES(pointers=", ".join(found.clashes))
        source = rewriting.rewritten(source_of(newest), found.document)
        return msgspec.structs.replace(_with(draft, source), base=newest.number)

    return _do(deed, "rebase", change)


def publish(deed: Deed, *, effective_at: datetime | None = None) -> tuple[DraftRow, VersionRow]:
    """Make a draft the next version, in force at once or from an instant on.

    Raises `draft_not_approved` where the newest version asks for a second person, `draft_outdated` where its base is
    not the newest any more, `draft_unchanged`, `draft_in_past` and the refusals of `programmes.actions.publish`.
    """
    since = deed.now if effective_at is None else effective_at
    if since < deed.now:
        raise DRAFT_IN_PAST(now=deed.now.isoformat())

    def write(at_hand: Store) -> tuple[DraftRow, VersionRow]:
        programmes_actions.lock(at_hand, deed.programme_id)
        book = programmes.latest(at_hand, deed.programme_id)
        newest = book.newest()
        draft, steps = _locked(at_hand, deed)
        state = drafts.after(
            "publish", draft.state, actor=deed.actor.person, authors=queries.authors(steps), why=deed.why,
            review=newest.programme.review == "required",
        )  # fmt: skip
        if draft.base != newest.version:
            raise DRAFT_OUTDATED(base=draft.base, newest=newest.version)
        _differing(deed.programme_id)(at_hand, draft)
        version = publishing.put_in_force(
            at_hand, deed.programme_id, valid(draft.source), draft.source, effective_at=since, now=deed.now,
            by=deed.actor.name, actor=deed.actor.noted, reason=deed.why,
        )  # fmt: skip
        after = msgspec.structs.replace(draft, state=state, revision=draft.revision + 1, version=version.number)
        actions.put(at_hand, deed.programme_id, after, _step(after, "publish", deed.actor, deed.now, deed.why))
        return after, version

    return store.committed(write)


class Checked(msgspec.Struct, frozen=True):
    """A draft beside what it was made from and what is newest now."""

    draft: DraftRow
    programme: Programme
    base: Programme
    newest: int
    clashes: tuple[str, ...] = ()  # parts that both it and versions since its base changed


def check(at_hand: Store, programme_id: str, draft_id: str) -> Checked:
    """A draft with its base. Raises `draft_unknown`."""
    draft = queries.get(at_hand, programme_id, draft_id)
    book = programmes.latest(at_hand, programme_id)
    newest = book.newest().version
    clashes: tuple[str, ...] = ()
    if newest != draft.base:
        base, theirs = (document_of(source_of(book.versions[number - 1])) for number in (draft.base, newest))
        clashes = edits.merged(base, document_of(draft.source), theirs, {}).clashes
    return Checked(draft, valid(draft.source), book.law(draft.base).programme, newest, clashes)


def as_of(at_hand: Store, programme_id: str, draft_id: str, revision: int) -> Programme | None:
    """The programme as a draft said it at a revision: its base, and on it every step until then.

    None for a revision that it never had.
    """
    steps = queries.steps(at_hand, programme_id, draft_id)
    if not 1 <= revision <= len(steps):
        return None
    document = forms.to_document(programmes.latest(at_hand, programme_id).law(steps[0].base).programme)
    made = [edit for step in steps[:revision] for edit in step.changes if edit.path not in differences.ORDERED]
    return forms.read_document(edits.edited(document, made)).programme


def source_of(version: VersionRow) -> str:
    """The file of a version as it was written; the canonical one where it was published without a file."""
    return version.source or forms.to_yaml(forms.stored(version.document))


def document_of(source: str) -> Part:
    """The document of a file that is right."""
    found = texts.read(source).document
    assert isinstance(found, dict), "a draft's file is a programme"
    return found


def valid(source: str) -> Programme:
    """The programme of a file. Raises `programme_invalid` with every fault and its place."""
    reading = forms.read(source)
    if reading.programme is None:
        refusal = PROGRAMME_INVALID(problems=len(reading.errors), first=str(reading.errors[0]))
        refusal.faults = tuple((one.path, one.reason, _told(one)) for one in reading.errors)
        raise refusal
    return reading.programme


def _told(one: forms.Problem) -> str:
    return f"{one.message} ({one.suggestion})" if one.suggestion else one.message


def _do(deed: Deed, verb: Verb, change: Change | None = None) -> DraftRow:
    """One step: the draft locked, the law asked, what changes changed, both noted."""
    return store.committed(lambda at_hand: _stepped(at_hand, deed, verb, change))


def _stepped(at_hand: Store, deed: Deed, verb: Verb, change: Change | None) -> DraftRow:
    draft, steps = _locked(at_hand, deed)
    authors = queries.authors(steps)
    state = drafts.after(verb, draft.state, actor=deed.actor.person, authors=authors, why=deed.why)
    changed = draft if change is None else change(at_hand, draft)
    changes: tuple[Edit, ...] = ()
    if changed.source != draft.source:
        programme = valid(changed.source)
        programmes.check_key(programmes.by_id(at_hand, deed.programme_id), programme)
        changes = _changes(valid(draft.source), programme)
    elif verb == "edit" or (verb == "rebase" and changed.base == draft.base):
        return draft  # nothing changes, so nobody needs to look at it again
    after = msgspec.structs.replace(changed, state=state, revision=draft.revision + 1)
    actions.put(at_hand, deed.programme_id, after, _step(after, verb, deed.actor, deed.now, deed.why, changes))
    if state != draft.state:
        audit.note(
            at_hand, programme_id=deed.programme_id, actor=deed.actor.noted, action=f"draft.{verb}",
            about=ids.show("draft", deed.draft_id), before={"state": draft.state}, after={"state": state},
            reason=deed.why, now=deed.now,
        )  # fmt: skip
    return after


def _locked(at_hand: Store, deed: Deed) -> tuple[DraftRow, list[StepRow]]:
    draft = queries.lock(at_hand, deed.programme_id, deed.draft_id)
    if deed.revision is not None and draft.revision != deed.revision:
        raise DRAFT_CHANGED(expected=draft.revision, got=deed.revision)
    steps = queries.steps(at_hand, deed.programme_id, deed.draft_id)
    if len(steps) >= limits.DRAFT_STEPS_MAX:
        raise STEPS_TOO_MANY(most=limits.DRAFT_STEPS_MAX)
    return draft, steps


def _differing(programme_id: str) -> Change:
    """The draft as it is, where it says something else than its base. Raises `draft_unchanged`."""

    def change(at_hand: Store, draft: DraftRow) -> DraftRow:
        base = programmes.latest(at_hand, programme_id).versions[draft.base - 1]
        if source_of(base) == draft.source:
            raise DRAFT_UNCHANGED(number=draft.base)
        return draft

    return change


def _with(draft: DraftRow, source: str) -> DraftRow:
    return msgspec.structs.replace(draft, source=source)


def _changes(before: Programme, after: Programme) -> tuple[Edit, ...]:
    """What differs, as the edits that lead there."""
    found = differences.changes(before, after)
    return tuple(Edit("remove" if one.after is None else "put", one.path, one.after) for one in found)


def _step(
    draft: DraftRow, verb: Verb, actor: Actor, now: datetime, why: str, changes: tuple[Edit, ...] = ()
) -> StepRow:
    digest = hashlib.sha256(draft.source.encode()).hexdigest()
    return StepRow(draft.revision, verb, actor.name, actor.person, now, why, draft.base, digest, changes)
