"""What can go wrong with a backup, a restore or a copy; the text is translated and says what to do."""


class KeepingError(Exception):
    """Something cannot be kept, restored or copied; nothing was changed."""


class DamagedError(KeepingError):
    """An archive is not as it was written: cut off, changed, or no archive at all."""


class NewerError(KeepingError):
    """An archive was written by a newer Sinergi."""


class LockedError(KeepingError):
    """An encrypted archive does not open with the key that was given, or none was given."""


class OccupiedError(KeepingError):
    """A database holds something that would be lost."""


class DifferentError(KeepingError):
    """A copy is not what was copied.

    Parameters
    ----------
    differences
        What differs, each a line.
    """

    def __init__(self, message: str, differences: list[str]) -> None:
        super().__init__("\n".join([message, *(f"  {line}" for line in differences)]))
        self.differences = differences
