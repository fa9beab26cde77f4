"""The annex as PDF, set by typst from a template that an organisation can replace."""

import json
import os
from pathlib import Path

import typst

from sinergi.opportunities.lists.exports import sheets
from sinergi.opportunities.models import PriorityList

TEMPLATE = Path(__file__).with_name("annex.typ")
FONTS = Path(__file__).resolve().parents[3] / "site" / "static" / "vendor"
"""TrueType fonts found here are used; without them the fonts that typst brings."""


def template() -> Path:
    """Return the template: that of the installation (`SINERGI_ANNEX_TYP`) or ours."""
    return Path(os.environ.get("SINERGI_ANNEX_TYP", TEMPLATE))


def write(plan: PriorityList) -> bytes:
    """Return the annex as tagged PDF; the same list on the same day gives the same pages anywhere."""
    data = json.dumps(sheets.values(plan), ensure_ascii=False)
    pdf: bytes = typst.compile(
        template(),
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
    )
    return pdf
