"""Addresses of sign-in and of one's own account; of django-allauth only the views that are used here."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from sinergi.accounts.signin import erasing, openid, pages, provider_pages
from sinergi.accounts.signin.guards import from_here, told_failures, with_password

own = (
    [
        path("akun/", pages.overview, name="overview"),
        path("akun/profil/", pages.profile, name="profile"),
        path("akun/sesi/<int:number>/akhiri/", pages.end_session, name="end-session"),
        path("organisasi/<slug:code>/masuk-oidc/", provider_pages.provider, name="provider"),
        path("akun/data/", erasing.data, name="data"),
        path("akun/data/unduh/", erasing.download, name="data-download"),
        path("akun/data/hapus/", erasing.erase, name="erase"),
    ],
    "account",
)
entrance = [
    path("masuk/", pages.SignIn.as_view(), name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("masuk/kode/", factors.authenticate, name="mfa_authenticate"),
    path(
        "masuk/kunci-sandi/",
        login_not_required(passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "masuk/oidc/<slug:provider_id>/",
        from_here(told_failures(openid.login)),
        name="openid_connect_login",
    ),
    path("kata-sandi/lupa/", account.password_reset, name="account_reset_password"),
    path(
        "kata-sandi/lupa/terkirim/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^kata-sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "kata-sandi/baru/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "surel/konfirmasi/<str:key>/",
        account.confirm_email,
        name="account_confirm_email",
    ),
]
account_pages = [
    path(
        "akun/kata-sandi/", with_password(account.password_change), name="account_change_password"
    ),
    path("akun/surel/", with_password(account.email), name="account_email"),
    path("akun/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/pastikan/kode/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "akun/pastikan/kunci-sandi/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("akun/sesi/", sessions.list_usersessions, name="usersessions_list"),
]
factor_pages = [
    path("", with_password(factors.index), name="mfa_index"),
    path("aplikasi/", with_password(app.activate_totp), name="mfa_activate_totp"),
    path("aplikasi/hapus/", with_password(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "kode-pemulihan/",
        with_password(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "kode-pemulihan/baru/",
        with_password(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "kode-pemulihan/unduh/",
        with_password(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("kunci-sandi/", with_password(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("kunci-sandi/tambah/", with_password(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "kunci-sandi/<int:pk>/hapus/",
        with_password(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "kunci-sandi/<int:pk>/ubah/",
        with_password(passkeys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]
urlpatterns = [
    path("", include(own)),
    *entrance,
    *account_pages,
    path("akun/faktor-kedua/", include(factor_pages)),
]
callbacks = [
    path(
        "masuk/oidc/<slug:provider_id>/kembali/",
        told_failures(openid.callback),
        name="openid_connect_callback",
    ),
]
"""The address that a provider knows: the same in every language, so outside the language prefix."""
