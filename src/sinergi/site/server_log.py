"""Lets the web server write into the log of Sinergi instead of one of its own."""

import logging
from typing import Any

from gunicorn.glogging import Logger


class OurLogger(Logger):  # type: ignore[misc]
    """Gunicorn's logger without handlers: the settings of Django say where lines go and how they look."""

    def setup(self, cfg: Any) -> None:
        """Take our loggers; requests are logged by `site.observed`, which knows more of them."""
        self.loglevel = logging.WARNING
        self.error_log = logging.getLogger("gunicorn.error")
        self.access_log = logging.getLogger("gunicorn.access")

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Log nothing: it is logged already."""

    def reopen_files(self) -> None:
        """Do nothing: there are no files."""

    def close_on_exec(self) -> None:
        """Do nothing: there are no files."""
