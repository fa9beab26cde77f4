"""The profile of a region: facts, specialisation, indicators, needs, partners, missing evidence."""

from sinergi.opportunities.profile.build import profile
from sinergi.opportunities.profile.directory import Entry, Listing, directory
from sinergi.opportunities.profile.records import RegionProfile

__all__ = ["Entry", "Listing", "RegionProfile", "directory", "profile"]
