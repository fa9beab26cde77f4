"""The language of an answer: what `Accept-Language` asks for, otherwise Indonesian."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = ("id", "en")


def language_of(request: HttpRequest) -> str:
    """Return `id` or `en`."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted == "*":
            break
        if wanted.split("-")[0] in LANGUAGES:
            return wanted.split("-")[0]
    return str(settings.LANGUAGE_CODE)
