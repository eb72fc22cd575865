"""Limits: forty want what there is less of, at the same moment; exactly as much is had as there is."""

from guerdon.faces.cli.torture import stand, volley
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller, judge
from guerdon.faces.cli.torture.limited import CASES, PROGRAMME, Case
from guerdon.faces.cli.torture.stand import Server, Stand


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation. The planted fault takes every limit away, and for every limit that must be seen."""
    unseen: list[str] = []
    with stand.standing(trial, programme=PROGRAMME) as one:
        server = one.serve(processes=2)
        for number in range(trial.times(1, 25)):
            for case, broken in volleys(one, server, number, findings):
                findings.broken += broken
                if not broken:
                    unseen.append(case.name)
        server.stop()
        if trial.fault is None:
            one.prove(findings)
        elif unseen:
            findings.broken.clear()
            trial.say(f"The limits of {', '.join(unseen)} were off, and nobody saw it.")


def volleys(one: Stand, server: Server, number: int, findings: Findings) -> list[tuple[Case, list[str]]]:
    """Make everything ready, then fire at one limit after the other; answers what was broken at each."""
    caller = Caller(server.port, one.key)
    cases = [case for case in CASES if number == 0 or not case.once]
    ready = [(case, case.ready(caller, f"{case.name.replace(' ', '-')}-{number}")) for case in cases]
    return [(case, _fired(one, server, case, shots, findings)) for case, shots in ready]


def _fired(one: Stand, server: Server, case: Case, shots: list[volley.Shot], findings: Findings) -> list[str]:
    calls = volley.fire(server.port, one.key, shots)
    seen = Findings()
    for call in calls:
        judge(call, seen)
    had = sum(case.worth(call) for call in calls)
    seen.expect(had == case.most, f"{case.name}: {had} were had of {case.most}")
    wrong = sorted({f"{call.status} {call.code}" for call in calls if not case.worth(call) and not case.late(call)})
    seen.expect(not wrong, f"{case.name}: who came too late was told {', '.join(wrong)}")
    findings.count("requests", len(calls))
    findings.count("limits")
    return seen.broken
