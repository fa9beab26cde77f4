"""Requests of the server to addresses that an administrator wrote: HTTPS only, never into private networks.

What is checked is the address that was really connected to, before anything is sent: a name that leads to
another place at the second question gains nothing.
"""

import ipaddress
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

PATIENCE = 5
"""Seconds to wait for an answer."""
LONGEST = 1_000_000
"""Bytes of an answer that are read at most."""


class PublicConnection(HTTPSConnection):
    """A connection that breaks off when it leads into a private network."""

    def _new_conn(self) -> Any:
        connected = super()._new_conn()
        reached = ipaddress.ip_address(str(connected.getpeername()[0]).partition("%")[0])
        if not is_public(reached):
            connected.close()
            raise NewConnectionError(self, "the address is in a private network")
        return connected


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address belongs to the open Internet."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(inner.is_global and not inner.is_multicast)


class PublicPool(HTTPSConnectionPool):
    """Connections to one host of the open Internet."""

    ConnectionCls = PublicConnection


class PublicAdapter(HTTPAdapter):
    """Sends requests by `PublicConnection`."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **kwargs)
        pools: PoolManager = self.poolmanager
        pools.pool_classes_by_scheme = {"https": PublicPool}


class PublicSession(requests.Session):
    """Asks other hosts with care: no redirects, no proxies of the environment, little patience."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        if not settings.SINERGI_OIDC_LOCAL:
            self.adapters.clear()
            self.mount("https://", PublicAdapter())

    def request(self, *args: Any, **options: Any) -> requests.Response:
        """Ask, and read an answer of reasonable length.

        Raises
        ------
        requests.RequestException
            When the address is not allowed, nobody answers, or the answer is too long.
        """
        options |= {"timeout": PATIENCE, "allow_redirects": False, "stream": True}
        answer = super().request(*args, **options)
        content = answer.raw.read(LONGEST + 1, decode_content=True)
        answer.close()
        if len(content) > LONGEST:
            raise requests.exceptions.ContentDecodingError("the answer is too long")
        answer._content = content  # noqa: SLF001 - read by ourselves, so that it stays short
        return answer
