"""A web process of gunicorn that answers whoever has connected before it was told to stop."""

import os

from gunicorn.workers.gthread import ThreadWorker

from sinergi.accounts.ending import ending


class WebProcess(ThreadWorker):  # type: ignore[misc]
    """Takes what waits at the socket when it stops, instead of leaving it to be cut off with the socket."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take or leave connections; when the process is about to end, take those that wait and close."""
        ends = not self.alive or self.ppid != os.getppid()
        if ends and not enabled:
            # in the loop, not where the signal arrives: there it could wait for a lock of its own thread
            ending.set()
            self._take_those_that_wait()
        super().set_accept_enabled(enabled)
        if ends and not enabled:
            # whoever comes now is refused, and may ask another process: nothing is taken and then dropped.
            # Whom the kernel connects between the last look and the closing is reset.
            self._take_those_that_wait()
            for listener in self.sockets:
                listener.close()

    def _take_those_that_wait(self) -> None:
        for listener in self.sockets:
            listener.setblocking(False)
            before = -1
            while self.nr_conns != before:
                before = self.nr_conns
                self.accept(listener)
