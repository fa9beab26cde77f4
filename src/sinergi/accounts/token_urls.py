"""Addresses of one's own tokens, below `akun/token/`."""

from django.urls import path

from sinergi.accounts.views import tokens

app_name = "tokens"
urlpatterns = [
    path("", tokens.listing, name="list"),
    path("baru/", tokens.issue, name="issue"),
    path("<int:number>/cabut/", tokens.revoke, name="revoke"),
]
