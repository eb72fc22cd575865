"""A visit: who looks at a page of which programme, in which language, with which rights; and the table of pages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, Literal, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import translation

from guerdon.core import errors, rights
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.core.rights import Right, Role
from guerdon.engine import viewing
from guerdon.faces import aside, detours, gone, posted, refused, sessions, sure, words
from guerdon.faces.sure import Question, Waiting
from guerdon.features.members import queries as members
from guerdon.features.programmes import clocks
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
from guerdon.features.users import queries as users
from guerdon.kit import clock, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

RIGHT_MISSING = errors.declare("forbidden", "right_missing", "right", "role")

Language = Literal["en", "bg", "tr"]
# Beside the rights of staff: anybody, whoever has signed in, and whoever has an account of points in the programme.
Needs = Right | Literal["public", "signed in", "self"]
# Who stands at a till all day has nothing to lose but that till; everybody, and everywhere else, shows a second factor.
WITHOUT_SECOND_FACTOR: Final[frozenset[Role]] = frozenset({"cashier"})
_TILL: Final = "till/"
_CONSOLE: Final = "console/"
_HOMES: Final = {"my": "portal.home", "console": "console.home", "till": "till.home"}  # by how addresses begin
_KEY: Final = "viewing:{}"  # in the session: whose pages somebody of the staff looks at, by programme
_CHANGES: Final = (":write", ":spend")  # how rights end that change something
VIEWS: Final[Right] = "privacy:read"  # whoever may read all that is known of members may see their pages as they do


class Visit(msgspec.Struct, frozen=True):
    """One request for a page. Without a role somebody is no staff; without a member nobody's points are shown."""

    request: HttpRequest
    row: ProgrammeRow
    book: Lawbook
    now: datetime
    language: Language
    user_id: str | None
    name: str
    role: Role | None
    member_id: str | None
    own: bool = False  # whether it is a page of the member's own account
    viewing: bool = False  # somebody of the staff looks at a member's pages, and can change nothing there

    @property
    def programme_id(self) -> str:
        return self.row.id

    @property
    def programme(self) -> Programme:
        """The programme as it is now."""
        return self.book.current(self.now).programme

    @property
    def zone(self) -> ZoneInfo:
        return self.programme.zone

    @property
    def store(self) -> Store:
        return store.current()

    @property
    def rights(self) -> frozenset[Right]:
        """What the visitor may: on pages of the own account what members may, on others what staff of the role may.

        Who only looks at a member's pages may read what members may read.
        """
        if self.own:
            mine = frozenset() if self.member_id is None else rights.of("member")
            return frozenset(one for one in mine if not one.endswith(_CHANGES)) if self.viewing else mine
        return frozenset() if self.role is None else rights.of(self.role)

    @property
    def actor(self) -> Actor:
        """Who acts, for the book of who did what."""
        return Actor("user", self.user_id or "")

    def may(self, right: Right) -> bool:
        """Whether the visitor has a right: what can't be done is not offered."""
        return right in self.rights

    # --- what every page says and answers ---

    def say(self, key: str, **facts: object) -> str:
        """Words in the language of the visit."""
        return words.say(key, self.language, **facts)

    def to(self, page: str, *ids: str) -> str:
        """The address of a page of the programme."""
        return reverse(page, args=[self.row.key, *ids])

    def on(self, address: str) -> HttpResponse:
        """On to an address, which is got: what is loaded again there does nothing."""
        answered = HttpResponseRedirect(address)
        answered.status_code = 303
        return answered

    def done(self, text: str, page: str, *ids: str, query: str = "") -> HttpResponse:
        """After something was done: on to a page, which says so; `query` begins with its question mark."""
        messages.success(self.request, text)
        return self.on(self.to(page, *ids) + query)

    def sure(self, asked: Question, *, token: str = "") -> HttpResponse:
        """Ask whether it is really meant: on to a page of the question, whose form is the same once more with its yes.

        `token` names what is then done, else what the form does. Raises `question_too_long`.
        """
        named = token or posted.token(self.request)
        return self.on(sure.put(self.request, asked, token=named, whose=self.whose, language=self.language))

    @property
    def is_sure(self) -> bool:
        """Whether that was asked, and answered with yes."""
        return self.request.POST.get(posted.SURE) == "true"

    @property
    def whose(self) -> tuple[str, str]:
        """Of whom something is asked: who has signed in, and as which member."""
        return self.user_id or "", self.member_id or ""


