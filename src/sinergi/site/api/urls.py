"""Addresses below /api/."""

from django.urls import path, re_path

from sinergi.site.api import views
from sinergi.site.api.put_together import API

urlpatterns = [
    path("v1/openapi.json", views.openapi, name="api-document"),
    path("v1/docs", views.docs, name="api-docs"),
    path("v1/", API.urls),
    re_path(r"^(?P<rest>.*)$", views.nothing),
]
