"""Links of a page that is computed with the evidence of an organisation keep that evidence open.

Dozens of templates lead from one computed page to the next. Instead of each saying the same, the page as a
whole is gone through once, and only where an address asked for such evidence.
"""

import re
from html import escape
from urllib.parse import quote

PAGES = "peta|peluang|objek|wilayah|data|sumber|cari"
LINK = re.compile(
    rf'href="(?P<path>(?:/en)?/(?:(?:{PAGES})\b[^"?#]*)?|(?=\?))(?:\?(?P<query>[^"#]*))?(?P<part>#[^"]*)?"'
)
FORM = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>')
LEADS_OUT = "data-common"
"""Attribute before the `href` of a link that leads back to the common evidence."""


def carry(html: str, parameter: str, code: str) -> str:
    """Return a page whose links and forms to computed pages keep the evidence of an organisation."""
    pair = f"{parameter}={quote(code)}"

    def linked(found: re.Match[str]) -> str:
        query = found["query"] or ""
        before = html[max(found.start() - len(LEADS_OUT) - 1, 0) : found.start()]
        if LEADS_OUT in before or re.search(rf"(?:^|&amp;|[&;]){parameter}=", query):
            return found[0]
        joined = f"{query}&amp;{pair}" if query else pair
        return f'href="{found["path"]}?{joined}{found["part"] or ""}"'

    hidden = f'<input type="hidden" name="{parameter}" value="{escape(code)}">'
    return FORM.sub(lambda form: form[0] + hidden, LINK.sub(linked, html))
