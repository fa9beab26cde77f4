"""Sessions in the database: each ends at a time that no use of it moves, and earlier when nobody uses it."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

BEGUN = "signed_in_at"
"""Session key: when the person signed in, in seconds since 1970."""
SEEN = "seen_at"
"""Session key: when the session was used, written down no more often than `NOTED_SECONDS`."""
NOTED_SECONDS = 5 * 60


def is_over(kept: dict[str, Any], now: int) -> bool:
    """Whether the session of a person has lasted, or lain idle, for longer than it may."""
    lasted, idle = now - kept.get(BEGUN, 0), now - kept.get(SEEN, 0)
    most, most_idle = settings.SESSION_COOKIE_AGE, settings.SINERGI_SESSION_IDLE_SECONDS
    return bool(lasted >= most or idle >= most_idle)


class SessionStore(DatabaseStore):
    """Sessions in the database. One of a person ends for good; that of a visitor just grows old."""

    def load(self) -> dict[str, Any]:
        """Return what was kept; nothing, and the session is removed, when it is over."""
        kept: dict[str, Any] = super().load()
        if SESSION_KEY not in kept:
            return kept
        now = int(time.time())
        if is_over(kept, now):
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if now - kept[SEEN] >= NOTED_SECONDS:
            kept[SEEN] = now
            self.modified = True
        return kept

    def save(self, must_create: bool = False) -> None:
        """Keep the session; at the first time with a person in it, note when that was."""
        kept: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if SESSION_KEY in kept:
            kept.setdefault(BEGUN, int(time.time()))
            kept.setdefault(SEEN, int(time.time()))
        super().save(must_create)
