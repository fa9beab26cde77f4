"""Addresses of sharing, below `bagikan/`; the same for everything that organisations own."""

from django.urls import path

from sinergi.accounts.views import sharing

app_name = "sharing"
urlpatterns = [path("<slug:kind>/<int:number>/", sharing.sharing_page, name="panel")]
