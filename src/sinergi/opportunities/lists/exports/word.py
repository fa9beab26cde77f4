"""The annex as a Word document, from a template that an organisation can replace."""

import os
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from sinergi.opportunities.lists.exports import sheets
from sinergi.opportunities.models import PriorityList

TEMPLATE = Path(__file__).with_name("annex.docx")


def template() -> Path:
    """Return the template: that of the installation (`SINERGI_ANNEX_DOCX`) or ours."""
    return Path(os.environ.get("SINERGI_ANNEX_DOCX", TEMPLATE))


def write(plan: PriorityList) -> bytes:
    """Return the annex as a Word document; text of people is escaped, never read as markup."""
    document = DocxTemplate(template())
    document.render(sheets.values(plan), autoescape=True)
    document.core_properties.title = plan.name
    document.core_properties.author = plan.owner
    out = BytesIO()
    document.save(out)
    return out.getvalue()
