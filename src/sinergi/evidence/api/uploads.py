"""Uploads: send a file, look how it is read and what is wrong with it, say how to read it, load it."""

import dataclasses
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from ninja import File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from sinergi.accounts import rules
from sinergi.accounts.api import limits
from sinergi.accounts.api.access import KNOWN, SENDER, asker, with_second_factor
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.problems import ProblemError, field_errors
from sinergi.accounts.api.schemas import Given, text
from sinergi.accounts.models import Organisation
from sinergi.accounts.queries.organisations import organisation
from sinergi.evidence import uploads
from sinergi.evidence.actions import preview_import
from sinergi.evidence.actions.load import loaded_before
from sinergi.evidence.imports.mapping import MappingError, from_json
from sinergi.evidence.imports.preview import Preview
from sinergi.evidence.imports.problems import Problem
from sinergi.evidence.tasks import load_upload
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.loading import UNDER_WAY, status_of

router = Router(auth=KNOWN, tags=["Uploads"])
Token = Annotated[
    str, Path(pattern="^[0-9a-f]{32}$", examples=["0f" * 16], description="Of the upload.")
]
PROBLEMS_TOLD = 200
Note = text(2000)


class ProblemOfFile(Schema):
    """One thing wrong with a file, at one place."""

    severity: str = Field(description="error or warning.")
    code: str
    cell: str = Field(examples=["Data!C14"])
    value: str
    message: str
    remedy: str
    suggestion: str


class PreviewOf(Schema):
    """How a file is read, what is wrong with it, and what loading it would do."""

    upload: str = Field(description="Name of the upload in further requests; kept for a day.")
    filename: str
    organisation: str = Field(description="On whose shelf; empty: the common evidence.")
    ok: bool = Field(description="Whether it can be loaded.")
    stores: int
    new: int
    replaces: int
    unchanged: int
    missing: int
    sheets: list[str]
    mapping: dict[str, Any]
    on_existing: str
    errors: int
    warnings: int
    problems: list[ProblemOfFile] = Field(description=f"The first {PROBLEMS_TOLD}.")


class LoadProgress(Schema):
    """How far a load is."""

    state: Literal["uploaded", "waiting", "running", "loaded", "refused"]
    step: str = Field(description="read, check, load; or empty.")
    done: int
    total: int
    import_id: int | None = Field(description="The import that came of it.")
    why: str = Field(description="Why it was refused.")


class Reading(Given):
    """How a file is to be read."""

    mapping: dict[str, Any] | None = Field(
        None, description="As a preview tells it, changed; null: guess again."
    )
    on_existing: Literal["reject", "skip_identical", "replace"] = "reject"


class Load(Given):
    """A wish to load."""

    note: Note = ""  # type: ignore[valid-type]


def _gone() -> ProblemError:
    return ProblemError(404, _("This file is no longer kept. Upload it again."))


def _own(request: HttpRequest, token: str) -> Upload:
    """Return a waiting file of the person who asks; as not there for anybody else."""
    found, by = uploads.find(token), asker(request)
    if found is None or not by.signed_in or found.person != by.person_id:
        raise _gone()
    return found


def _owner(upload: Upload) -> Organisation | None:
    number = upload.organisation
    return None if number is None else Organisation.objects.get(pk=number)


def _preview(request: HttpRequest, upload: Upload, status: int = 200) -> HttpResponse:
    try:
        seen = preview_import(
            asker(request),
            upload.path,
            upload.mapping,
            organisation=_owner(upload),
            on_existing=upload.on_existing,
            filename=upload.filename,
        )
    except FileNotFoundError as error:
        raise _gone() from error
    return answer(_told(upload, seen), status=status)


