"""Addresses of obligations."""

from django.urls import URLPattern, path

from sinergi.agreements.views import obligations

ALL = "kerja-sama/<int:agreement_id>/kewajiban"
ONE = f"{ALL}/<int:obligation_id>"
urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", obligations.obligations, name="obligations"),
    path(f"{ALL}/baru/", obligations.new_obligation, name="obligation-new"),
    path(f"{ONE}/", obligations.obligation, name="obligation"),
    path(f"{ONE}/ubah/", obligations.edit_obligation, name="obligation-edit"),
    path(f"{ONE}/hapus/", obligations.remove_obligation, name="obligation-remove"),
]
