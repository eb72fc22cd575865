"""Every page × role, member and nobody × own and other programme: the table decides, and nobody sees a canary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import get_resolver

from guerdon.core import rights
from guerdon.core.rights import STAFF
from guerdon.faces import words as texts
from guerdon.faces.visits import Page
from guerdon.site import urls
from tests.security import headers, world

# Whose id stands in the address, by the step before it; a page with another one fails until it stands here.
IDS = {
    "members": "mem", "approvals": "adj", "claims": "clm", "drafts": "drf", "queue": "rdm", "keys": "key",
    "alerts": "alr", "staff": "usr", "invitations": "sti", "grants": "grt", "jobs": "job",
    "letters": "ltr", "memberships": "mbr", "what-if": "sim", "objectives": "obj", "costs": "cst",
    "receipts": "act", "redemptions": "rdm", "activity": "act", "mine": "rdm", "send": "trf", "membership": "mbr",
    "persons": "mem",
}  # fmt: skip
OTHERS = {
    "photos": "0" * 64, "kpi": "revenue", "kpis": "retention", "month": "2026-01", "part": "brand",
    "number": "1", "size": "192",
    "kinds": "five_off", "rewards": "mug", "rules": "base", "join": "aurora-plus", "plans": "aurora-plus",
    "ladders": "status",
}  # fmt: skip


@dataclass
class Houses:
    """Our programme and another one, and who comes."""

    own: world.World
    other: world.World
    clients: dict[str, Client]

    def again(self, name: str) -> None:
        """Somebody comes in anew, where a page has sent them out."""
        kind, _, who = name.partition(" ")
        self.clients[name] = self.own.staffed(who) if kind == "staff" else self.own.member(who)


@pytest.fixture(scope="module")
def houses(scratch_database) -> Iterator[Houses]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        own, other = world.opened(), world.opened()
        for one in (own, other):
            one.staffed("analyst")  # whose role may end
        clients = {f"staff {role}": own.staffed(role) for role in STAFF}
        other.staffed("owner")
        clients |= {"nobody": Client(SERVER_NAME="localhost")}
        clients |= {f"member {name}": own.member(name) for name in ("ann", "eva")}
        yield Houses(own, other, clients)
        own.api.close()
        other.api.close()


FRONT_DOOR = re.compile(r"/console/[^/]+/")


def address(page: Page, at: world.World, of: world.World) -> str:
    """The page in one programme, with the ids, codes and keys of one, which may be another."""
    steps = page.path.replace("<slug:programme>", at.cafe.key).split("/")
    for place, step in enumerate(steps):
        if "<" not in step:
            continue
        head, _, rest = step.partition("<")
        name, _, tail = rest.partition(":")[2].partition(">")
        before = steps[place - 1]
        kind = IDS.get(before, "") if name == "id" else ""
        if kind:
            told = of.ids[kind][-1 if kind in ("usr", "mem") and before != "members" else 0] if of.ids[kind] else ""
            told = told or f"{kind}_{'0' * 31}1"
        elif name == "code":
            told = of.codes["gift" if "/cards" in page.path else "voucher"]
        elif before == "segments":
            told = f"{of.mark}seg"
        else:
            told = OTHERS[before if before in OTHERS else name]
        steps[place] = head + told + tail
    return "/" + "/".join(steps)


def expected(page: Page, name: str, at_home: bool) -> str:
    """What the table says of somebody at a page: in, out (of the programme's staff), sign in or join."""
    kind, _, who = name.partition(" ")
    if page.needs == "public":
        return "in"
    if kind == "nobody" or page.path.endswith("/lock"):  # which signs out
        return "sign in"
    if page.needs == "signed in":
        return "in"
    if page.needs == "self":
        return "in" if kind == "member" and at_home else "join"
    return "in" if kind == "staff" and at_home and {page.needs, *page.also} <= rights.of_named(who) else "out"


def came(answer) -> str:
    """What became of somebody."""
    to = answer.headers.get("Location", "")
    if answer.status_code == 302 and to.startswith("/sign-in/"):
        return "sign in" if "again" not in to and "factors" not in to else "in"
    if answer.status_code == 302 and to.endswith("/join"):
        return "join"
    if answer.status_code == 302 and FRONT_DOOR.fullmatch(answer.request["PATH_INFO"]):
        return "out"  # whoever works elsewhere is led there
    if answer.status_code != 403:
        return "in"
    shut = b"right_missing" in answer.content or texts.say("page.forbidden", "en").encode() in answer.content
    return "out" if shut else "in"


def words(one: world.World) -> set[str]:
    """What nobody outside may see; the key of a programme stands in its address."""
    return one.secret_words() - {one.cafe.key}


def visit(houses: Houses, name: str, method: str, path: str):
    answer = houses.clients[name].generic(
        method, path, "x=1" if method == "POST" else "", "application/x-www-form-urlencoded", follow=False
    )
    page = answer.headers.get("Content-Type", "").startswith("text/html")
    headers.check(answer.headers, (name, method, path), page=page)
    if method == "POST" and path.endswith(("/lock", "/leave")) and name != "nobody":
        houses.again(name)
    return answer


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (content.decode("latin-1") + str(answer.headers)).lower()


def test_every_address_stands_in_the_table():
    told = {one.path for one in urls.PAGES}
    found = {str(one.pattern) for one in get_resolver().url_patterns if "<slug:programme>" in str(one.pattern)}
    assert found == told
    methods = [(one.path, method) for one in urls.PAGES for method in one.methods]
    assert len(methods) == len(set(methods)), "two rows for one address and method"


def cells(houses: Houses, *, at: world.World, of: world.World, names=None):
    """Each page and method with who comes, and what became of them."""
    for page in urls.PAGES:
        path = address(page, at, of)
        for method in page.methods:
            for name in names or houses.clients:
                yield page, name, path, visit(houses, name, method, path)


def test_each_page_opens_to_whom_the_table_says_and_to_nobody_else(houses):
    own = houses.own
    wrong, hidden = [], words(own)
    for page, name, path, answer in cells(houses, at=own, of=own):
        is_in = expected(page, name, at_home=True)
        if (name, came(answer)) == ("staff partner", "out") and not page.also:
            continue  # what the page asks for needs another right beside, which partners have not
        if came(answer) != is_in or answer.status_code >= 500:
            wrong.append((name, page.key, is_in, came(answer), answer.status_code))
        elif is_in == "in" and page.needs != "public" and "private" not in answer.headers.get("Cache-Control", ""):
            wrong.append((name, page.key, "may be kept", answer.headers.get("Cache-Control")))
        elif is_in != "in" or page.needs == "public":
            told = body(answer).replace(path.lower(), "")
            wrong += [(name, page.key, "sees", one) for one in hidden if one.lower() in told and one not in path]
    assert not wrong, wrong


def test_who_is_somebody_here_is_nobody_elsewhere(houses):
    """At the other programme's address, with its ids: staff and members of ours come no further than strangers."""
    wrong, hidden = [], words(houses.other)
    names = ("nobody", "staff owner", "staff cashier", "member ann")
    for page, name, path, answer in cells(houses, at=houses.other, of=houses.other, names=names):
        is_in = expected(page, name, at_home=False)
        if came(answer) != is_in or answer.status_code >= 500:
            wrong.append((name, page.key, is_in, came(answer), answer.status_code))
        told = body(answer)
        wrong += [(name, page.key, "sees", one) for one in hidden if one.lower() in told and one not in path]
    assert not wrong, wrong


@pytest.mark.parametrize("name", ["staff owner", "staff cashier", "member ann"])
def test_ids_of_another_programme_are_unknown_here(houses, name):
    wrong, hidden = [], words(houses.other) | {houses.other.cafe.key, houses.other.cafe.brand}
    for page, _, path, answer in cells(houses, at=houses.own, of=houses.other, names=[name]):
        told = body(answer)
        wrong += [(page.key, "sees", one) for one in hidden if one.lower() in told and one not in path]
        asked = b'name="sure"' in answer.content if not answer.streaming else False  # before anything is looked up
        found = answer.status_code < 300 and any(one in path for one in hidden) and came(answer) == "in" and not asked
        if found or answer.status_code >= 500:
            wrong.append((page.key, "is answered", answer.status_code))
    assert not wrong, wrong


def test_no_member_sees_what_is_anothers(houses):
    """Eva, who has nothing, at every page of members with the ids of Ann's things."""
    wrong = []
    own = houses.own
    hidden = {f"{own.mark}{one}" for one in ("ann", "ben", "cleo")} | {f"{own.mark} {one}" for one in ("ann", "ben")}
    hidden |= {f"{own.mark} {one}" for one in ("text", "message", "note", "reason")} | set(own.said[:4])
    hidden |= {own.codes["voucher"].lower(), own.codes["redemption"].lower()}
    for page, _, path, answer in cells(houses, at=own, of=own, names=["member eva"]):
        told = body(answer)
        wrong += [(page.key, "sees", one) for one in hidden if one.lower() in told and one not in path.lower()]
    assert not wrong, wrong
