"""Ports of this machine for programs that must be told one: nobody else is given it while a test holds it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held() -> Iterator[int]:
    """A free port on 127.0.0.1.

    It is bound and not listened on: a server that may reuse addresses can listen there, and the system gives
    it to nobody who asks for any port, as it could give one that was only looked up.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])
