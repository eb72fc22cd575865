"""Soak: a month of a shop in minutes, by a clock that moves on; at its end nothing has grown, and nothing is left over.

Tills tell, spend, reserve, redeem, claim, give back, come and go; nights, seals, figures, letters and news are the
worker's. In the middle of it a month is closed. What a server holds is measured when it has warmed up, and at the end.
"""

import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any, Final, LiteralString

from guerdon.faces.cli.torture import cluster, customers, scratch, stand
from guerdon.faces.cli.torture.battery import Findings, Skipped, Trial
from guerdon.faces.cli.torture.caller import Caller, judge
from guerdon.faces.cli.torture.customers import Till
from guerdon.faces.cli.torture.stand import Server, Stand
from guerdon.insight.oracle import days
from guerdon.kit import clock

TILLS: Final = 3
SHIFTS: Final = (wall_time(8), wall_time(12), wall_time(17), wall_time(22))
MORNING: Final = wall_time(5)  # when the night is over
GROWTH_BYTES_MAX: Final = 24 << 20  # of all processes together, from when they are warm until the end
FILES_MORE_MAX: Final = 6  # threads that were not needed before may still connect
WAIT_SECONDS_MAX: Final = 90
ERASED_WITHIN: Final = timedelta(days=3)  # a day to think, and the night after it
NIGHTS: Final = "SELECT count(*) FROM programmes_night"
WAITING: Final = "SELECT count(*) FROM kit_outgoing"
SENT: Final = "SELECT sum(news) FROM kit_sent"
PARKED: Final = "SELECT count(*) FROM activities_parked"
FAILED: Final = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
UNSENT: Final = "SELECT count(*) FROM letters_letter WHERE state = 'waiting'"
RECORDED: Final = "SELECT count(*) FROM activities_activity"
CONNECTIONS: Final = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
NEWS: Final = "activity.recorded"


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    if not Path("/proc/self/statm").exists():
        raise Skipped("what processes hold is only told by Linux")
    with stand.standing(trial, programme=customers.PROGRAMME) as one:
        month = Month(one, trial, findings)
        month.live()
        month.end()
        one.prove(findings, deep=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the installation holds at a moment."""

    memory: int  # bytes
    files: int
    connections: int
    stored: int  # bytes
    recorded: int  # entries of the journal


class Month:
    """The days of one installation."""

    def __init__(self, one: Stand, trial: Trial, findings: Findings) -> None:
        self.one, self.trial, self.findings = one, trial, findings
        # Warm is who has once done all there is: the first month that is written loads what insight takes (200 MiB).
        self.days, self.warm = trial.times(5, 30), trial.times(2, 10)
        self.first = date(clock.now().year + 1, 1, 29)  # its month is over soon, in the quick form too
        self.wheel = one.steered()
        self.wheel.turn(_at(self.first, MORNING))
        self.events = one.home / "news.jsonl"
        letters: dict[str, Any] = {
            "GUERDON_SMTP_URL": f"file://{one.home / 'letters'}", "GUERDON_MAIL_FROM": "torture@torture.example",
            "GUERDON_URL": "https://torture.example",
        }  # fmt: skip
        self.server = one.serve(processes=2, **letters)
        self.worker = one.work(GUERDON_EVENTS=str(self.events), **letters)
        self.tills = [self._till(f"t{number}") for number in range(TILLS)]
        self.caller = self._caller()
        self._marks: list[Mark] = []

    def live(self) -> None:
        """Day after day; what is held is measured in some morning, and in the last."""
        for till in self.tills:
            till.open()
        self._until(lambda: scratch.number(self.one.address, NIGHTS), lambda nights: nights > 0)
        for number in range(self.days):
            self._day(self.first + timedelta(days=number))
            if number + 1 == self.warm:
                self._marks.append(self._mark())
        self._drain()
        self._compare(self._marks[0], self._mark())

    def end(self) -> None:
        """Nothing is left over, and nothing was lost."""
        self._count("facts parked for ever", PARKED)
        self._count("jobs failed", FAILED)
        self._count("letters that wait", UNSENT)
        self._people()
        self.server.stop()
        self.worker.stop()
        self._hear()

    def _day(self, day: date) -> None:
        """Shifts of all tills, and the night after them."""
        for at in SHIFTS:
            self.wheel.turn(_at(day, at))
            with ThreadPoolExecutor(TILLS) as pool:
                shifts = [pool.submit(till.shift, self.trial.times(5, 30)) for till in self.tills]
            for one in shifts:
                one.result()
        self.wheel.turn(_at(day + timedelta(days=1), MORNING))
        passed = (day - self.first).days + 2  # with the one of the first morning
        kept = self._until(lambda: scratch.number(self.one.address, NIGHTS), lambda nights: nights >= passed)
        self.findings.expect(kept == passed, f"{kept} nights were kept in {passed} days, by {day}")
        self.findings.figures["days"] = passed - 1
        if (day + timedelta(days=1)).day == 2:
            self._close(f"{self.first:%Y-%m}")

    def _close(self, month: str) -> None:
        call = self.caller.insist("/v1/closings", {"month": month, "reason": "It is over"})
        self.findings.expect(call.ok, f"{month} could not be closed: {call.status} {call.answer}")

    # --- what is held ---

    def _mark(self) -> Mark:
        self._until(
            lambda: scratch.jobs_running(self.one.address), lambda jobs: jobs == 0
        )  # and with them their processes
        processes = [process for one in (self.server, self.worker) for process in _tree(one)]
        address = self.one.address
        sqlite = address.startswith("sqlite")
        return Mark(
            sum(_resident(process) for process in processes),
            sum(len(list(Path(f"/proc/{process}/fd").iterdir())) for process in processes),
            0 if sqlite else scratch.number(address, CONNECTIONS),
            scratch.number(address, SIZE_SQLITE if sqlite else SIZE_POSTGRESQL),
            scratch.number(address, RECORDED),
        )

    def _compare(self, warm: Mark, now: Mark) -> None:
        figures, more = self.findings.figures, now.memory - warm.memory
        figures["MiB held"] = round(now.memory / (1 << 20), 1)
        figures["MiB more than when warm"] = round(more / (1 << 20), 1)
        figures["files open"], figures["connections"] = now.files, now.connections
        figures["bytes stored of each entry"] = round((now.stored - warm.stored) / (now.recorded - warm.recorded))
        since = f"since day {self.warm}"
        self.findings.expect(
            more <= GROWTH_BYTES_MAX, f"{figures['MiB more than when warm']} MiB more are held {since}"
        )
        for name, was, there in (("files", warm.files, now.files), ("connections", warm.connections, now.connections)):
            self.findings.expect(there - was <= FILES_MORE_MAX, f"{there} {name} are open, {was} {since}")

    # --- what is left ---

    def _drain(self) -> None:
        """News and letters go out by themselves."""
        for question in (WAITING, UNSENT):
            self._until(lambda question=question: scratch.number(self.one.address, question), lambda left: left == 0)  # type: ignore[misc]
        self._count("news that wait", WAITING)

    def _count(self, what: str, question: LiteralString) -> None:
        found = scratch.number(self.one.address, question)
        self.findings.figures[what] = found
        self.findings.expect(not found, f"{found} {what}")

    def _people(self) -> None:
        """Whoever wanted to be erased days ago is; every claim is still known."""
        over = self.wheel.now() - ERASED_WITHIN
        due = [who for till in self.tills for who, since in till.erased if since < over]
        left = [who for who in due if self.caller.read(f"/v1/members/{who}/erasure").answer.get("state") != "erased"]
        self.findings.figures["erased"] = len(due) - len(left)
        self.findings.expect(not left, f"{len(left)} are not erased who wanted to be, the first is {left[:1]}")
        lost = [claim for till in self.tills for claim in till.claims if not self.caller.read(f"/v1/claims/{claim}").ok]
        self.findings.figures["claims"] = sum(len(till.claims) for till in self.tills)
        self.findings.expect(not lost, f"{len(lost)} claims are not known any more")

    def _hear(self) -> None:
        """Every fact has its news, and as many news are in the file as were counted as sent."""
        news = {told["id"]: told for told in map(json.loads, self.events.read_text().splitlines())}
        numbers = {told["seq"] for told in news.values() if told["topic"] == NEWS}
        lost = {seq for till in self.tills for seq in till.facts} - numbers
        self.findings.expect(not lost, f"{len(lost)} news were lost, the first of seq {min(lost, default=0)}")
        sent = scratch.number(self.one.address, SENT)
        self.findings.expect(len(news) == sent, f"{len(news)} news are in the file, {sent} were counted as sent")
        self.findings.figures["news"] = len(news)
        self.findings.figures["letters"] = len(list((self.one.home / "letters").glob("*")))

    def _until(self, look: Callable[[], int], fine: Callable[[int], bool]) -> int:
        until = time.monotonic() + WAIT_SECONDS_MAX
        while not fine(found := look()) and time.monotonic() < until:
            time.sleep(0.1)
        return found

    def _till(self, name: str) -> Till:
        return Till(name, self._caller(), self.trial.chance(name), self.wheel.now, self.findings)

    def _caller(self) -> Caller:
        return Caller(self.server.port, self.one.key, heard=lambda call: judge(call, self.findings))


SIZE_SQLITE: Final = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
SIZE_POSTGRESQL: Final = "SELECT pg_database_size(current_database())"


def _at(day: date, at: wall_time) -> datetime:
    return days.first_from(datetime.combine(day, at), customers.ZONE)


def _tree(server: Server) -> list[int]:
    return [server.process.pid, *cluster.children(server.process.pid)]


def _resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
