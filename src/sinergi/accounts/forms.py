"""Forms of organisations, roles and invitations: what a browser sends becomes what actions accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.models import Organisation, Role
from sinergi.accounts.names import LENGTH
from sinergi.accounts.organisation_rules import CODE_LENGTH, PARENTS, OrganisationDetails

KINDS = [choice for choice in Organisation.Kind.choices if choice[0] != Organisation.Kind.WORKSPACE]
REASON_LENGTH = 1000
MOST_PEOPLE = 1000
"""Members shown in a choice; more are found by name in the directory."""


class RefusingForm(forms.Form):
    """A form that shows what an action refused, beside the fields it names."""

    def refuse(self, error: AccountsError) -> None:
        """Show a refusal."""
        fields = error.fields if isinstance(error, InvalidError) else {"": error.message}
        for name, text in fields.items():
            self.add_error(name if name in self.fields else None, text)


def _line(label: Any, length: int, *, required: bool = True, **attributes: str) -> forms.CharField:
    given = {"autocomplete": "off", **attributes}
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        strip=False,
        widget=forms.TextInput(attrs=given),
    )


def _reason() -> forms.CharField:
    return _line(_("Why (kept in the history)"), REASON_LENGTH, required=False)


class OrganisationForm(RefusingForm):
    """What an organisation is; `new` asks for its code, too."""

    name = _line(_("Name"), LENGTH)
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS)
    region_code = _line(_("Code of the region (governments)"), 13, required=False)
    parent = forms.ChoiceField(label=_("Stands below"), required=False)
    code = _line(_("Short name for addresses"), CODE_LENGTH, required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = _reason()

    def __init__(self, *args: Any, new: bool = False, only_name: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        kinds = {kind for above in PARENTS.values() for kind in above}
        above = Organisation.objects.filter(kind__in=kinds, deleted_at=None).order_by("name")
        field = self.fields["parent"]
        if isinstance(field, forms.ChoiceField):
            rows = above.values_list("code", "name")
            field.choices = [("", _("none")), *((code, name) for code, name in rows)]
        if not new:
            del self.fields["code"]
        if only_name:
            for name in ("kind", "region_code", "parent"):
                del self.fields[name]

    def details(self, present: OrganisationDetails | None = None) -> OrganisationDetails:
        """Return the details of a valid form; what it does not ask for stays as at `present`."""
        values = self.cleaned_data
        usual = present or OrganisationDetails("", "")
        return OrganisationDetails(
            name=values["name"],
            kind=values.get("kind", usual.kind),
            region_code=values.get("region_code", usual.region_code).strip(),
            parent=values.get("parent", usual.parent),
        )


class InviteForm(RefusingForm):
    """Whom to invite, as what."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.VIEWER)


class RoleForm(RefusingForm):
    """Another role for somebody who has one here already."""

    person = forms.ChoiceField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    reason = _reason()

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(number), name) for number, name in people]


class MemberForm(RefusingForm):
    """Which organisation to take in, by its code."""

    member = forms.CharField(
        label=_("Short name of the organisation"),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "kota-palangka-raya"}),
    )


class NewcomerForm(RefusingForm):
    """Name and password of somebody who accepts an invitation without an account."""

    name = _line(_("Your name"), LENGTH, autocomplete="name")
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the passwords."""
        values = super().clean() or self.cleaned_data
        if values.get("password") != values.get("again"):
            self.add_error("again", _("The passwords differ."))
        return values
