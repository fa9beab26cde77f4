"""The workspace: the organisation of a machine that one person uses alone."""

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal

CODE = "ruang-kerja"


@transaction.atomic
def workspace(by: Principal) -> Organisation:
    """Return the workspace of this machine, made at first use.

    Raises
    ------
    ForbiddenError
    """
    rules.require(by, rules.INSTALLATION)
    found, made = Organisation.objects.get_or_create(
        code=CODE, defaults={"name": _("Workspace"), "kind": Organisation.Kind.WORKSPACE}
    )
    if made:
        record(
            by,
            Verb.CREATED,
            kind="organisation",
            object_id=found.pk,
            organisation=found.pk,
            name=found.name,
            after={"code": CODE, "kind": str(found.kind)},
        )
    return found
