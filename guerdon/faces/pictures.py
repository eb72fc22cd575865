"""Codes as pictures that are scanned: QR for phones, Code 128 for the line of a till's scanner, both as SVG."""

from html import escape
from typing import Final, Literal

import segno

from guerdon.core import barcodes, codes, errors

CODE_NOT_DRAWN = errors.declare("invalid", "code_not_drawn", "code")

Symbol = Literal["qr", "code128"]
_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_MODULE: Final = 2  # units of the picture to a module of the barcode
_HEIGHT: Final = 100


def svg(code: str, symbol: Symbol) -> str:
    """The picture of a code as it is stored. Raises `code_not_drawn` for what Code 128 has no bars for."""
    return _qr(code) if symbol == "qr" else _bars(code)


def _qr(code: str) -> str:
    """ISO/IEC 18004 with the second level of correction, so that a crumpled flyer is still read."""
    made = segno.make(code, error="m", micro=False)
    drawn: str = made.svg_inline(
        scale=4, border=4, light="#fff", title=codes.shown(code), svgclass=None, lineclass=None
    )
    wide, high = made.symbol_size(scale=4, border=4)
    return drawn.replace("<svg ", f'<svg xmlns="{_NAMESPACE}" viewBox="0 0 {wide} {high}" ', 1)


def _bars(code: str) -> str:
    if not barcodes.fits(code):
        raise CODE_NOT_DRAWN(code=code)
    wide = barcodes.width(code) * _MODULE
    drawn = "".join(
        f"M{start * _MODULE} 0h{bar * _MODULE}v{_HEIGHT}h-{bar * _MODULE}z" for start, bar in barcodes.bars(code)
    )
    return (
        f'<svg xmlns="{_NAMESPACE}" width="{wide}" height="{_HEIGHT}" viewBox="0 0 {wide} {_HEIGHT}">'
        f"<title>{escape(codes.shown(code))}</title>"
        f'<path fill="#fff" d="M0 0h{wide}v{_HEIGHT}h-{wide}z"/><path d="{drawn}"/></svg>'
    )
