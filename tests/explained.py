"""How the database means to find what a statement asks for."""

from guerdon.kit import store
from guerdon.kit.store import Statement


def plan(statement: Statement, **told: object) -> str:
    """The plan of a statement in words of the database, which has nothing else to choose where an index would do.

    What PostgreSQL would choose for a small table tells nothing: it is forbidden to read it whole, and to sort.
    """
    at_hand = store.current()
    words = "EXPLAIN " if at_hand.postgresql else "EXPLAIN QUERY PLAN "
    text = statement.text if at_hand.postgresql else statement.sqlite or statement.text
    with at_hand.transaction():
        for way in ("seqscan", "bitmapscan", "sort") if at_hand.postgresql else ():
            at_hand.fetch(Statement(f"SET LOCAL enable_{way} = off"))
        return "\n".join(str(row) for row in at_hand.fetch(Statement(words + text), **told))


def sorts(plan: str) -> bool:
    """Whether all that is found must be sorted before the first of it is told."""
    return "Sort" in plan or "TEMP B-TREE" in plan
