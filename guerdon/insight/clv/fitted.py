"""The models as far as they can be fitted to what was known before a day."""

from datetime import date
from typing import Final

import msgspec
import polars as pl

from guerdon.insight.clv import buying, histories, models
from guerdon.insight.clv.buying import Bought
from guerdon.insight.clv.fitting import Fit, Unfit
from guerdon.insight.clv.models import MODELS, Model, Spending

_WEEKS: Final = 26.0


class Fitted(msgspec.Struct, frozen=True):
    """Histories of customers; the models that explain them, and why the others do not."""

    rows: pl.DataFrame
    fits: dict[Model, Fit]
    faults: dict[Model, str]
    spending: Spending | None

    @property
    def likelier(self) -> Model | None:
        """The model under which what was seen is the more likely."""
        return max(self.fits, key=lambda one: self.fits[one].log_likelihood, default=None)


def fit(bought: Bought, *, end: date) -> Fitted:
    """Fit all models to the days before `end`."""
    rows = histories.of(buying.days(bought, end=end), end=end)
    fits: dict[Model, Fit] = {}
    faults: dict[Model, str] = {}
    for model in MODELS:
        try:
            found = models.fit(model, rows)
            models.expected(model, found, rows, weeks=_WEEKS)  # which says whether numbers come of it
            fits[model] = found
        except Unfit as error:
            faults[model] = str(error)
    try:
        spending = models.spending(rows)
    except Unfit:
        spending = None
    return Fitted(rows, fits, faults, spending)
