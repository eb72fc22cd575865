"""A process of its own that records batches: a JSON line in, a JSON line out once the batch is durable.

With `--hasty` it answers before it commits, which no house may do; a test shows that this would be noticed.
"""

import json
import sys
import time
from datetime import datetime

import django
import msgspec


def main() -> None:
    """Answer line by line until the input ends."""
    django.setup()

    from guerdon.core.activities import Activity
    from guerdon.core.errors import Refusal
    from guerdon.engine import earn
    from guerdon.engine.batch import Batch, Told
    from guerdon.kit import store

    if "--hasty" in sys.argv:
        commit = Batch.commit

        def answer_first(batch: Batch) -> None:
            commit(batch)
            print(json.dumps(["done"]), flush=True)
            time.sleep(60)

        Batch.commit = answer_first  # type: ignore[method-assign]
    store.current()
    print(json.dumps(["ready"]), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        told = [Told(msgspec.convert(one, Activity)) for one in job["told"]]
        now = datetime.fromisoformat(job["now"])
        results = earn.record_many(programme_id=job["programme"], told=told, now=now)
        answers = [
            result.code
            if isinstance(result, Refusal)
            else [result.activity_id, result.replayed, sum(award.points for award in result.decision.awards)]
            for result in results
        ]
        print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
