"""Static files are collected when they changed, and only then."""

import pytest

from sinergi.cli import statics


@pytest.fixture
def root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


def test_files_are_collected_once(root, capsys):
    assert statics.collect_if_needed()
    assert (root / "site" / "layout.css").is_file()
    assert not statics.collect_if_needed()
    assert capsys.readouterr().err.count("\n") == 1


def test_a_change_is_noticed_and_what_went_is_removed(root):
    statics.collect_if_needed()
    (root / "old.css").write_text("")
    (root / statics.STAMP).write_text("another")
    assert statics.collect_if_needed()
    assert not (root / "old.css").exists()


def test_what_no_page_uses_is_left_out(root):
    statics.collect_if_needed()
    assert not (root / "django_htmx" / "ext").exists()


def test_developers_get_files_as_they_are(root, settings):
    settings.DEBUG = True
    assert not statics.collect_if_needed()
    assert not root.exists()
