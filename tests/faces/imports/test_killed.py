"""A program killed in the middle of an import loses nothing and tells nothing twice."""

import json
import signal
import subprocess
import sys
import time

import pytest

from guerdon.faces.imports import files
from guerdon.features.imports import queries
from guerdon.kit import store
from tests.faces.imports import samples
from tests.shop import Shop

BASKETS = 10_000  # ten chunks
ROOMS = "from guerdon.faces.cli.main import main; main()"


@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_kill_and_go_on(pristine_database, tmp_path, chunks):
    shop = Shop()
    rows = [f"{number},2026-01-05 10:00:00,m{number % 50},{1 + number % 9}.00\n" for number in range(BASKETS)]
    path = samples.write(tmp_path, "order,at,who,total\n" + "".join(rows))
    map_file = samples.write(tmp_path, samples.SUMS, "map.yaml")
    words = ["import", "csv", str(path), "--map", str(map_file), "--enrol", "--yes", "--json"]
    command = [sys.executable, "-c", ROOMS, *words, "--programme", shop.key]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        _wait_for(lambda: _committed(shop) >= chunks * files.CHUNK_ACTIVITIES and (chunks or _runs(shop)), program)
        program.send_signal(signal.SIGKILL)
    told = shop.count("activities_activity")
    assert told % files.CHUNK_ACTIVITIES == 0  # a chunk is there as a whole or not at all
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    counts = json.loads(done.stdout)["result"]["counts"]
    assert (counts["recorded"], counts["replayed"], counts["rows"]) == (BASKETS, 0, BASKETS)
    assert counts["points"] == {"points": sum(1 + number % 9 for number in range(BASKETS))}
    assert (shop.count("activities_activity"), shop.count("members_member")) == (BASKETS, 50)


def _committed(shop):
    return shop.count("activities_activity")


def _runs(shop):
    return queries.recent(store.current(), shop.programme_id, most=1)


def _wait_for(there, program):
    """Until it is so, or the program has ended by itself."""
    end = time.monotonic() + 120
    while not there() and program.poll() is None:
        assert time.monotonic() < end, "the import did not come so far"
        time.sleep(0.01)
