"""`worker`: does the tasks that pages and commands put into the queue."""

from typing import Annotated

import typer

from sinergi.cli import screen
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, ngettext, number
from sinergi.cli.workspace import open_workspace


def worker_command(
    once: Annotated[
        bool, typer.Option("--once", help=gettext_noop("Do what is due, then end."))
    ] = False,
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", help=gettext_noop("Only this queue; may be given several times.")),
    ] = None,
    lost_after: Annotated[
        float,
        typer.Option(
            "--lost-after",
            min=1,
            metavar="SECONDS",
            help=gettext_noop(
                "How long a worker on another machine may give no sign of life before its task is given to "
                "another; on this machine it shows at once."
            ),
        ),
    ] = 60.0,
    beside: Annotated[int | None, typer.Option("--beside", hidden=True)] = None,
) -> None:
    """Do background tasks until Ctrl-C; ends after the current one."""
    open_workspace()
    from sinergi.site.tasks.claims import ALL  # noqa: PLC0415 - needs Django
    from sinergi.site.tasks.life import Watcher  # noqa: PLC0415 - as above
    from sinergi.site.tasks.worker import Worker  # noqa: PLC0415 - as above

    worker = Worker(tuple(queue or (ALL,)), Watcher(lost_after), beside)
    worker.obey_signals()
    if not once:
        screen.note(_("Waiting for tasks – Ctrl-C stops after the current one."))
    done = worker.run(once=once)
    text = ngettext("Stopped after {count} task.", "Stopped after {count} tasks.", done)
    screen.note(text.format(count=number(done)))
