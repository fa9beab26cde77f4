"""Addresses of organisations, invitations and the administration of the installation."""

from django.urls import URLPattern, URLResolver, path

from sinergi.accounts.views import installation, invitation, organisations, roles

app_name = "organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisasi/", organisations.directory, name="directory"),
    path("organisasi/baru/", organisations.create, name="create"),
    path("organisasi/<slug:code>/", organisations.page, name="page"),
    path("organisasi/<slug:code>/ubah/", organisations.change, name="change"),
    path("organisasi/<slug:code>/arsip/", organisations.put_away, name="put-away"),
    path("organisasi/<slug:code>/pulihkan/", organisations.restore, name="restore"),
    path("organisasi/<slug:code>/faktor-kedua/", organisations.second_factor, name="second-factor"),
    path("organisasi/<slug:code>/peran/", roles.give, name="give-role"),
    path("organisasi/<slug:code>/peran/akhiri/", roles.end, name="end-role"),
    path("organisasi/<slug:code>/undangan/", roles.invite, name="invite"),
    path(
        "organisasi/<slug:code>/undangan/<int:number>/kirim/",
        roles.invitation_deed,
        {"deed": "kirim"},
        name="invitation-resend",
    ),
    path(
        "organisasi/<slug:code>/undangan/<int:number>/cabut/",
        roles.invitation_deed,
        {"deed": "cabut"},
        name="invitation-revoke",
    ),
    path("organisasi/<slug:code>/anggota/", roles.add_member, name="add-member"),
    path("organisasi/<slug:code>/anggota/keluarkan/", roles.remove_member, name="remove-member"),
    path("undangan/<str:secret>/", invitation.invitation, name="invitation"),
    path("pengelolaan/", installation.installation, name="installation"),
    path("pengelolaan/orang/", installation.people, name="people"),
    path("pengelolaan/orang/<int:number>/", installation.person, name="person"),
    path("pengelolaan/orang/<int:number>/lakukan/", installation.person_deed, name="person-deed"),
]
