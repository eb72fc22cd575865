"""What leads from fact to fact as tables: room for what burns take that are cancelled later."""

import numpy as np

from guerdon.insight.simulate.prepared import Prepared
from guerdon.insight.simulate.tables import B_FIRST, Links, Whole


def links(prepared: Prepared, lots: Whole) -> tuple[Links | None, Whole]:
    """The links of a history without anything taken, None where there are none; and how many lots may live again.

    `lots` are so many as there is room for by [member, unit], and so is the second answer. A burn empties every lot it
    takes from but one, and what comes back fills no more than it took: so it takes from no more lots than ever came.
    """
    events, undone = prepared.history.events, prepared.undone
    revived = np.zeros_like(lots)
    if not len(undone):
        return None, revived
    member, unit = prepared.member[undone], events.unit[undone]
    most = np.minimum(events.points[undone], lots[member, unit])
    np.add.at(revived, (member, unit), most)
    burns = np.zeros((len(undone), 3), dtype=np.int64)
    burns[:, B_FIRST] = np.cumsum(most) - most
    return Links(burns, np.zeros((int(most.sum()), 2), dtype=np.int64)), revived
