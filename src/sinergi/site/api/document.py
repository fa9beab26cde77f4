"""The OpenAPI document: what `ninja` derives from the code, with problems, headers and security added."""

import functools
from typing import Any

from django.utils import translation
from ninja import NinjaAPI

from sinergi.accounts.api.access import SECURITY, Asker
from sinergi.accounts.api.problems import PROBLEMS, TYPE
from sinergi.accounts.api.schemas import Problem, ProblemDetail

PREFIX = "/api/v1/"
EVERY = (400, 401, 403, 404, 429, 500)
WRITING = (409, 412, 413, 415, 422, 428)
MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "ETag of the thing as you read it, or *; instead of the parameter revision.",
    "schema": {"type": "string", "pattern": r'^(\*|"r[0-9]{1,9}(-[0-9a-f]{24})?")$'},
    "example": '"r3-8f14e45fceea167a5a36dedd"',
}
REVISION = {
    "name": "revision",
    "in": "query",
    "required": False,
    "description": "Revision of the thing as you read it; instead of If-Match.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A word of your own; a request sent again with the same one is done once.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
}
GUARDED = "x-guarded"
"""Extension of operations that want `If-Match` or `revision`."""
ONCE = "x-once"


@functools.cache
def document(api: NinjaAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; computed once."""
    with translation.override("en"):
        return _made(api)


def _made(api: NinjaAPI) -> dict[str, Any]:
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    schemas = made["components"]["schemas"]
    for model in (Problem, ProblemDetail):
        shape = model.model_json_schema(ref_template="#/components/schemas/{model}")
        shape.pop("$defs", None)
        schemas[model.__name__] = shape
    made["components"]["securitySchemes"] = {name: dict(one) for name, one in SECURITY.items()}
    needs = _needs(api)
    for path in made["paths"].values():
        for method, operation in path.items():
            _complete(method, operation, needed=needs[operation["operationId"]])
    made["tags"] = [{"name": name} for name in _tags(made)]
    return made


def _needs(api: NinjaAPI) -> dict[str, bool]:
    """Return for each operation whether somebody must be known."""
    return {
        operation.operation_id or api.get_openapi_operation_id(operation): any(
            one.needed for one in operation.auth_callbacks if isinstance(one, Asker)
        )
        for router in api._get_bound_routers()  # noqa: SLF001 - no public way to its operations
        for view in router.path_operations.values()
        for operation in view.operations
    }


def _tags(made: dict[str, Any]) -> list[str]:
    found = [
        tag
        for path in made["paths"].values()
        for operation in path.values()
        for tag in operation.get("tags", ())
    ]
    return list(dict.fromkeys(found))


def _complete(method: str, operation: dict[str, Any], *, needed: bool) -> None:
    """Add to an operation what all have alike."""
    known: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    operation["security"] = known if needed else [{}, *known]
    parameters = operation.setdefault("parameters", [])
    if operation.pop(GUARDED, False):
        parameters += [MATCH, REVISION]
    if operation.pop(ONCE, False):
        parameters.append(KEY)
    statuses = [*EVERY, *(WRITING if method != "get" else (422,))]
    responses = operation["responses"]
    for status in statuses:
        responses[status] = _problem(status)
    if method == "get":
        responses[304] = {"description": "You have it already (If-None-Match)."}
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}


def _problem(status: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": str(PROBLEMS[status][1]),
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        made["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return made
