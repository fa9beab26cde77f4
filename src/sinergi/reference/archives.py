"""Archives that are the same, byte for byte, whenever they are written."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name; the time of writing would make every file another."""


def without_time(content: bytes) -> bytes:
    """Return an archive with its parts in the same order, all of the same moment."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as there, ZipFile(out, "w") as made:
        for name in there.namelist():
            part = ZipInfo(name, LONG_AGO)
            part.compress_type = ZIP_DEFLATED
            made.writestr(part, there.read(name))
    return out.getvalue()
