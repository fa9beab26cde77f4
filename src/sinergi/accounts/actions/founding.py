"""The first people of an installation: made by its operator, who has no one to invite them yet."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from sinergi.accounts import rules
from sinergi.accounts.actions.invitations import checked_email
from sinergi.accounts.actions.people import give_role, make_administrator
from sinergi.accounts.actions.workspace import CODE as WORKSPACE
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation, Person, Role
from sinergi.accounts.names import clean_name
from sinergi.accounts.principal import Principal


@transaction.atomic
def enrol(
    by: Principal, email: str, name: str, *, password: str | None = None, language: str = "id"
) -> Person:
    """Return the person with an e-mail address, made when there is none; an existing one stays as it is.

    Parameters
    ----------
    password
        Without one, the person cannot sign in before choosing one by a link.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation or the operator.
    InvalidError
        For `email` and `name`.
    """
    rules.require(by, rules.INSTALLATION)
    address, cleaned = checked_email(email), clean_name(name)
    found = Person.objects.filter(email=address).first()
    if found is not None:
        return found
    made = Person.objects.create_user(address, password, name=cleaned, language=language)
    record(by, Verb.CREATED, kind="person", object_id=made.pk, organisation=None)
    return made


@transaction.atomic
def found_administrator(by: Principal, email: str, name: str, *, language: str = "id") -> Person:
    """Make an administrator of the installation, of a person there is or of a new one.

    What was made before there were organisations belongs to the workspace; the administrator gets roles in
    it, so that old work can be reached.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    person = enrol(by, email, name, language=language)
    make_administrator(by, person)
    open_workspace_to(by, person)
    person.refresh_from_db()
    return person


def open_workspace_to(by: Principal, person: Person) -> None:
    """Give a person the roles of administrator and coordinator in the workspace, where there is one."""
    row = Organisation.objects.filter(code=WORKSPACE, deleted_at=None).first()
    if row is not None:
        for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
            give_role(by, row, person, role)


def link_to_password(person: Person, base: str) -> str:
    """Return a link by which a person chooses a password: it works once, until a password is chosen."""
    with translation.override(person.language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(person),
                "key": default_token_generator.make_token(person),
            },
        )
    return base + path
