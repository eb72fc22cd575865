"""A bad network between clients and server: they ask again under the same keys, and everything is there once."""

from typing import Final

from guerdon.faces.cli.torture import clients, deeds, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.load import Load, settle
from guerdon.faces.cli.torture.proxy import Proxy

CLIENTS: Final = 8


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation."""
    with stand.standing(trial, programme=deeds.programme()) as one:
        server = one.serve(processes=2)
        Caller(server.port, one.key).enrol(clients.names())
        with Proxy(server.port, trial.chance).running() as proxy:
            load = Load(proxy.port, one.key, trial, findings, clients=CLIENTS, each=trial.times(40, 2_000))
            with load.running():
                pass
            for mischief, times in sorted(proxy.done.items()):
                findings.count(mischief, times)
        settle(load, one, server, findings)
        server.stop()
        one.prove(findings, deep=True)
