"""A real mail server on this machine, which ends when all its connections have."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests import ports
from tests.databases import until

PATIENCE = 120


class Counted(Controller):
    """A mail server that knows who is still connected."""

    def __init__(self, handler: object, port: int) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
        self.connected: set[SMTP] = set()

    def factory(self) -> SMTP:
        """Make what speaks with one client."""
        connected = self.connected

        class Speaker(SMTP):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                connected.add(self)
                super().connection_made(transport)

            def connection_lost(self, error: Exception | None) -> None:
                super().connection_lost(error)
                connected.discard(self)

        return Speaker(self.handler, **self.SMTP_kwargs)


@contextmanager
def listening(handler: object) -> Iterator[int]:
    """Let a handler of aiosmtpd take letters; give the port at which it does."""
    with ports.held() as port:
        server = Counted(handler, port)
        server.start()
        try:
            yield port
            until(lambda: not server.connected)
        finally:
            server.stop()
