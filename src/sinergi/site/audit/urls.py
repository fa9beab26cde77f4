"""Addresses of the audit trail."""

from django.urls import path, re_path

from sinergi.site.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.trail, name="trail"),
    path("audit/<int:sequence>/", views.record, name="record"),
    re_path(r"^audit/unduh\.(?P<form>csv|xlsx|json)$", views.export, name="export"),
    path("audit/periksa/", views.verify, name="verify"),
    path("audit/periksa/<int:number>/", views.check, name="check"),
    path("akun/jejak/", views.own, name="own"),
]