def _told(upload: Upload, seen: Preview) -> dict[str, Any]:
    owner, problems = _owner(upload), seen.problems
    return {
        "upload": upload.token,
        "filename": upload.filename,
        "organisation": owner.code if owner is not None else "",
        "ok": seen.ok,
        "stores": seen.stores,
        "new": seen.new,
        "replaces": seen.replaces,
        "unchanged": seen.unchanged,
        "missing": seen.missing,
        "sheets": list(seen.sheets),
        "mapping": seen.mapping.to_json(),
        "on_existing": upload.on_existing,
        "errors": problems.errors,
        "warnings": problems.warnings,
        "problems": [_problem(one) for one in problems.kept[:PROBLEMS_TOLD]],
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {
        "severity": one.severity,
        "code": one.code,
        "cell": one.place,
        "value": one.value,
        "message": one.message(),
        "remedy": one.remedy(),
        "suggestion": one.suggestion,
    }


@router.post("/uploads", auth=SENDER, response={201: PreviewOf}, operation_id="upload")
def upload(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="XLSX, XLS, ODS, CSV or TSV.")],
    organisation_code: Annotated[
        str,
        Form(alias="organisation", max_length=60, description="Empty: the common evidence."),
    ] = "",
) -> HttpResponse:
    """Send a file and see how it would be read; nothing is loaded yet."""
    by = asker(request)
    whose = organisation(organisation_code) if organisation_code else None
    rules.require(by, rules.OBJECT_CREATE, whose)
    limits.heavy(request)
    kept = uploads.keep(file, by.person_id, None if whose is None else whose.pk)
    return _preview(request, kept, 201)


@router.get("/uploads/{token}", response=PreviewOf, operation_id="upload_preview")
def preview(request: HttpRequest, token: Token) -> HttpResponse:
    """Return how an uploaded file would be read and what is wrong with it."""
    found = _own(request, token)
    limits.heavy(request)
    return _preview(request, found)


@router.put("/uploads/{token}/reading", response=PreviewOf, operation_id="upload_reading")
def reading(request: HttpRequest, token: Token, given: Reading) -> HttpResponse:
    """Say how the file is to be read and what to do with values that are there already."""
    found = _own(request, token)
    limits.heavy(request)
    try:
        mapping = None if given.mapping is None else from_json(given.mapping)
    except MappingError as error:
        raise ProblemError(422, errors=field_errors({"mapping": str(error)})) from error
    changed = dataclasses.replace(found, mapping=mapping, on_existing=given.on_existing)
    uploads.remember(changed)
    return _preview(request, changed)


@router.post("/uploads/{token}/load", response={202: LoadProgress}, operation_id="upload_load")
def load(request: HttpRequest, token: Token, given: Load) -> HttpResponse:
    """Begin to load the file in the background; asked twice, it is done once."""
    by = asker(request)
    done = _standing(request, token)
    if done["state"] in {"loaded", "waiting", "running"}:
        return answer(done, status=202)
    found = _own(request, token)
    rules.require(by, rules.OBJECT_CREATE, _owner(found))
    uploads.take_refusal(token)
    uploads.remember(dataclasses.replace(found, note=given.note))
    result = load_upload.enqueue(token, with_second_factor(request), by.request_id)
    if (kept := uploads.find(token)) is not None:
        uploads.remember(dataclasses.replace(kept, task=str(result.id)))
    return answer(_standing(request, token), status=202)


@router.get("/uploads/{token}/status", response=LoadProgress, operation_id="upload_status")
def standing(request: HttpRequest, token: Token) -> HttpResponse:
    """Return how far the load of a file is."""
    return answer(_standing(request, token))


def _standing(request: HttpRequest, token: str) -> dict[str, Any]:
    """Return how far the load of a file of the person who asks is."""
    by, made = asker(request), loaded_before(token)
    told: dict[str, Any] = {"step": "", "done": 0, "total": 0, "import_id": None, "why": ""}
    if made is not None and by.signed_in and made.loaded_by_id == by.person_id:
        return {**told, "state": "loaded", "import_id": made.pk}
    found = _own(request, token)
    status = status_of(found)
    if uploads.is_refused(token):
        return {**told, "state": "refused", "why": uploads.refusal(token)}
    if status == TaskResultStatus.FAILED:
        why = _("The load failed. Try again, or tell your administrator.")
        return {**told, "state": "refused", "why": why}
    if status in UNDER_WAY:
        step, done, total = uploads.progress(token) or ("", 0, 0)
        state = "waiting" if status == TaskResultStatus.READY else "running"
        return {**told, "state": state, "step": step, "done": done, "total": total}
    return {**told, "state": "uploaded"}


@router.delete("/uploads/{token}", response={204: None}, operation_id="upload_forget")
def forget(request: HttpRequest, token: Token) -> HttpResponse:
    """Remove an uploaded file."""
    uploads.forget(_own(request, token).token)
    return HttpResponse(status=204)