class Page(msgspec.Struct, frozen=True):
    """One row of the table of pages: an address, what it needs, and the function that answers."""

    path: str  # as Django writes it; `<slug:programme>` stands in all but public ones of the installation
    needs: Needs
    run: Callable[..., HttpResponseBase]
    name: str
    methods: tuple[str, ...] = ("GET",)
    also: tuple[Right, ...] = ()  # rights that it needs beside: without them it would begin what can't be finished
    cut: bool = False  # it takes a form that was too large as far as that came, and says so itself
    fresh: bool = False  # whoever comes must have shown who they are a short while ago
    file_of: str = ""  # of a file, the page that offers it: there somebody goes on who had to show who they are

    @property
    def key(self) -> str:
        """The page as the table of rights shows it."""
        return f"{'|'.join(self.methods)} /{self.path}"


Asking = Callable[[Visit, Waiting], HttpResponse]  # how a face asks whether something is really meant


def urls(pages: Iterable[Page], asking: Asking) -> list[URLPattern]:
    """The addresses of pages; pages that share one answer each their own methods.

    Where a page has something to be sent, the question whether that is meant has the same address and needs the same.
    """
    by_path: dict[str, list[Page]] = {}
    for page in pages:
        by_path.setdefault(page.path, []).append(page)
    return [path(where, _door(found, asking), name=found[0].name) for where, found in by_path.items()]


def _door(pages: list[Page], asking: Asking) -> Callable[..., HttpResponseBase]:
    by_method = {method: page for page in pages for method in page.methods}

    def answer(request: HttpRequest, programme: str, **ids: str | int) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method or ""
        asked = method == "GET" and sure.ASKED in request.GET and "POST" in by_method
        page = by_method.get("POST" if asked else method)
        if page is None:
            return HttpResponseNotAllowed(sorted(by_method))
        visit = of(request, programme)
        try:
            if page.needs == "self":
                visit = _own(visit)
            first = _let_in(visit, page)
            answered = first or (_asked(visit, asking, by_method) if asked else _answer(visit, page, by_method, ids))
            if page.needs != "public":
                answered.headers.setdefault("Cache-Control", "no-store, private")  # it may tell who looks
                if visit.user_id is not None:
                    aside.sign(request, answered, user_id=visit.user_id)
            if visit.viewing:
                answered.headers["Guerdon-Viewing"] = "yes"  # the worker on the phone of who looks keeps nothing of it
            return answered
        except Refusal as refusal:
            answered = _refused(visit, page, refusal, method, ids)
            answered.headers["Cache-Control"] = "no-store, private"  # it is told to who asked, of what they asked
            return answered

    refused.takes_cut(answer)
    return answer


def _asked(visit: Visit, asking: Asking, pages: dict[str, Page]) -> HttpResponse:
    """The page of a question; on to what came of it where that is done, and where it is gone, to begin again."""
    waiting = sure.get(visit.request, whose=visit.whose)
    if waiting is not None:
        return _led(visit, waiting) if waiting.led else asking(visit, waiting)
    messages.warning(visit.request, visit.say("page.sure_gone"))
    return visit.on(_before(visit, pages))


