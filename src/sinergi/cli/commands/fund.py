"""`fund` and `ledger`: which channels could pay, and where the money of plans goes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace


class By(StrEnum):
    """What totals of the ledger can be cut by."""

    source = "source"
    holder = "holder"
    affair = "affair"
    region = "region"
    province = "province"
    channel = "channel"
    year = "year"
    certainty = "certainty"


Year = Annotated[int | None, typer.Option("--year", help=gettext_noop("Year."))]


def fund_command(
    line: Annotated[
        str | None,
        typer.Option("--line", metavar="IDENTITY", help=gettext_noop("A line of a plan.")),
    ] = None,
    plan: Annotated[
        int | None,
        typer.Option("--plan", metavar="NUMBER", help=gettext_noop("All lines of a plan.")),
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help=gettext_noop("Government, by code or name."))
    ] = "",
    code: Annotated[str, typer.Option("--code", help=gettext_noop("Activity code."))] = "",
    title: Annotated[str, typer.Option("--title", help=gettext_noop("What is done."))] = "",
    year: Year = None,
    physical: Annotated[
        bool | None,
        typer.Option(
            "--physical/--non-physical", help=gettext_noop("Whether it is physical works.")
        ),
    ] = None,
    cooperation: Annotated[
        bool | None,
        typer.Option("--joint/--alone", help=gettext_noop("Whether regions do it together.")),
    ] = None,
    load_menu: Annotated[
        Path | None,
        typer.Option(
            "--load-menu",
            dir_okay=False,
            help=gettext_noop(
                "Load yearly menus first: CSV with channel, year, code, title, source. All of it or nothing."
            ),
        ),
    ] = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Tell which channels could pay for a line, a plan or a situation, and why others could not."""
    chosen = files.pick(form, out, files.TableFormat)
    open_workspace()
    if load_menu is not None:
        _load(load_menu)
        if not (line or plan or region or code or title):
            return
    if plan is not None:
        files.write_table(_plan(plan), chosen, out)
        return
    facts = (
        _of_line(line, year) if line else _told(region, code, title, year, physical, cooperation)
    )
    files.write_table(_answers(facts), chosen, out)


def _load(path: Path) -> None:
    from sinergi.programs.actions.menus import load_menus  # noqa: PLC0415 - needs Django

    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))
    for menu in load_menus(acting(), path.read_bytes()):
        screen.say(_("Menu {name}: {number} codes").format(name=menu, number=len(menu.items)))


def _of_line(identity: str, year: int | None) -> Any:
    from uuid import UUID  # noqa: PLC0415 - keeps `--help` fast

    from sinergi.programs.queries.funding import facts_of, line_of  # noqa: PLC0415 - needs Django

    try:
        found = line_of(acting(), UUID(identity))
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("There is no line {identity}.").format(identity=identity))
    return facts_of(found, year)


def _told(
    region: str, code: str, title: str, year: int | None, physical: bool | None, joint: bool | None
) -> Any:
    """Return the facts of a situation, as the form of the page reads them.

    Raises
    ------
    CommandError
    """
    from sinergi.programs.forms.funding import SituationForm  # noqa: PLC0415 - needs Django

    truth = {True: "ya", False: "tidak", None: ""}
    told = {
        "wilayah": region,
        "kode": code,
        "judul": title,
        "tahun": "" if year is None else str(year),
        "fisik": truth[physical],
        "kerja_sama": truth[joint],
    }
    form = SituationForm(told)
    if not form.is_valid():
        raise CommandError(" ".join(str(text) for texts in form.errors.values() for text in texts))
    return form.facts()


