"""What an address may say after the question mark."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _


def page_number(request: HttpRequest, last: int) -> int:
    """Return the page asked for, 1 when none is.

    Raises
    ------
    BadRequest
        When it is not the number of a page.
    """
    text = request.GET.get("halaman", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= last):
        raise BadRequest(
            _("There is no page “%(page)s”; the last one is %(last)s.")
            % {"page": text[:20], "last": last}
        )
    return int(text)


def choice(request: HttpRequest, name: str, allowed: dict[str, str], default: str) -> str:
    """Return one of the allowed values of a parameter.

    Raises
    ------
    BadRequest
        When it is another.
    """
    text = request.GET.get(name, default)
    if text not in allowed:
        listed = ", ".join(allowed)
        raise BadRequest(
            _("“%(value)s” is no value of %(name)s; choose one of: %(list)s.")
            % {"value": text[:40], "name": name, "list": listed}
        )
    return text
