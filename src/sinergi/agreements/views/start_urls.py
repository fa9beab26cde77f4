"""Addresses on which an agreement is begun, looked at and changed, and those of its parties."""

from django.urls import URLPattern, path

from sinergi.agreements.views import agreement, parties, start

ONE = "kerja-sama/<int:agreement_id>/"
PARTY = f"{ONE}pihak/<int:party_id>/"

urlpatterns: list[URLPattern] = [
    path("kerja-sama/baru/", start.start, name="start"),
    path(ONE, agreement.agreement, name="agreement"),
    path(f"{ONE}ubah/", agreement.edit, name="agreement-edit"),
    path(f"{ONE}singkirkan/", agreement.put_agreement_away, name="agreement-put-away"),
    path(f"{ONE}pulihkan/", agreement.restore_agreement, name="agreement-restore"),
    path(f"{ONE}pihak/", parties.parties, name="parties"),
    path(f"{ONE}pihak/baru/", parties.party_new, name="party-new"),
    path(f"{PARTY}ubah/", parties.party_edit, name="party-edit"),
    path(f"{PARTY}organisasi/", parties.party_connect, name="party-connect"),
    path(f"{PARTY}keluar/", parties.party_leave, name="party-leave"),
]