def _answers(facts: Any) -> tables.Table:
    from sinergi.programs.funding import channels_for, words  # noqa: PLC0415 - needs Django
    from sinergi.programs.queries.funding import menus  # noqa: PLC0415 - needs Django

    columns = (
        Column("channel", pgettext("column", "Channel")),
        Column("name", pgettext("column", "Name"), screen=False),
        Column("answer", pgettext("column", "Answer")),
        Column("why", pgettext("column", "Why"), "list"),
        Column("proposals", pgettext("column", "Proposals"), screen=False),
        Column("combines", pgettext("column", "Goes with"), screen=False),
    )
    rows = [
        (
            one.code,
            words.channel_name(one.code),
            str(words.MAY[one.may]),
            tuple(
                f"{words.VERDICT[why.verdict]}: {words.told(why)} ({words.provenance(why.provenance)})"
                for why in one.reasons
            ),
            words.window_told(one.window) if one.window else "",
            words.channels_named(one.combines),
        )
        for one in channels_for(facts, menus())
    ]
    return tables.table(columns, rows, pgettext("column", "Funding"))


def _plan(number: int) -> tables.Table:
    from sinergi.programs.queries.funding_plan import Narrowed, plan_funded  # noqa: PLC0415 - needs Django

    found = plan_funded(acting(), number, Narrowed())
    columns = (
        Column("identity", pgettext("column", "Identity"), screen=False),
        Column("code", pgettext("column", "Code")),
        Column("title", pgettext("column", "Line")),
        Column("total", pgettext("column", "Total (Rp)")),
        Column("yes", pgettext("column", "Could pay"), "list"),
        Column("depends", pgettext("column", "It depends"), "list"),
    )
    rows = [
        (
            one.identity,
            one.code,
            one.title,
            f"{one.total:f}",
            *(
                tuple(told.code for told in one.answers if told.may == may)
                for may in ("yes", "depends")
            ),
        )
        for one in found.rows
    ]
    return tables.table(columns, rows, str(found.plan))


def ledger_command(
    by: Annotated[
        By, typer.Option("--by", help=gettext_noop("What the totals are cut by."))
    ] = By.channel,
    year: Year = None,
    region: Annotated[
        str, typer.Option("--region", help=gettext_noop("Code of the government that holds it."))
    ] = "",
    stage: Annotated[
        str,
        typer.Option("--stage", help=gettext_noop("Kind of plan that goes first, such as rkpd.")),
    ] = "",
    form: Format = None,
    out: Out = None,
) -> None:
    """Add up the money of plans, each rupiah once; transfers between governments are edges."""
    chosen = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.programs import money_words as words  # noqa: PLC0415 - needs Django
    from sinergi.programs.queries.money import PRECEDENCE, Scope, draw_up  # noqa: PLC0415 - needs Django
    from sinergi.programs.queries.money_cuts import Cut, cut_out, sums, told_twice  # noqa: PLC0415 - needs Django
    from sinergi.reference.rupiah import rupiah  # noqa: PLC0415 - needs Django

    if stage and stage not in PRECEDENCE:
        names = ", ".join(str(one.value) for one in PRECEDENCE)
        raise CommandError(
            _("“{stage}” is no kind of plan. Use: {names}.").format(stage=stage, names=names)
        )
    drawn = draw_up(acting(), Scope((year, year) if year else None, stage))
    table = cut_out(drawn, Cut(region))
    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Name")),
        Column("amount", pgettext("column", "Amount (Rp)")),
    )
    rows: list[tuple[Any, ...]] = [
        (str(key[0]), words.value(by.value, key[0]), f"{rupiah(units):f}")
        for key, units in sums(table, [by.value])
    ]
    if year is not None and not drawn.ledger.entries:
        raise CommandError(_("No plan that you may read has money in {year}.").format(year=year))
    years = ", ".join(map(str, table["year"].unique().sort().to_list()))
    together = " ".join(filter(None, (pgettext("column", "Together"), years)))
    rows.append(("", together, f"{rupiah(int(table['amount'].sum())):f}"))
    files.write_table(tables.table(columns, rows, pgettext("column", "Flow of money")), chosen, out)
    if again := told_twice(drawn, Cut(region)):
        told = _("Left out, because another plan names the same money outside budgets: {money}.")
        screen.note(told.format(money=words.money(again)))
