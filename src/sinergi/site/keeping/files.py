"""Writing a file that is there whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from sinergi.site.keeping.errors import KeepingError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that appears under its name when the block ends well, and not otherwise.

    It is written beside under another name, readable by its owner only, brought to the disk and renamed.

    Raises
    ------
    KeepingError
        When there is a file of that name, or it cannot be written, as on a full disk.
    """
    if path.exists():
        raise KeepingError(_("%(path)s is there already. Choose another name.") % {"path": path})
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
        _settle(path.parent)
    except FileExistsError as error:
        raise KeepingError(
            _("%(path)s is there already. Choose another name.") % {"path": path}
        ) from error
    except OSError as error:
        raise KeepingError(
            _("%(path)s cannot be written: %(why)s. Nothing is left of it.")
            % {"path": path, "why": error.strerror or error}
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _settle(folder: Path) -> None:
    """Bring the new name itself to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
