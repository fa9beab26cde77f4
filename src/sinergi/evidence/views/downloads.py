"""Tables as downloads."""

from collections.abc import Generator, Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from sinergi.evidence import exports

Response = TypeVar("Response", bound=HttpResponseBase)


def attachment(response: Response, filename: str) -> Response:
    """Make a response a file to save."""
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    return response


def table_response(
    name: str,
    extension: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    sheet: str,
) -> HttpResponseBase:
    """Return a table as CSV (streamed) or XLSX.

    Raises
    ------
    BadRequest
        When it has more rows than a sheet can hold.
    """
    if extension == "csv":
        lines = exports.csv_lines(headings, rows)
        stream = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return attachment(stream, f"{name}.csv")
    try:
        content = exports.xlsx_bytes({sheet: (headings, rows)})
    except ValueError as error:
        text = _("The table has more rows than a spreadsheet can hold; take the CSV file.")
        raise BadRequest(text) from error
    finally:
        if isinstance(rows, Generator):
            rows.close()
    response = HttpResponse(content, content_type=exports.XLSX_TYPE)
    return attachment(response, f"{name}.xlsx")
