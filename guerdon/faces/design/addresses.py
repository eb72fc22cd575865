"""The same page with something changed: sorted, filtered, further on; what else was asked for stays."""

from django.http import QueryDict

from guerdon.faces.design.shapes import Column, Order

ORDER = "order"


def changed(asked: QueryDict, **parameters: str) -> str:
    """The address of the page with some parameters told anew; an empty one is left out."""
    told = asked.copy()
    for name, value in parameters.items():
        if value:
            told[name] = value
        else:
            told.pop(name, None)
    return f"?{told.urlencode()}"


def column(asked: QueryDict, title: str, name: str, *, end: bool = False, usual: str = "") -> Column:
    """The head of a column that sorts by `order=name`, downwards by `order=-name`; `usual` is the order by itself.

    What is sorted by already is turned around; a new page begins at its first row, so `after` is left out.
    """
    now = asked.get(ORDER) or usual
    order: Order = "ascending" if now == name else "descending" if now == f"-{name}" else ""
    turned = f"-{name}" if order == "ascending" or (not order and end) else name  # of numbers the largest come first
    return Column(title, end=end, address=changed(asked, **{ORDER: turned, "after": ""}), order=order)
