"""Who I am to the API, and my tokens."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page
from sinergi.accounts.models import ApiToken, Organisation
from sinergi.accounts.tokens import revoke, tokens_of

router = Router(tags=["Me"])
Token = Annotated[int, Path(ge=1, le=MOST)]


class Membership(Schema):
    """An organisation in which I hold roles, and the rights that they give here."""

    organisation: str = Field(examples=["kota-palangka-raya"])
    name: str
    rights: list[str] = Field(examples=[["read", "edit"]])


class Me(Schema):
    """Who asks."""

    signed_in: bool
    person: int | None = Field(description="Number of the person; null for a visitor.")
    name: str
    administrator: bool = Field(description="Of the installation; never by a token.")
    scopes: list[str] | None = Field(description="Of the token; null in a session.")
    memberships: list[Membership]


class TokenLine(Schema):
    """One of my tokens; its secret is shown once, when it is issued."""

    id: int
    name: str
    hint: str = Field(description="Its first characters.", examples=["snrg_Ab12C"])
    organisation: str
    scopes: list[str]
    created: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@router.get("/me", auth=ANYONE, response=Me, operation_id="me")
def me(request: HttpRequest) -> HttpResponse:
    """Return who the token or the session speaks for, and what it may do where."""
    by = asker(request)
    rows = Organisation.objects.filter(pk__in=list(by.rights)).order_by("code")
    return answer(
        {
            "signed_in": by.signed_in,
            "person": by.person_id,
            "name": by.name,
            "administrator": by.administrator,
            "scopes": None if by.scopes is None else sorted(by.scopes),
            "memberships": [
                {
                    "organisation": row.code,
                    "name": row.name,
                    "rights": sorted(r for r in by.rights[row.pk] if by.has(r, row.pk)),
                }
                for row in rows
            ],
        }
    )


@router.get("/tokens", auth=KNOWN, response=Page[TokenLine], operation_id="tokens")
def tokens(request: HttpRequest, window: Paged) -> HttpResponse:
    """List my tokens, also those that are revoked or expired."""
    return answer(page(request, window, tokens_of(asker(request)), _token))


@router.delete("/tokens/{token_id}", auth=KNOWN, response={204: None}, operation_id="token_revoke")
def token_revoke(request: HttpRequest, token_id: Token) -> HttpResponse:
    """Revoke one of my tokens, also the one that asks. Tokens are issued on a page only."""
    revoke(asker(request), token_id)
    return HttpResponse(status=204)


def _token(row: ApiToken) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "hint": row.hint,
        "organisation": row.organisation.code,
        "scopes": row.scopes,
        "created": row.created,
        "expires_at": row.expires_at,
        "last_used_at": row.last_used_at,
        "revoked_at": row.revoked_at,
    }
