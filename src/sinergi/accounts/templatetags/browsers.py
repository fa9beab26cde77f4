"""What a browser calls itself, in words that its owner knows."""

from django import template

register = template.Library()

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
"""In this order, because each claims to be those that follow, too."""
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
KEPT = 60


def _first(known: dict[str, str], agent: str) -> str:
    return next((name for mark, name in known.items() if mark in agent), "")


@register.filter
def browser_name(agent: str) -> str:
    """Return browser and system, “Firefox · Windows”; of others what they call themselves, cut short."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    return " · ".join(filter(None, (browser, system))) if browser else agent[:KEPT] or "–"
