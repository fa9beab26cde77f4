"""What can be wrong with the choosing of a portfolio, beyond the input itself."""

from sinergi.analysis.errors import InputError


class UnknownSolverError(InputError):
    """A solver was named that is not known here."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            "There is no solver “{name}”.",
            "solver",
            "Take one of {known}.",
            name=name,
            known=", ".join(known),
        )


class SolverMissingError(InputError):
    """A solver is known, but its package is not installed."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(
            "The solver “{name}” is not installed.",
            "solver",
            "Install it with the extra “{extra}” (pip install 'sinergi[{extra}]'), or take highs.",
            name=name,
            extra=extra,
        )
