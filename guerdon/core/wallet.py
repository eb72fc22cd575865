"""Which of the vouchers in a wallet take most off a basket together, of those that may be used together (LAW 8.4)."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import msgspec

from guerdon.core import errors, limits
from guerdon.core.decisions import VoucherUse
from guerdon.core.redeeming import Counter, turn
from guerdon.core.vouchers import Voucher


class Bundle(msgspec.Struct, frozen=True):
    """Vouchers that give the same and follow each other when they are put down, so that any of them will do."""

    offer: Voucher
    codes: tuple[str, ...]  # no more than may go with one basket
    reach: tuple[int, ...]  # the places of the lines that they may take something off
    alone: int  # what one of them takes off the whole basket at most


def best(counter: Counter, shown: Sequence[tuple[str, Voucher]], room: Mapping[str, int]) -> list[VoucherUse]:
    """The vouchers that together take most off, of those that may be used together; of equals the fewest.

    `room` is how many of a key the member may still use; one that is not there has no limit. A voucher that takes
    nothing off, as something handed over, is never among them. The answer is exact as long as it is found within
    `BEST_LOOKS_MAX` looks at a voucher; beyond that it is the best found, no worse than taking the dearest first.
    """
    search = _Search(counter, _bundles(counter, shown, room), room)
    search.alone()
    search.dearest_first()
    counter.begin()
    search.walk(0, 0, [], 0)
    offers = dict(shown)
    uses = counter.put_down(sorted([(code, offers[code]) for code in search.won], key=turn))
    return [use for use in uses if isinstance(use, VoucherUse)]


def _bundles(counter: Counter, shown: Sequence[tuple[str, Voucher]], room: Mapping[str, int]) -> list[Bundle]:
    """The vouchers that take something off alone, in the order in which they are put down."""
    found = []
    counter.begin()
    for one, alike in groupby(sorted(shown, key=turn), key=lambda each: each[1]):
        reach = tuple(counter.reach(one)) if one.kind != "gift" and counter.unmet(one) is None else ()
        alone = counter.most(one, reach) if reach else 0
        most = 1 if one.group is not None or one.exclusive else limits.VOUCHERS_TOGETHER_MAX
        codes = tuple([code for code, _ in alike])[: min(most, room.get(one.key, most))]
        if alone and codes:
            found.append(Bundle(one, codes, reach, alone))
    return found


class _Search:
    """A walk through all that may be put down, which leaves out what can't be better than what it has found.

    Vouchers are taken in the order in which they are put down, so each step looks at what is left by those before it:
    of that none takes more later than it would now.
    """

    def __init__(self, counter: Counter, bundles: Sequence[Bundle], room: Mapping[str, int]) -> None:
        self.counter = counter
        self.singles = [one for one in bundles if one.offer.exclusive]
        self.bundles = [one for one in bundles if not one.offer.exclusive]
        self.room = room
        self.off, self.won = 0, list[str]()
        self.looks = limits.BEST_LOOKS_MAX

    def alone(self) -> None:
        """Try those that go with no other."""
        for one in self.singles:
            self.counter.begin()
            if taken := self._taken(one):
                self._keep(one.codes[:1], taken)

    def dearest_first(self) -> None:
        """Put down what takes most alone, then the next that goes with it: something to hold all else against."""
        laid: list[tuple[str, Voucher]] = []
        for one in sorted(self.bundles, key=lambda one: (-one.alone, one.offer.key)):
            for code in one.codes:
                more = [*laid, (code, one.offer)]
                if not self._goes_with(one, [offer for _, offer in laid]):
                    break
                uses = self.counter.put_down(more)
                if any(isinstance(use, errors.Refusal) for use in uses):
                    break
                laid = more
                self._keep([code for code, _ in laid], sum(use.off for use in uses if isinstance(use, VoucherUse)))

    def walk(self, place: int, copies: int, laid: list[tuple[str, Voucher]], off: int) -> None:
        """Go on from what is laid down and takes so much off, with the bundle of which so many are among it."""
        self._keep([code for code, _ in laid], off)
        if place == len(self.bundles) or self.looks <= 0:
            return
        offers = [offer for _, offer in laid]
        if (off + self._rest(place, copies, offers), -len(laid) - 1) <= (self.off, -len(self.won)):
            return
        one = self.bundles[place]
        if copies < len(one.codes) and self._goes_with(one, offers):
            left, gone = list(self.counter.left), list(self.counter.gone)
            taken = self._taken(one)
            if taken:
                self.walk(place, copies + 1, [*laid, (one.codes[copies], one.offer)], off + taken)
            self.counter.left, self.counter.gone = left, gone
        self.walk(place + 1, 0, laid, off)

    def _keep(self, codes: Sequence[str], off: int) -> None:
        if (off, -len(codes)) > (self.off, -len(self.won)):
            self.off, self.won = off, list(codes)

    def _taken(self, one: Bundle) -> int | None:
        """What one more of the bundle takes off what is left; None where that is nothing."""
        try:
            return sum(self.counter.take(one.offer))
        except errors.Refusal:
            return None

    def _rest(self, place: int, copies: int, laid: Sequence[Voucher]) -> int:
        """What the bundles from there on can take off at most, of what is left."""
        each: list[int] = []
        of_group: dict[str, list[int]] = {}
        for number, one in enumerate(self.bundles[place:]):
            if not self._goes_with(one, laid):
                continue
            most = self.counter.most(one.offer, one.reach)
            if one.offer.group is not None:
                of_group.setdefault(one.offer.group, []).append(most)
            else:
                each += [most] * (len(one.codes) if number else len(one.codes) - copies)
        self.looks -= len(self.bundles) - place
        most_first = sorted([*each, *map(max, of_group.values())], reverse=True)
        return min(sum(most_first[: limits.VOUCHERS_TOGETHER_MAX - len(laid)]), sum(self.counter.left))

    def _goes_with(self, one: Bundle, laid: Sequence[Voucher]) -> bool:
        """Whether one more of the bundle may be put down; none that goes with no other is among these."""
        if len(laid) == limits.VOUCHERS_TOGETHER_MAX:
            return False
        offer = one.offer
        if offer.group is not None and any(offer.group == other.group for other in laid):
            return False
        most = self.room.get(offer.key)
        return most is None or sum(offer.key == other.key for other in laid) < most
