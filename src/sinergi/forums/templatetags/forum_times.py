"""Tags that write times and places of meetings as every page does."""

from django import template

from sinergi.forums import zones
from sinergi.forums.places import place_of

register = template.Library()
register.filter("clock", zones.clock)
register.filter("place", place_of)
register.filter("zone", zones.zone_of)
register.simple_tag(zones.hours, name="hours")
