"""`setup`, `serve`, `version`: getting Sinergi ready and keeping it running."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from sinergi.cli import screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import chosen, gettext_noop, number, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.workspace import open_workspace

if TYPE_CHECKING:
    import socket

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
    from sinergi.site.keeping import roles  # noqa: PLC0415 - as above

    with roles.as_owner():
        call_command("migrate", verbosity=0, interactive=False)
        roles.grant_again()
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
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            max=64,
            help=gettext_noop("Web processes; usually SINERGI_WORKERS, or 1."),
        ),
    ] = None,
    worker: Annotated[
        bool | None,
        typer.Option(
            "--worker/--no-worker",
            help=gettext_noop("Run a background worker, too; usually unless in production."),
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help=gettext_noop("With demo organisations and people; on this machine only.")
        ),
    ] = False,
) -> None:
    """Serve the pages until Ctrl-C."""
    if demo:
        os.environ["SINERGI_DEMO"] = "1"
    listening = activated() or listen(host, port)
    with listening:
        tell_where(listening, host)
        open_workspace()
        from django.conf import settings  # noqa: PLC0415 - needs Django

        from sinergi.cli.statics import collect_if_needed  # noqa: PLC0415 - as above

        refuse_demo_elsewhere(host)
        if not no_setup:
            run_apart("setup")
        if demo:
            run_apart("demo")
        collect_if_needed()
        background = not settings.PRODUCTION if worker is None else worker
        _serve(listening, host, workers or settings.ENVIRONMENT.workers, background=background)


def refuse_demo_elsewhere(host: str) -> None:
    """Refuse to show a demo, whose people and passwords are known at this machine, to other machines.

    Raises
    ------
    CommandError
    """
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from sinergi.site.demo.secrets import is_demo_home, is_loopback  # noqa: PLC0415 - as above

    if not is_loopback(host) and (settings.SINERGI_DEMO or is_demo_home(settings.HOME)):
        text = _(
            "A demo is served on this machine only, not on {host}. For real use, set up another home."
        )
        raise CommandError(text.format(host=host))


def run_apart(command: str) -> None:
    """Run a command in a process of its own: its libraries start threads, and web processes are forked.

    Raises
    ------
    typer.Exit
        When it failed; it has said why.
    """
    import subprocess  # noqa: PLC0415 - keeps `--help` fast
    import sys  # noqa: PLC0415 - as above

    line = [sys.executable, "-m", "sinergi.cli", "--language", chosen(), command]
    if code := subprocess.run(line, check=False).returncode:  # noqa: S603 - our own command
        raise typer.Exit(code)


def activated() -> "socket.socket | None":
    """Return the socket that systemd listens on for us; `None` when it does not."""
    import os  # noqa: PLC0415 - keeps `--help` fast
    import socket  # noqa: PLC0415 - as above

    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=3)


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


def tell_where(listening: "socket.socket", host: str) -> None:
    """Let this process and those it starts know where pages are, for links in letters."""
    address = address_of(listening.getsockname(), host)
    if address.startswith("http://"):
        os.environ["SERVED_BY_SINERGI_AT"] = address.rstrip("/")


def _serve(listening: "socket.socket", host: str, workers: int, *, background: bool) -> None:
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from sinergi.site import server  # noqa: PLC0415 - as above

    text = _("Sinergi is at {address} – Ctrl-C stops it.").format(
        address=address_of(listening.getsockname(), host)
    )
    server.run(
        listening,
        workers=workers,
        threads=settings.ENVIRONMENT.threads,
        background=background,
        on_ready=lambda: screen.say(text),
        on_end=lambda: screen.note(_("Stopped.")),
    )


def address_of(bound: "tuple[str, int] | str | bytes", host: str) -> str:
    """Return the address that a browser on this machine can open; the path of a unix socket as it is."""
    if isinstance(bound, str | bytes):
        return bound.decode() if isinstance(bound, bytes) else bound
    name = "127.0.0.1" if host in EVERYWHERE else host
    port = bound[1]
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def version_command() -> None:
    """Tell the version of Sinergi and of Python."""
    import platform  # noqa: PLC0415 - keeps `--help` fast

    from sinergi import __version__  # noqa: PLC0415 - as above

    screen.say(f"Sinergi {__version__} (Python {platform.python_version()})")
