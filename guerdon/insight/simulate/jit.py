"""Loops made fast: numba where it is installed, and the very same functions as plain Python where it is not."""

import os
from collections.abc import Callable
from typing import Final, TypeVar

_F = TypeVar("_F", bound=Callable[..., object])

PLAIN: Final = "GUERDON_PLAIN_LOOPS"  # set, nothing is compiled: the same answer, many times slower


def _found() -> bool:
    if os.environ.get(PLAIN):
        return False
    try:
        import numba  # noqa: F401 - whether it is there is what is asked
    except ImportError:
        return False
    return True


COMPILED: Final = _found()


def jit(function: _F) -> _F:
    """Compile a function of numbers and arrays, so that several threads can run it at once."""
    return _compiled(function, inline="never")


def inlined(function: _F) -> _F:
    """The same for one that is a part of another: a call would cost more than what it does."""
    return _compiled(function, inline="always")


def _compiled(function: _F, *, inline: str) -> _F:
    if not COMPILED:
        return function
    import numba

    # Nothing is allocated in these loops, so nobody has to count who holds which array: that cost more than all else.
    made: _F = numba.njit(cache=True, nogil=True, error_model="numpy", inline=inline, _nrt=False)(function)  # type: ignore[call-overload]
    return made
