"""Versions in the console: listed, compared, rolled back to, downloaded, and a file that becomes a draft."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import drafts as engine
from guerdon.faces import posted
from guerdon.faces.api import drafts as api
from guerdon.faces.api import programme, trials
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import drafts, frame, meanwhile, sources
from guerdon.faces.design.shapes import Choice, Link
from guerdon.faces.refusals import grammar
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong with a file, and on which line."""

    line: int
    text: str
    message: str
    suggestion: str


def list_(visit: Visit) -> HttpResponse:
    """All versions, the newest first."""
    found = ask(visit, programme.list_versions).versions
    pen, book = Pen(visit), programmes.latest(visit.store, visit.programme_id)
    ahead = {law.version for law in book.ahead(visit.now)}
    rows = [
        (one, pen.since(one.effective_at), pen.moment(one.published_at), one.number in ahead) for one in reversed(found)
    ]
    numbers = tuple([Choice(str(one.number), str(one.number)) for one in found])
    context = {"rows": rows, "numbers": numbers, "last": str(len(found)), "before": str(max(1, len(found) - 1))}
    return frame.page(visit, "console/versions.html", context, area="console.versions")


def compare(visit: Visit) -> HttpResponse:
    """What one version changes of another."""
    get = visit.request.GET
    against = str(get.get("against", "1"))
    query = trials.DiffQuery(int(against) if against.isdecimal() and 0 < len(against) < 10 else 1)
    found = ask(visit, trials.diff, str(get.get("number", "1")), query=query)
    book = programmes.latest(visit.store, visit.programme_id)
    one, other = (engine.source_of(book.versions[number - 1]) for number in (found.against, found.number))
    links = (Link(visit.say("rules.versions"), visit.to("console.versions")),)
    context = {"found": found, "lines": drafts.lines(one, other), "links": links}
    return frame.page(visit, "console/compare.html", context, area="console.versions")


def roll_back(visit: Visit, number: int) -> HttpResponse:
    """A draft that says what an older version said."""
    title = visit.say("drafts.rolling_back", number=number)
    draft = sources.bring(visit, title, content_of=number)
    return visit.done(visit.say("drafts.rolled_back", number=number), "console.draft", draft)


def file(visit: Visit, number: int) -> HttpResponse:
    """The file of a version, as it was written."""
    book = programmes.latest(visit.store, visit.programme_id)
    law = book.law(number)
    answered = HttpResponse(engine.source_of(book.versions[law.version - 1]), content_type="application/yaml")
    answered.headers["Content-Disposition"] = f'attachment; filename="{visit.row.key}-{number}.yaml"'
    return answered


def draft_file(visit: Visit, id: str) -> HttpResponse:
    """The file of a draft in an editor of text."""
    return _writing(visit, id, sources.of(visit, id).file)


def write(visit: Visit, id: str) -> HttpResponse:
    """Replace the file of a draft; what is wrong is told line by line."""
    text = str(visit.request.POST.get("file", "")).replace("\r\n", "\n")
    wrong = wrong_of(text, visit.language)
    if wrong:
        return _writing(visit, id, text, wrong=wrong, status=422)
    try:
        reply(visit, api.write, id, body=api.DraftFile(text), etag=meanwhile.seen(visit, 0))
    except Refusal as refusal:
        faults = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _writing(visit, id, text, faults=faults, status=422)
    return visit.done(visit.say("rules.saved"), "console.draft", id)


def upload(visit: Visit) -> HttpResponse:
    """A draft of a file that somebody has."""
    sent = visit.request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > limits.PROGRAMME_BYTES_MAX:
        return _uploading(visit, (), {"file": visit.say("drafts.file_missing")})
    try:
        text = sent.read().decode("utf-8")
    except UnicodeDecodeError:
        return _uploading(visit, (), {"file": visit.say("drafts.file_not_text")})
    wrong = wrong_of(text, visit.language)
    if wrong:
        return _uploading(visit, wrong, {})
    programmes.check_key(visit.row, forms.load(text))
    title = visit.say("drafts.uploading", name=sent.name)[: limits.NAME_CHARS_MAX]
    return visit.done(visit.say("drafts.uploaded"), "console.draft", sources.bring(visit, title, file=text))


def wrong_of(text: str, language: str) -> tuple[Wrong, ...]:
    """What is wrong with a file, in its order; suggestions are there in English."""
    told = text.splitlines()
    found = []
    for one in forms.read(text).errors:
        line = told[one.line - 1].strip() if 0 < one.line <= len(told) else ""
        hint = (one.suggestion or "") if language == "en" else ""
        found.append(Wrong(one.line, line, grammar.tell(one.reason, one.message, language), hint))
    return tuple(found)


def _writing(
    visit: Visit,
    id: str,
    text: str,
    *,
    wrong: tuple[Wrong, ...] = (),
    faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    source = sources.of(visit, id)
    context: dict[str, Any] = {
        "id": id, "source": source,
        "meanwhile": sources.since(visit, source), "text": text, "wrong": wrong,
        "faults": faults or {}, "links": (Link(source.title, visit.to("console.draft", id)),),
        "height": min(60, text.count("\n") + 4),
    }  # fmt: skip
    return frame.page(visit, "console/file.html", context, area="console.drafts", status=status)


def _uploading(visit: Visit, wrong: tuple[Wrong, ...], faults: dict[str, str]) -> HttpResponse:
    links = (Link(visit.say("rules.versions"), visit.to("console.versions")),)
    context = {"wrong": wrong, "faults": faults, "links": links}
    return frame.page(visit, "console/upload.html", context, area="console.versions", status=422)


_AT: Final = "console/<slug:programme>/versions/"
_FILE: Final = "console/<slug:programme>/drafts/<str:id>/file"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "rules:read", list_, "console.versions"),
    Page(f"{_AT}compare", "rules:read", compare, "console.compare"),
    Page(f"{_AT}upload", "programme:write", upload, "console.upload", methods=("POST",)),
    Page(f"{_AT}<int:number>/back", "programme:write", roll_back, "console.roll_back", methods=("POST",)),
    Page(f"{_AT}<int:number>/file", "rules:read", file, "console.version_file"),
    Page(_FILE, "programme:write", draft_file, "console.draft_file"),
    Page(_FILE, "programme:write", write, "console.draft_file", methods=("POST",)),
)
