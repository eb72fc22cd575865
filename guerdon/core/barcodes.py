"""Code 128 (ISO/IEC 15417), code set B: the bars of a code that tills scan with a line."""

from itertools import pairwise
from typing import Final

# The widths of three bars and three spaces, in modules, of the values 0 to 105; the stop has a bar more.
_PATTERNS: Final = (
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",
    "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222",
    "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
    "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321",
    "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
    "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321",
    "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224",
    "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
    "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412",
    "211214", "211232",
)  # fmt: skip
_STOP: Final = "2331112"
_START_B: Final = 104
_MODULO: Final = 103
QUIET: Final = 10  # modules of nothing before and after


def fits(code: str) -> bool:
    """Whether code set B has all its characters: printable ASCII."""
    return bool(code) and all(" " <= letter <= "~" for letter in code)


def bars(code: str) -> list[tuple[int, int]]:
    """The bars as (where each begins, how wide it is), in modules, the quiet zone in front included."""
    assert fits(code)
    values = [ord(letter) - ord(" ") for letter in code]
    check = (_START_B + sum(place * value for place, value in enumerate(values, 1))) % _MODULO
    widths = [int(digit) for value in (_START_B, *values, check) for digit in _PATTERNS[value]]
    widths += [int(digit) for digit in _STOP]
    edges = [QUIET]
    for width in widths:
        edges.append(edges[-1] + width)
    return [(start, end - start) for place, (start, end) in enumerate(pairwise(edges)) if place % 2 == 0]


def width(code: str) -> int:
    """How many modules it is wide with both quiet zones."""
    start, last = bars(code)[-1]
    return start + last + QUIET
