"""Loads a country pack from its folder: parse, check, and tell everything that is wrong at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sinergi.reference.pack import (
    agreement_stages,
    agreements,
    clauses,
    funding,
    geography,
    law,
    matching,
    objects,
)
from sinergi.reference.pack.checks import check_pack
from sinergi.reference.pack.files import content_version
from sinergi.reference.pack.issues import Issues, PackError
from sinergi.reference.pack.records import Pack, Source


def load_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`.

    Raises
    ------
    PackError
        With every issue found: file, line, field and what is wrong.
    """
    pack, issues = read_pack(folder)
    if issues.found or pack is None:
        raise PackError(folder, tuple(issues.found))
    return pack


def read_pack(folder: Path) -> tuple[Pack | None, Issues]:
    """Read the pack as far as it can be read, with all issues; None when there is no such folder."""
    issues = Issues()
    if not folder.is_dir():
        issues.add(str(folder), 0, "", "folder_missing")
        return None, issues
    about = _about(folder, issues)
    pack = Pack(
        folder=folder,
        version=content_version(folder),
        country=_word(about, "country", issues),
        name=_word(about, "name", issues),
        date=_word(about, "date", issues),
        language=_word(about, "language", issues),
        administrative_provinces=frozenset(map(str, about.get("administrative_provinces", []))),
        sources=_sources(about, issues),
        regions=geography.parse_regions(folder, issues),
        aliases=geography.parse_aliases(folder, issues),
        successions=geography.parse_successions(folder, issues),
        borders=geography.parse_borders(folder, issues),
        islands=geography.parse_islands(folder, issues),
        time_zones=geography.parse_time_zones(folder, issues),
        associations=geography.parse_associations(folder, issues),
        airports=geography.parse_facilities(folder, "airports.csv", issues),
        ports=geography.parse_facilities(folder, "ports.csv", issues),
        affairs=law.parse_affairs(folder, issues),
        authority_rules=law.parse_authority_rules(folder, issues),
        further_levels=law.parse_further_levels(folder, issues),
        funding_channels=law.parse_funding_channels(folder, issues),
        partner_type_rules=law.parse_partner_type_rules(folder, issues),
        spm_services=law.parse_spm_services(folder, issues),
        activities=law.parse_activities(folder, issues),
        indicators=objects.parse_indicators(folder, issues),
        derived=objects.parse_derived(folder, issues),
        objects=objects.parse_objects(folder, issues),
        funding_rules=funding.parse_funding_rules(folder, issues),
        funding_origins=funding.parse_funding_origins(folder, issues),
        work_words=funding.parse_work_words(folder, issues),
        channel_aliases=funding.parse_channel_aliases(folder, issues),
        abbreviations=matching.parse_abbreviations(folder, issues),
        matching_words=matching.parse_matching_words(folder, issues),
        agreement_families=agreements.parse_families(folder, issues),
        agreement_terms=agreements.parse_terms(folder, issues),
        agreement_stages=agreement_stages.parse_agreement_stages(folder, issues),
        clauses=clauses.parse_clauses(folder, issues),
    )
    if not issues.found:
        check_pack(pack, issues)
    return pack, issues


def _about(folder: Path, issues: Issues) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        issues.add("pack.toml", 0, "", "file_missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        issues.add("pack.toml", 0, "", "not_toml", reason=error)
    return {}


def _word(about: Mapping[str, Any], name: str, issues: Issues) -> str:
    value = about.get(name)
    if not isinstance(value, str) or not value:
        issues.add("pack.toml", 0, name, "empty")
        return ""
    return value


def _sources(about: Mapping[str, Any], issues: Issues) -> tuple[Source, ...]:
    found = []
    for code, told in about.get("sources", {}).items():
        values = [told.get(name, "") for name in ("title", "period", "licence", "url")]
        for name, value in zip(("title", "licence"), (values[0], values[2]), strict=True):
            if not value:
                issues.add("pack.toml", 0, f"sources.{code}.{name}", "empty")
        found.append(Source(code, *map(str, values)))
    return tuple(found)