def _answer(visit: Visit, page: Page, pages: dict[str, Page], ids: Mapping[str, str | int]) -> HttpResponseBase:
    """What a page answers; a yes to a question is done once, and leads to the same ever after."""
    if not page.cut:
        posted.check_whole(visit.request)
    waiting = sure.get(visit.request, whose=visit.whose) if visit.is_sure else None
    if waiting is not None and waiting.led:
        return _led(visit, waiting)
    answered = _found(visit, page, ids) or page.run(visit, **ids)
    to = answered.headers.get("Location", "")
    if waiting and answered.status_code == 303 and not to.startswith(f"{waiting.path}?{sure.ASKED}="):
        here = to.startswith("/") and not to.startswith("//")  # nobody is led out of the house a second time
        sure.answered(visit.request, waiting, to if here else _before(visit, pages))
    return answered


def _led(visit: Visit, waiting: Waiting) -> HttpResponse:
    messages.info(visit.request, visit.say("page.sure_done"))
    return visit.on(waiting.led)


def _before(visit: Visit, pages: dict[str, Page]) -> str:
    """Where somebody can begin: the page itself, or the first of its face where it only takes forms."""
    return visit.request.path if "GET" in pages else visit.to(_HOMES[visit.request.path.split("/")[1]])


def _found(visit: Visit, page: Page, ids: Mapping[str, str | int]) -> HttpResponse | None:
    """The page that says that nothing can be at this address; None where something may be."""
    missing = gone.misspelt(page.path, ids)
    return missing and gone.page(visit.request, *missing, visit.to(missing[0].at))


def _refused(visit: Visit, page: Page, refusal: Refusal, method: str, ids: Mapping[str, str | int]) -> HttpResponse:
    """The page of a refusal: of what is not there with the way to its list; who has no right to a page of the staff
    is told where they may go."""
    missing = gone.sought(page.path, ids, refusal, reads=method == "GET")
    if missing is not None:
        return gone.page(visit.request, *missing, visit.to(missing[0].at))
    if refusal.kind is not RIGHT_MISSING or not _of_staff(page):
        return refused.page(visit.request, refusal, visit.programme, visit.row.key)
    found = _ways(visit)
    if page.name == "console.home" and method == "GET" and found and visit.role is not None:
        return HttpResponseRedirect(found[0].to)  # the front door: whoever works elsewhere is led there
    return refused.shut(visit.request, visit.role, found)


def _ways(visit: Visit) -> list[refused.Way]:
    """Where whoever is refused may go instead, in the same programme."""
    faces = [
        ("till.home", set(rights.AT_TILL) <= visit.rights), ("console.home", visit.may("figures:read")),
        ("portal.home", visit.member_id is not None),
    ]  # fmt: skip
    found = [refused.Way(visit.to(face), f"signin.to_{face[:-5]}") for face, may in faces if may]
    if not found and visit.role is not None:  # whose systems work here: the page that says what they may do
        found = [refused.Way(visit.to("console.account"), "signin.to_account")]
    return found


def of(request: HttpRequest, programme: str) -> Visit:
    """The visit of a request to a programme. Raises Http404 where there is no such programme, or no law yet."""
    at_hand = store.current()
    try:
        row = programmes.by_key(at_hand, programme)
    except Refusal as refusal:
        raise Http404(refusal.code) from refusal
    book = programmes.lawbook(at_hand, row.id)
    clocks.note(row.id, row.clock)
    now = clocks.now(row.id, clock.now())
    if not book.versions or now < book.begins():
        raise Http404("the programme has not begun")
    user = request.user if request.user.is_authenticated else None
    user_id = None if user is None else str(user.pk)
    staff = [] if user_id is None else [one for one in users.of_user(at_hand, user_id) if one.programme_id == row.id]
    member_id = None if user is None else members.find(at_hand, row.id, "email", user.digest)
    name = staff[0].name if staff else ""
    role = staff[0].role if staff else None
    return Visit(
        request, row, book, now, cast(Language, translation.get_language() or "en"), user_id, name, role, member_id
    )  # fmt: skip


