"""Addresses of funding."""

from django.urls import path, re_path

from sinergi.programs.views import funding, funding_files

urlpatterns = [
    path("pendanaan/", funding.funding, name="funding"),
    re_path(r"^pendanaan\.(?P<kind>csv|xlsx)$", funding_files.funding_file, name="funding-file"),
]
