"""Many callers at few members at once; afterwards every answer, refusal and lot is held against the oracle."""

from typing import Final

from guerdon.faces.cli.torture import clients, deeds, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.load import Load, settle

WORKERS: Final = 16


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with stand.standing(trial, programme=deeds.programme()) as one:
        server = one.serve(processes=2)
        Caller(server.port, one.key).enrol(clients.names())
        each = trial.times(30, 3_000)
        load = Load(server.port, one.key, trial, findings, clients=WORKERS, each=each, rest_seconds=0)
        with load.running():
            pass
        settle(load, one, server, findings)
        server.stop()
        one.prove(findings, deep=True)
