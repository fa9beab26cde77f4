"""Passes of delegates: codes that can be read aloud and typed, and the picture that a phone reads. Pure."""

import secrets
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for another."""
LENGTH, GROUP = 16, 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "–": ""})
QUIET = 4
"""Modules of white around the picture, as ISO/IEC 18004 asks."""


def new_code() -> str:
    """Return a code that nobody guesses: 80 bits."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def as_typed(text: str) -> str:
    """Return the code that was meant: small letters, gaps and letters that look like figures are mended."""
    return text.strip().upper().translate(MISREAD)


def in_groups(code: str) -> str:
    """Return a code as it stands on a pass.

    Examples
    --------
    >>> in_groups("K7QM4TZP9XWD2B3C")
    'K7QM-4TZP-9XWD-2B3C'
    """
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one path of SVG.

    Attributes
    ----------
    size
        Modules on a side, the white around included.
    path
        A square for each run of dark modules.
    """

    size: int
    path: str


def picture(address: str) -> Picture:
    """Return the QR code of an address; a seventh of it may be dirty and it is still read (level M)."""
    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    return Picture(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, row: list[bool]) -> str:
    """Return the runs of dark modules in a row."""
    parts, begin = [], None
    for x, dark in enumerate([*row, False]):
        if dark and begin is None:
            begin = x
        elif not dark and begin is not None:
            parts.append(f"M{begin} {y}h{x - begin}v1h-{x - begin}z")
            begin = None
    return "".join(parts)
