"""`setup`, `serve`, `version`: getting Sinergi ready and keeping it running."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli import screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number, pgettext
from sinergi.cli.workspace import open_workspace

if TYPE_CHECKING:
    import socket

THREADS = 6
EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - only compared with, never bound by default


def setup_command() -> None:
    """Make this installation ready: tables, reference, the evidence that ships. Safe to repeat."""
    open_workspace()
    set_up()


def set_up() -> None:
    """Bring tables, reference and evidence up to date, telling what is done."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from sinergi.evidence.actions import load_shipped_evidence  # noqa: PLC0415 - as above
    from sinergi.reference.actions import load_reference  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
    with screen.progress(pgettext("column", "Reference")) as report:
        pack = load_reference(report)
    with screen.progress(pgettext("column", "Evidence")) as report:
        load_shipped_evidence(report)
    text = _("Ready: {regions} regions, reference {pack}, evidence {evidence} as of {date}.")
    from sinergi.evidence import queries  # noqa: PLC0415 - as above

    screen.note(
        text.format(
            regions=number(pack.regions),
            pack=pack.version[:12],
            evidence=queries.evidence_version(),
            date=queries.as_of(),
        )
    )


def serve_command(
    host: Annotated[
        str,
        typer.Option(
            "--host", help=gettext_noop("Address to listen on; others than this machine: 0.0.0.0.")
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=gettext_noop("Port; 0: any."))
    ] = 8000,
    no_setup: Annotated[
        bool, typer.Option("--no-setup", help=gettext_noop("Do not look whether setup is needed."))
    ] = False,
) -> None:
    """Serve the pages until Ctrl-C."""
    listening = listen(host, port)
    with listening:
        open_workspace()
        if not no_setup:
            set_up()
        from sinergi.cli.statics import collect_if_needed  # noqa: PLC0415 - needs Django

        collect_if_needed()
        _serve(listening, host)


def listen(host: str, port: int) -> "socket.socket":
    """Return a listening socket.

    Raises
    ------
    CommandError
        When the port is taken or not allowed, or the address is not of this machine.
    """
    import errno  # noqa: PLC0415 - keeps `--help` fast
    import socket  # noqa: PLC0415 - as above

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=64)
    except OSError as error:
        texts = {
            errno.EADDRINUSE: _(
                "Port {port} is taken by another program. Stop it, or choose one: --port {other}."
            ),
            errno.EACCES: _("Port {port} is reserved. Choose one above 1023: --port {other}."),
        }
        usual = _("Nothing can listen on {host}, port {port}: {why}.")
        text = texts.get(error.errno or 0, usual)
        raise CommandError(
            text.format(host=host, port=port, other=max(port, 1024) + 1, why=error.strerror)
        ) from error


def _serve(listening: "socket.socket", host: str) -> None:
    import signal  # noqa: PLC0415 - keeps `--help` fast
    from threading import Thread  # noqa: PLC0415 - as above

    from waitress.server import create_server  # noqa: PLC0415 - as above

    from sinergi.site.wsgi import application  # noqa: PLC0415 - needs Django

    server: Any = create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident="Sinergi",
        clear_untrusted_proxy_headers=True,
    )
    _tell_errors()
    port = listening.getsockname()[1]
    name = "127.0.0.1" if host in EVERYWHERE else host
    address = f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
    screen.say(_("Sinergi is at {address} – Ctrl-C stops it.").format(address=address))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    Thread(target=warm, args=(address,), daemon=True).start()
    try:
        server.run()
    finally:
        server.close()
    screen.note(_("Stopped."))


def _tell_errors() -> None:
    """Write errors of pages to standard error; Django by itself would only mail them."""
    import logging  # noqa: PLC0415 - keeps `--help` fast

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.setLevel(logging.ERROR)
    logging.getLogger("django.request").addHandler(handler)


def warm(address: str) -> None:
    """Ask for the first page, so that the national map is computed before a person asks."""
    import contextlib  # noqa: PLC0415 - keeps `--help` fast
    import urllib.request  # noqa: PLC0415 - as above

    with contextlib.suppress(OSError):
        urllib.request.urlopen(address, timeout=120).read()  # noqa: S310 - our own address


def version_command() -> None:
    """Tell the version of Sinergi and of Python."""
    import platform  # noqa: PLC0415 - keeps `--help` fast

    from sinergi import __version__  # noqa: PLC0415 - as above

    screen.say(f"Sinergi {__version__} (Python {platform.python_version()})")
