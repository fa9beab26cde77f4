"""The API object with the endpoints of all rooms."""

from ninja import NinjaAPI

from sinergi.accounts.api import audit, me, organisations, people, sharing
from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import framed
from sinergi.agreements.api import agreements
from sinergi.evidence.api import figures, imports, uploads
from sinergi.forums.api import decisions, meetings, points, practices
from sinergi.opportunities.api import catalogue, entries, lists, maps, regions, saved_maps
from sinergi.programs.api import funding, plans, portfolio_answers, portfolios, rankings, sync
from sinergi.programs.api import lines as plan_lines
from sinergi.site.api.reading import QuickRenderer, StrictParser
from sinergi.site.api.refusals import tell_refusals

ROUTERS = (
    maps.router,
    regions.router,
    catalogue.router,
    figures.router,
    imports.router,
    uploads.router,
    lists.router,
    entries.router,
    saved_maps.router,
    meetings.router,
    decisions.router,
    points.router,
    practices.router,
    plans.router,
    plan_lines.router,
    funding.router,
    sync.router,
    rankings.router,
    portfolios.router,
    portfolio_answers.router,
    agreements.router,
    sharing.router,
    organisations.router,
    people.router,
    audit.router,
    me.router,
)
DESCRIPTION = (
    "What the pages of Sinergi read and do, for programs; of forums a part. Send a token of “My account › "
    "Tokens” as `Authorization: Bearer snrg_…`; what everybody may see needs none. Lists come in pages with "
    "links to the next one. Every answer has an ETag. Errors are problem+json (RFC 9457) in the language of "
    "Accept-Language."
)


def put_together() -> NinjaAPI:
    """Return the API, ready for its addresses."""
    api = NinjaAPI(
        title="Sinergi",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        auth=ANYONE,
        renderer=QuickRenderer(),
        parser=StrictParser(),
    )
    api.add_decorator(framed, mode="view")
    tell_refusals(api)
    for router in ROUTERS:
        api.add_router("", router)
    return api


API = put_together()
