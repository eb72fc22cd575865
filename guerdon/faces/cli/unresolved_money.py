"""Money for memberships that is on its way back, and news of it that nothing has come of, at the terminal."""

from typing import TYPE_CHECKING

from guerdon.faces.cli import installation, terminal

if TYPE_CHECKING:
    from guerdon.features.programmes.queries import ProgrammeRow


def tell(row: "ProgrammeRow", as_json: bool) -> None:
    """Both lists, the oldest first."""
    from guerdon.core import limits
    from guerdon.features.memberships import queries
    from guerdon.kit import ids, store

    back = queries.going_back(store.current(), row.id, most=limits.PAGE_ROWS_MAX)
    news = queries.unresolved(store.current(), row.id, most=limits.PAGE_ROWS_MAX)
    if as_json:
        terminal.show_json({
            "going_back": [
                {"payment": ids.show("payment", one.id), "member": ids.show("member", one.account_id),
                 "amount": one.refunded, "currency": one.currency, "reference": one.reference, "since": one.settled_at}
                for one in back
            ],
            "news": [
                {"id": one.id, "type": one.event.type, "state": one.state, "about": one.event.object_id,
                 "amount": one.event.amount, "currency": one.event.currency, "received_at": one.received_at}
                for one in news
            ],
        })  # fmt: skip
        return
    if not (back or news):
        terminal.say("Nothing is unresolved.")
    zone = installation.lawbook(row).current(installation.now(row)).zone
    if back:
        rows = [(ids.show("payment", one.id), terminal.cash(one.refunded, one.currency), one.reference) for one in back]
        terminal.table("On its way back", ("payment", "amount", "reference"), rows)
    if news:
        told = [
            (one.id, one.event.type, one.event.object_id, one.state, terminal.moment(one.received_at, zone))
            for one in news
        ]
        terminal.table("News that nothing has come of", ("id", "type", "about", "", "received"), told)
