"""The same request at the same moment from everybody: it counts once, and all hear the same."""

import json
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from guerdon.faces.cli.torture import deeds, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Call, Caller, judge
from guerdon.kit import clock

CALLERS: Final = 40
UNALIKE: Final = ("replayed",)  # what may differ between the first answer and the others


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    chance = trial.chance()
    with stand.standing(trial, programme=deeds.programme()) as one:
        server = one.serve(processes=2)
        callers = [Caller(server.port, one.key) for _ in range(CALLERS)]
        callers[0].enrol(["ben"])
        for number in range(trial.times(4, 100)):
            if findings.enough:
                break
            amount = chance.randrange(4_000, 9_000)
            purchase = _purchase(f"order-{number}", f"ann{number}", amount)
            once(callers, "/v1/activities", purchase, f"o{number}", findings)
            burn = {"member": purchase["member"], "unit": deeds.UNIT, "points": 30, "external_id": f"burn-{number}"}
            once(callers, "/v1/burns", burn, f"b{number}", findings)
            once(callers, "/v1/transfers", {**burn, "points": 5, "to": {"external_id": "ben"}}, f"t{number}", findings)
            hold = {**burn, "points": 7, "ttl": {"hours": 2}}
            once(callers, "/v1/holds", hold, f"h{number}", findings)
        server.stop()
        one.prove(findings)


def once(callers: list[Caller], path: str, body: Mapping[str, Any], key: str, findings: Findings) -> None:
    """Let all ask at once; half of them with an Idempotency-Key, which the others have no need of."""
    start = threading.Barrier(len(callers))
    answers: list[Call] = []

    def go(caller: Caller, token: str | None) -> None:
        start.wait()
        answers.append(caller.post(path, body, token=token))

    threads = [
        threading.Thread(target=go, args=(caller, key if number % 2 else None)) for number, caller in enumerate(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    findings.count("requests", len(answers))
    for answer in answers:
        judge(answer, findings)
    known = [answer for answer in answers if answer.known]
    findings.expect(
        len(known) == len(callers), f"{path} {key}: {len(callers) - len(known)} of {len(callers)} not answered"
    )
    told = {_told(answer) for answer in known}
    findings.expect(len(told) == 1, f"{path} {key}: {len(told)} different answers to one request: {sorted(told)[:3]}")
    findings.expect(all(answer.ok for answer in known), f"{path} {key}: refused as {known[0].code if known else ''}")


def _told(answer: Call) -> str:
    return json.dumps({name: part for name, part in answer.answer.items() if name not in UNALIKE}, sort_keys=True)


def _purchase(key: str, who: str, amount: int) -> dict[str, Any]:
    at = clock.now().replace(microsecond=0) - timedelta(days=1)
    return {
        "kind": "purchase", "source": deeds.SOURCE, "external_id": key, "member": {"external_id": who},
        "occurred_at": at.isoformat(), "lines": [{"amount": amount, "category": "cake"}],
    }  # fmt: skip
