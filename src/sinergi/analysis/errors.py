"""The one error that `analysis` raises about what it was given."""

from collections.abc import Callable


class InputError(ValueError):
    """Something given to a method cannot be used.

    The texts may hold `{name}` fields that are filled from `values`; they stay apart so that a
    caller can translate the texts and fill them afterwards.

    Parameters
    ----------
    what
        What is wrong.
    where
        The argument, column, row or cell in which it is wrong.
    remedy
        What the person can do about it.
    **values
        Values for the fields of `what`, `where` and `remedy`.
    """

    def __init__(self, what: str, where: str, remedy: str, **values: object) -> None:
        self.texts = (what, where, remedy)
        self.values = values
        self.what, self.where, self.remedy = self._filled(str)
        super().__init__(self._joined(str))

    def translated(self, translate: Callable[[str], str]) -> str:
        """Return the whole message, each text passed through `translate` before it is filled."""
        return self._joined(translate)

    def _filled(self, translate: Callable[[str], str]) -> tuple[str, str, str]:
        what, where, remedy = (translate(text).format(**self.values) for text in self.texts)
        return what, where, remedy

    def _joined(self, translate: Callable[[str], str]) -> str:
        what, where, remedy = self._filled(translate)
        return f"{where}: {what} {remedy}"
