"""Forms that are sent once, and those that change what somebody saw."""

from django import forms

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token


class Once(RefusingForm):
    """A form of something that is written anew: sent twice, it is done once."""

    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )


class Kept(Once):
    """A form of something that is written anew or changed: sent once, and from a revision."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
