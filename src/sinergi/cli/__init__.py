"""The command line, and the workspace for notebooks."""


def main() -> None:
    """Run the command line; imported lazily so that `--help` stays fast."""
    from sinergi.cli.app import app  # noqa: PLC0415 - keeps the import of the package light

    app()
