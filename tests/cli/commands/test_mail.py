"""`sinergi mail returned`: reports of a mail server, from a file or piped in."""

import pytest
from typer.testing import CliRunner

from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Letter
from sinergi.accounts.signin.notices import NOTICE
from sinergi.cli.app import app
from tests.accounts.mail.dsn import report


@pytest.fixture
def letter(db) -> Letter:
    return send("ani@kota.test", "id", NOTICE, {"what": "", "when": "", "ip": "", "link": "/"})


def test_a_letter_that_came_back_is_marked_from_a_file(run, letter, tmp_path):
    file = tmp_path / "kembali.eml"
    file.write_bytes(report(letter.message_id))
    told = run("mail", "returned", file)
    assert told.code == 0, told.err
    assert f"Letter {letter.pk} came back: there is no such address (5.1.1)." in told.err
    letter.refresh_from_db()
    assert letter.returned_at is not None


def test_a_mail_server_pipes_the_report_in(letter):
    delayed = report(letter.message_id, "delayed", "4.4.1")
    told = CliRunner().invoke(app, ["--language", "en", "mail", "returned", "-"], input=delayed)
    assert (told.exit_code, "no failure (“delayed”)" in told.output) == (0, True)
    done = CliRunner().invoke(app, ["mail", "returned"], input=report(letter.message_id))
    assert done.exit_code == 0
    assert "alamat itu tidak ada" in done.output


def test_what_is_no_report_is_refused(run, letter, tmp_path):
    file = tmp_path / "surat.eml"
    file.write_bytes(b"Subject: halo\n\nhalo")
    told = run("mail", "returned", file)
    assert (told.code, "no delivery status notification" in told.err) == (2, True)
    missing = run("mail", "returned", tmp_path / "tidak-ada")
    assert (missing.code, "cannot be read" in missing.err) == (2, True)
    letter.refresh_from_db()
    assert letter.returned_at is None
