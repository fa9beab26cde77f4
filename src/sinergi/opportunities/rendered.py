"""What pages say to everybody alike, kept as it was rendered: a pure function of evidence and settings."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.utils import timezone
from django.utils.translation import get_language

from sinergi.evidence import queries as evidence
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference

KEPT = 64
"""How many are kept in a process; one is a few hundred kilobytes of text."""

Made = TypeVar("Made")
_lock = threading.Lock()
_kept: OrderedDict[tuple[str, ...], Any] = OrderedDict()


def kept(settings: MapSettings, *what: str, make: Callable[[], Made]) -> Made:
    """Return what `make` made for the same settings, evidence, catalogue, language and day, or make it.

    Nothing in it may depend on who asks: no token of a form, no name, no right. The scope in which evidence
    is read is part of the version of the evidence.

    Parameters
    ----------
    what
        Which page or part it is, and of what.
    """
    key = (
        *what,
        get_language() or "",
        timezone.localdate().isoformat(),
        evidence.evidence_version(),
        reference.catalogue_version(),
        settings.digest,
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("Made", _kept[key])
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
