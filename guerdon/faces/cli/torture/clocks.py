"""Clocks: the time jumps by hours, days and months, back and forth over the edges of the calendar, under load.

What only ever sees the clock go on is held against the oracle to the last lot; rules about days and hours, limits per
day, lives, vesting, tiers and holds are reckoned by hand (almanac.py). Where the clock was put back, members who come
in only then are held against an oracle of their own; whatever was told before is still told once; and no night is kept
twice for one local day.
"""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from guerdon.faces.cli.torture import almanac, clients, deeds, scratch, stand
from guerdon.faces.cli.torture.almanac import Reckoning, Visit
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller, judge
from guerdon.faces.cli.torture.clients import Scene
from guerdon.faces.cli.torture.history import Done
from guerdon.faces.cli.torture.load import Load
from guerdon.faces.cli.torture.stand import Stand
from guerdon.insight.oracle import days
from guerdon.kit import clock

CLIENTS: Final = 3
DAWN, MORNING, NOON = timedelta(hours=6), timedelta(hours=8), timedelta(hours=12)
BEFORE: Final = timedelta(seconds=1)  # an edge, everybody begins
BACK: Final = (timedelta(hours=3), timedelta(days=1), timedelta(days=3), timedelta(hours=9))
NIGHT_SECONDS_MAX: Final = 60
LOOK_SECONDS_MAX: Final = 60
NIGHTS: Final = "SELECT as_of FROM programmes_night"
HOURS: Final = "SELECT slot FROM kit_job WHERE slot LIKE 'seal:%'"
OWL, GUEST, HOLDER = "owl", "guest", "holder"
HELD: Final = 5


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation through a leap year, and to the end of the next one."""
    found = almanac.edges(clock.now().date())
    with stand.standing(trial, programme=almanac.programme(found)) as one:
        first = next(iter(found.values()))
        one.steered().turn(almanac.wall(first - timedelta(days=1)) + DAWN)
        year = Year(one, trial, findings, found)
        year.begin()
        for number, (name, day) in enumerate(found.items()):
            if findings.enough:
                break
            trial.say(f"{name}: {day}")
            year.cross(number, day)
        if not findings.enough:
            year.review(found["new year"])
            year.settle()
        year.stop()
        one.prove(findings, deep=True)


class Year:
    """The life of an installation whose clock is turned."""

    def __init__(self, one: Stand, trial: Trial, findings: Findings, found: dict[str, date]) -> None:
        assert one.wheel is not None
        self.one, self.trial, self.findings, self.wheel = one, trial, findings, one.wheel
        self._start()
        self.reckoning = Reckoning(found)
        self.done: list[Done] = []  # of those who only ever saw the clock go on
        self.nights: set[date] = set()
        self.latest = self.wheel.now()
        self.hold = ""

    def _start(self) -> None:
        self.server, self.worker = self.one.serve(processes=2), self.one.work()
        self.caller = Caller(self.server.port, self.one.key, heard=lambda call: judge(call, self.findings))

    def stop(self) -> None:
        """Let server and worker end in peace."""
        self.worker.stop()
        self.server.stop()

    def begin(self) -> None:
        """Members come in; the guest reaches a tier."""
        self.caller.enrol([*clients.names(), OWL, GUEST, HOLDER])
        self.ids = {who: self._id(who) for who in (OWL, GUEST, HOLDER)}
        for number in range(almanac.VISITS_OF_SILVER):
            self._tell("visit", GUEST, f"guest-{number}", self.wheel.now() - timedelta(hours=number + 1))
        self._tell("purchase", HOLDER, "stock", self.wheel.now(), lines=[{"amount": 10_000}])
        self._tier(GUEST, "silver")

    def cross(self, number: int, day: date) -> None:
        """Go over the beginning of a day and through its night, then back some way, and on again."""
        begins, night = almanac.wall(day), almanac.wall(day, almanac.NIGHT)
        self.go(almanac.wall(day - timedelta(days=1)) + MORNING)
        self._reserve(number)
        moments = list(almanac.probes(day))
        for probe in [probe for probe in moments if probe < begins]:
            self._probe(probe)
        self._load(f"{number}a", begins - BEFORE)
        for probe in [probe for probe in moments if begins <= probe < night - BEFORE]:
            self._probe(probe)
        self._look()
        self._load(f"{number}b", night - BEFORE)
        self.rest()
        for probe in [probe for probe in moments if self.wheel.now() < probe < begins + NOON]:
            self._probe(probe)
        self.go(begins + NOON)
        self._free()
        self._go_back(number, BACK[number % len(BACK)])
        self.go(almanac.wall(day + timedelta(days=1)) - timedelta(seconds=2))
        for probe in [probe for probe in moments if self.wheel.now() <= probe]:
            self._probe(probe)
        self.rest()

    def review(self, new_year: date) -> None:
        """Who has a tier keeps it until the last day of the next year, and loses it in the night after that."""
        self._tier(GUEST, "silver")
        over = new_year.replace(year=new_year.year + 1)
        self.go(almanac.wall(over - timedelta(days=1)) + MORNING)
        self._tier(GUEST, "silver")
        self.go(almanac.wall(over) + NOON)
        self._tier(GUEST, None)

    def settle(self) -> None:
        """Hold what the travellers did against the oracle, and count the nights."""
        clients.settle(self.caller, self.done, self.findings, now=self.wheel.now())
        self._expect_nights(self._kept())
        self.findings.figures["nights"] = len(self.nights)
        self.findings.figures["requests"] = len(self.done)

    # --- time ---

    def go(self, to: datetime) -> None:
        """Jump on, and wait until the night has come that is due there."""
        assert to >= self.latest
        self._turn(to)
        self.rest()

    def rest(self) -> None:
        """Wait for the night that is due; one for each local day, and no more.

        And until it is over: who is at work while the clock jumps a day is taken for dead, and the night comes again.
        """
        if self.findings.enough:
            return
        now = self.wheel.now()
        self.nights.add(almanac.night_of(now))
        until = time.monotonic() + NIGHT_SECONDS_MAX
        while (
            len(self._kept()) < len(self.nights) or scratch.jobs_running(self.one.address)
        ) and time.monotonic() < until:
            time.sleep(0.1)
        self._expect_nights(self._kept())

    def _kept(self) -> list[date]:
        """The local days whose nights were kept; one with two of them is there twice."""
        return sorted(almanac.night_of(clock.instant(int(at))) for at in scratch.column(self.one.address, NIGHTS))

    def _expect_nights(self, kept: list[date]) -> None:
        told = ", ".join(f"{day}" for day in kept)
        self.findings.expect(kept == sorted(self.nights), f"at {self.wheel.now()} the nights kept were those of {told}")

    def _look(self) -> None:
        """Wait until the worker has looked for what is due at this hour: before the night there is none."""
        hour = f"{self.wheel.now():%Y-%m-%dT%H}"
        until = time.monotonic() + LOOK_SECONDS_MAX
        while not any(str(slot).endswith(hour) for slot in scratch.column(self.one.address, HOURS)):
            if time.monotonic() > until:
                raise RuntimeError(f"no worker looked for what was due at {hour}")
            time.sleep(0.1)

    def _turn(self, to: datetime) -> None:
        self.wheel.turn(to)
        self.latest = max(self.latest, to)
        self.findings.count("jumps")

    def _go_back(self, number: int, back: timedelta) -> None:
        """What is told after the clock was put back counts as of then; what was told before is known."""
        before, order = self.done[-1], f"order-{number}"
        bought = _fact("purchase", HOLDER, order, self.wheel.now()) | {"lines": [{"amount": 1_000}]}
        first = self.caller.insist("/v1/activities", bought)
        self._turn(self.wheel.now() - back)
        hours = round(back / timedelta(hours=1))
        self.findings.figures["hours back at most"] = max(self.findings.figures.get("hours back at most", 0), hours)
        if number % 2:  # what starts only now has never seen the later time, and its ids are earlier ones
            self.stop()
            self._start()
        members = [f"back{number}-{who}" for who in range(3)]
        self.caller.enrol(members)
        clients.settle(self.caller, self._work(f"{number}z", members), self.findings, members)
        self._tell("return", HOLDER, f"{order}-back", self.wheel.now(), returns={"external_id": order})
        again = self.caller.insist("/v1/activities", bought)
        self.findings.expect(again.answer == first.answer, f"told again {order} is {again.answer}, not {first.answer}")
        if before.call.ok:
            call = self.caller.insist(before.deed.path, before.deed.body)
            told = f"{before.deed.key} had the number {before.seq}, and told again it is {call.answer}"
            self.findings.expect(call.answer.get("seq") == before.seq, told)
        early = self.wheel.now() + back
        call = self.caller.post("/v1/activities", _fact("visit", OWL, f"early-{number}", early))
        self.findings.expect(not call.ok, f"a visit of {early} was taken at {self.wheel.now()}")
        self.rest()

    # --- load ---

    def _load(self, name: str, at: datetime) -> None:
        """Let the travellers be at it while an edge is crossed."""
        self._turn(at)
        self.done += self._work(name, clients.names())

    def _work(self, name: str, members: Sequence[str]) -> list[Done]:
        scene = Scene(f"{name}-", members, self.wheel.now())
        each = self.trial.times(8, 250)
        load = Load(
            self.server.port,
            self.one.key,
            self.trial,
            self.findings,
            clients=CLIENTS,
            each=each,
            rest_seconds=0,
            scene=scene,
        )
        with load.running():
            pass
        self.latest = max(self.latest, self.wheel.now())
        return load.done

    # --- what is reckoned by hand ---

    def _probe(self, at: datetime) -> None:
        """A visit in the very instant; what it gives, and what the member has then."""
        self._turn(at)
        wanted, key = self.reckoning.gives(at), f"probe-{len(self.reckoning.visits)}"
        answer = self._tell("visit", OWL, key, at)
        recorded = datetime.fromisoformat(answer["activity"]["recorded_at"])
        late = (recorded - at).total_seconds()
        self.findings.expect(
            0 <= late < almanac.LATE_SECONDS_MAX, f"{key} was told at {at}, and recorded at {recorded}"
        )
        given: dict[str, int] = {}
        for award in answer["decision"]["awards"]:
            given[award["unit"]] = given.get(award["unit"], 0) + award["points"]
        local = at.astimezone(recorded.tzinfo)
        self.findings.expect(given == wanted, f"a visit at {local} gave {given}, by hand it is {wanted}")
        self.reckoning.visits.append(Visit(at, recorded))
        self.findings.count("probes")
        self._balance()

    def _balance(self) -> None:
        """What lives for a day or waits for one is as it is by hand, when it is asked or when it is answered."""
        asked = self.wheel.now()
        rows = self.caller.read(f"/v1/members/{self.ids[OWL]}/balances").answer["balances"]
        answered = self.wheel.now()
        has = {row["unit"]: (row["available"], row["pending"]) for row in rows}
        told = has.get("briefs", (0, 0))[0], has.get("lates", (0, 0))
        wanted = [(self.reckoning.briefs(now), self.reckoning.lates(now)) for now in (asked, answered)]
        self.findings.expect(told in wanted, f"at {answered} there were {told}, by hand it is {wanted[-1]}")

    def _reserve(self, number: int) -> None:
        """A hold of a day, which is a day on the wall, however many hours that has."""
        body = {
            "member": {"external_id": HOLDER}, "unit": deeds.UNIT, "points": HELD, "ttl": {"days": 1},
            "external_id": f"hold-{number}", "source": deeds.SOURCE,
        }  # fmt: skip
        call = self.caller.post("/v1/holds", body)
        if not call.ok:
            self.findings.broken.append(f"{HELD} points could not be held: {call.answer}")
            return
        held = call.answer["hold"]
        made, ends = (datetime.fromisoformat(held[name]) for name in ("created_at", "ends_at"))
        wanted = days.days_after(made, 1, almanac.ZONE)
        self.findings.expect(
            abs(ends - wanted) < timedelta(milliseconds=1), f"a hold of {made} ends at {ends}, by hand at {wanted}"
        )
        self.hold = held["id"]

    def _free(self) -> None:
        """That hold is over."""
        call = self.caller.post(f"/v1/holds/{self.hold}/release", {"external_id": f"{self.hold}-r", "source": "late"})
        self.findings.expect(call.code == "hold_ended", f"a hold that is over was released: {call.status} {call.code}")

    def _tier(self, who: str, tier: str | None) -> None:
        """The tier that a member has now."""
        (ladder,) = self.caller.read(f"/v1/members/{self.ids[who]}/tiers").answer["ladders"]
        self.findings.count("tiers asked")
        self.findings.expect(ladder["tier"] == tier, f"{who} is {ladder['tier']} at {self.wheel.now()}, by hand {tier}")

    def _tell(self, kind: str, who: str, key: str, at: datetime, **more: Any) -> dict[str, Any]:
        call = self.caller.insist("/v1/activities", _fact(kind, who, key, at) | more)
        if not call.ok:
            raise RuntimeError(f"{key} was answered {call.status} {call.answer}")
        return call.answer

    def _id(self, who: str) -> str:
        found: str = self.caller.read(f"/v1/members?external_id={who}").answer["members"][0]["id"]
        return found


def _fact(kind: str, who: str, key: str, at: datetime) -> dict[str, Any]:
    return {
        "kind": kind, "source": deeds.SOURCE, "external_id": key, "member": {"external_id": who},
        "occurred_at": at.isoformat(),
    }  # fmt: skip
