"""The doctor's look at the work: does anybody do it, what waits, what failed, when were night and backup."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from guerdon.engine import schedule
from guerdon.faces.cli import backup, terminal
from guerdon.faces.cli.doctor.finding import Finding, fine
from guerdon.insight import pulse
from guerdon.insight.pulse import Pulse
from guerdon.kit.store import Store

LATE: Final = timedelta(minutes=5)  # after so long news, jobs and letters should have been at their turn
NIGHT_MAX: Final = timedelta(hours=30)
SEAL_MAX: Final = timedelta(hours=3)
BACKUP_MAX: Final = timedelta(hours=36)
_WORKER: Final = "Start one: guerdon work, or guerdon serve without --no-work. Its log says what it stumbles over."


def look(at_hand: Store, now: datetime, backups: Path | None) -> Iterator[Finding]:
    """Everything that is to be done."""
    found = pulse.feel(at_hand, now)
    yield worker(found, schedule.is_planned(at_hand, now))
    yield from queues(found)
    yield last_night(found)
    yield kept(backups, now)


def worker(found: Pulse, planned: bool | None) -> Finding:
    """Whether anybody works: what is due is done, and what comes due by itself is put in."""
    due = _age(found, found.jobs.due_since)
    if due > LATE:
        told = f"A job has been due for {_span(due)}, and nobody does it."
        return Finding("worker", "fault", told, _WORKER)
    if planned is False:
        return Finding("worker", "fault", "No worker has planned anything for a quarter of an hour.", _WORKER)
    if planned is None:
        return Finding("worker", "unknown", "Nothing comes due by itself before a programme is published.")
    return fine("worker", "A worker is at work.")


def queues(found: Pulse) -> Iterator[Finding]:
    """What waits too long, and what failed."""
    news, letters = _age(found, found.outbox_since), _age(found, found.letters_since)
    if news > LATE:
        told = f"{terminal.number(found.outbox)} news wait, the oldest for {_span(news)}."
        yield Finding(
            "outbox", "fault", told, f"Either a receiver refuses them – the worker's log says why – or: {_WORKER}"
        )
    else:
        yield fine("outbox", f"{terminal.counted(found.outbox, 'piece')} of news on the way.")
    if found.jobs.failed:
        told = f"{terminal.counted(found.jobs.failed, 'job')} failed within a day, after all attempts."
        yield Finding("jobs", "warning", told, "See why at Jobs in the console, mend it, and try them again there.")
    else:
        yield fine("jobs", f"No job failed within a day; {terminal.number(found.jobs.waiting)} wait.")
    if found.letters_failed or letters > timedelta(hours=1):
        told = f"{terminal.counted(found.letters_failed, 'letter')} failed within a day, {found.letters} wait."
        yield Finding("letters", "warning", told, "guerdon letters list --failed says why; guerdon letters retry.")
    else:
        yield fine("letters", f"{terminal.counted(found.letters, 'letter')} on the way.")
    unsealed = _age(found, found.unsealed_since)
    if unsealed > SEAL_MAX:
        told = f"The oldest entry without a seal is {_span(unsealed)} old."
        yield Finding("seals", "warning", told, "guerdon seal makes them now, and says what is in the way.")
    else:
        yield fine("seals", "The journal is sealed but for the last hours.")


def last_night(found: Pulse) -> Finding:
    """Whether every programme had its night."""
    if found.night is None:
        return Finding("night", "unknown", "There is no programme in force yet, so no night either.")
    age = _age(found, found.night)
    if age > NIGHT_MAX:
        told = f"A programme has been without a night for {_span(age)}: points that ended are not booked."
        return Finding(
            "night", "fault", told, "guerdon night books it now, for each programme; then see to the worker."
        )
    return fine("night", "Every programme had its last night, or is younger.")


def kept(folder: Path | None, now: datetime) -> Finding:
    """Whether there is a young backup in the folder. Only its name is looked at: `--check` proves one."""
    if folder is None:
        told = "Where backups are kept is not known here."
        return Finding("backup", "unknown", told, "Name the folder: guerdon doctor --backups FOLDER")
    made = [
        datetime.strptime(f"{one.name}+0000", f"{backup.NAME}%z")
        for one in folder.glob("guerdon-????-??-??T??????Z.tar")
    ]
    if not made:
        return Finding("backup", "fault", f"There is no backup in {folder}.", f"guerdon backup {folder}, every night.")
    age = now - max(made)
    if age > BACKUP_MAX:
        do = f"guerdon backup {folder}, every night; see why it stopped."
        return Finding("backup", "fault", f"The last backup is {_span(age)} old.", do)
    return fine("backup", f"The last backup is {_span(age)} old.")


def _age(found: Pulse, since: datetime | None) -> timedelta:
    return timedelta() if since is None else found.at - since


def _span(age: timedelta) -> str:
    """A span in the largest unit that says enough."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return terminal.counted(minutes, "minute")
    return terminal.counted(minutes // 60, "hour") if minutes < 2 * 1_440 else terminal.counted(minutes // 1_440, "day")