def viewed(visit: Visit) -> str | None:
    """The member whose pages somebody of the staff looks at in this session, if they do and still may.

    Whoever may not any more, because the role ended or the second factor is not shown, does not look from now on.
    """
    session, key = visit.request.session, _KEY.format(visit.programme_id)
    member_id: str | None = session.get(key)
    if member_id is None:
        return None
    if visit.user_id is None or not visit.may(VIEWS) or not sessions.strong(visit.request):
        del session[key]
        return None
    return member_id


def view(visit: Visit, member_id: str | None) -> None:
    """From now on the pages of the own account are the member's, in this session; None: the visitor's own again."""
    key = _KEY.format(visit.programme_id)
    if member_id is None:
        visit.request.session.pop(key, None)
    else:
        assert VIEWS in visit.rights and not visit.own, "only a page of the staff begins to look at a member's"
        visit.request.session[key] = member_id


def _own(visit: Visit) -> Visit:
    """The visit as it is on pages of the own account: to the visitor's own, or to that of the member in view.

    Every page that is seen so is a look, and nothing can be sent from one. Raises `right_missing`.
    """
    member_id = viewed(visit)
    if member_id is None:
        return msgspec.structs.replace(visit, own=True)
    if visit.request.method not in ("GET", "HEAD"):
        raise RIGHT_MISSING(right="members:write", role=visit.role or "")
    viewing.look(
        programme_id=visit.programme_id, member_id=member_id, user_id=visit.user_id or "", name=visit.name,
        now=visit.now,
    )  # fmt: skip
    return msgspec.structs.replace(visit, own=True, viewing=True, member_id=member_id)


def _let_in(visit: Visit, page: Page) -> HttpResponse | None:
    """Where somebody must go first; None for who may come in. Raises `right_missing`."""
    if page.needs == "public":
        return None
    if visit.user_id is None:
        return _signed_out(visit, page)
    strictly = _of_staff(page) and not (page.path.startswith(_TILL) and visit.role in WITHOUT_SECOND_FACTOR)
    if _of_staff(page):
        _check_rights(visit, page)
        if strictly and not sessions.strong(visit.request):
            if sessions.ever_strong(visit.request):  # but too long ago
                return detours.asked_again(visit.request, strictly=True)
            return detours.sent("mfa_index", visit.request)
    elif page.needs == "self" and visit.member_id is None:
        return HttpResponseRedirect(visit.to("portal.join"))
    if page.fresh and not sessions.recent(visit.request, strictly=strictly):
        return detours.asked_again(visit.request, strictly=strictly, to=_offered(visit, page))
    if visit.request.method != "GET":
        aside.drop(visit.request)  # what waited is here now
    elif aside.take(visit.request, user_id=visit.user_id):
        return HttpResponseRedirect(reverse("again.go_on"))
    return None


def _signed_out(visit: Visit, page: Page) -> HttpResponse:
    """On to sign-in; what somebody sent whose session is over waits for them, or it is said that it does not."""
    request = visit.request
    whose = aside.whose(request) if request.method == "POST" else None
    if whose is not None and "Hx-Request" not in request.headers:  # else somebody types: nothing was sent
        kept = page.path.startswith(_CONSOLE) and aside.leave(request, back=detours.back(request), user_id=whose)
        if not kept:
            messages.warning(request, visit.say("page.not_saved"))
    return detours.sent("account_login" if _of_staff(page) else "account_request_login_code", request)


def _check_rights(visit: Visit, page: Page) -> None:
    for needed in (cast(Right, page.needs), *page.also):
        if needed not in visit.rights:
            raise RIGHT_MISSING(right=needed, role=visit.role or "")


def _offered(visit: Visit, page: Page) -> str:
    """The page that offers a file and begins to load it; nothing where the page is none."""
    if not page.file_of:
        return ""
    return f"{visit.to(page.file_of)}?{urlencode({'file': page.name})}"


def _of_staff(page: Page) -> bool:
    return page.needs not in ("public", "signed in", "self")
