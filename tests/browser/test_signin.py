"""Sign-in in a real browser: passkeys with a virtual authenticator, an app, the menu of the account."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from sinergi.accounts.models import Person
from tests.browser.conftest import loop_marked
from tests.conftest import home_environment
from tests.databases import Installation, opened
from tests.people import PASSWORD

pytestmark = pytest.mark.xdist_group("browser")

DOOR = "/en/masuk/"


@pytest.fixture(scope="module")
def home(server_home: Path) -> Path:
    return server_home


@pytest.fixture
def ani(home: Path, django_db_blocker) -> Iterator[None]:
    """A new person without second factor, whose password is kept as an installation keeps it."""
    place = Installation(home, home_environment(home)["SINERGI_DATABASE_URL"])
    with loop_marked(None), django_db_blocker.unblock(), opened(place):
        Person.objects.filter(email="ani@contoh.test").delete()
        made = Person.objects.create_user("ani@contoh.test", name="Ani Lestari", language="en")
        made.password = make_password(PASSWORD, hasher="argon2")
        made.save()
    yield
    with sqlite3.connect(home / "sinergi.sqlite3", timeout=60) as database:
        database.execute("DELETE FROM site_cache")
    database.close()


@pytest.fixture
def window(visit: Callable, ani: None):
    """A browser window at `localhost`, because a passkey belongs to a name and not to a number."""

    def new(**options: object):
        one = visit(**options)
        one.base = one.base.replace("127.0.0.1", "localhost")
        return one

    return new


def with_authenticator(one) -> None:
    """Plug a virtual authenticator into a window, which says yes by itself."""
    session = one.page.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def signs_in(one, there: str = DOOR):
    page = one.open(there)
    page.get_by_label("E-mail address").fill("ani@contoh.test")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def says_who(page) -> None:
    """Give the password again."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def signs_out(page) -> None:
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").first.wait_for()


def test_a_passkey_is_added_and_then_signs_in_alone(window):
    one = window()
    with_authenticator(one)
    signs_in(one)
    page = one.open("/en/akun/faktor-kedua/kunci-sandi/tambah/")
    says_who(page)
    page.get_by_label("Name").fill("laptop kantor")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/kode-pemulihan/")
    one.open("/en/akun/faktor-kedua/kunci-sandi/")
    assert page.get_by_text("laptop kantor").count() == 1
    signs_out(page)
    one.open(f"{DOOR}?next=/en/metode/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/en/metode/")
    assert page.locator(".account-name").inner_text() == "Ani Lestari"
    assert one.complaints == []


def test_a_passkey_is_asked_for_after_the_password(window):
    one = window()
    with_authenticator(one)
    signs_in(one)
    page = one.open("/en/akun/faktor-kedua/kunci-sandi/tambah/")
    says_who(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/kode-pemulihan/")
    signs_out(page)
    signs_in(one)
    page.wait_for_url("**/masuk/kode/")
    page.get_by_role("button", name="Use a passkey").click()
    page.locator(".account-menu").wait_for()
    assert one.complaints == []


def test_when_a_passkey_cannot_be_read_the_page_says_so(window):
    one = window()
    page = one.open(DOOR)
    page.route("**/masuk/kunci-sandi/", lambda route: route.abort())
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey was not read.").wait_for()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_an_app_is_set_up_and_asked_for(window):
    import time

    one = window()
    signs_in(one)
    page = one.open("/en/akun/faktor-kedua/aplikasi/")
    says_who(page)
    assert page.locator("img.totp").evaluate("image => image.naturalWidth") > 0
    secret = page.locator(".totp-key").inner_text()
    step = int(time.time()) // 30
    page.get_by_label("Code that the app shows").fill(format_hotp_value(hotp_value(secret, step)))
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/kode-pemulihan/")
    assert page.locator(".codes li").count() == 10
    signs_out(page)
    signs_in(one)
    page.wait_for_url("**/masuk/kode/")
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, step + 1)))
    page.get_by_role("button", name="Continue").click()
    page.locator(".account-menu").wait_for()
    assert one.complaints == []


PAGES = ["", "faktor-kedua/", "sesi/", "data/"]


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_account_fit_and_can_be_used_by_everybody(window, width):
    one = window(width=width)
    one.open(DOOR)
    assert one.serious_violations() == []
    page = signs_in(one)
    for path in PAGES:
        one.open(f"/en/akun/{path}")
        assert one.serious_violations() == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert one.complaints == []


def test_the_menu_and_sign_in_work_without_script(window):
    one = window(java_script_enabled=False)
    page = signs_in(one)
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="My account").click()
    page.get_by_role("heading", name="My account").wait_for()
