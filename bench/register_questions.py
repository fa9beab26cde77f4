"""Asks the register of a database that `register` made, as pages, as plain SQL and of pandas; prints JSON."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

import django

A_PAGE = 25
SHARED = 5_000
OPEN = "('open', 'partly')"
ORDERS = {
    "": "updated DESC, id DESC",
    "berakhir": "ends, id DESC",
    "judul": "title, id",
    "nomor": "number, id",
}
NAMES_OF_PARTIES = (
    "SELECT a.id, string_agg(p.name, '; ' ORDER BY p.position), string_agg(' ' || p.region_code, '')"
    " FROM agreements_agreement a JOIN agreements_party p ON p.agreement_id = a.id GROUP BY a.id"
)


def plain_sql(asked: dict[str, str], today: date) -> tuple[str, list[Any]]:
    """Return the condition that somebody would write by hand for a question, and its values."""
    said: list[tuple[str, list[Any]]] = [("deleted_at IS NULL", [])]
    named = (
        "EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = a.id AND p.name ILIKE %s)"
    )
    told = "EXISTS (SELECT 1 FROM agreements_obligation o WHERE o.agreement_id = a.id AND o.text ILIKE %s)"
    whole = f"(title ILIKE %s OR number ILIKE %s OR object_text ILIKE %s OR {named} OR {told})"
    text = asked.get("kata", "")
    parts = [text.strip('"')] if text.startswith('"') else text.split()
    said += [(whole, [f"%{part}%"] * 5) for part in parts]
    if party := asked.get("pihak"):
        words = " AND ".join("p.name ILIKE %s" for _one in party.split())
        exists = (
            f"EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = a.id AND {words})"
        )
        said.append((exists, [f"%{one}%" for one in party.split()]))
    late = (
        "EXISTS (SELECT 1 FROM agreements_obligation o JOIN agreements_due d ON d.obligation_id = o.id"
        f" WHERE o.agreement_id = a.id AND o.removed_at IS NULL AND d.state IN {OPEN} AND d.on < %s)"
    )
    region = (
        "EXISTS (SELECT 1 FROM agreements_party p WHERE p.agreement_id = a.id AND p.left_on IS NULL"
        " AND p.region_code LIKE %s)"
    )
    alarm = "EXISTS (SELECT 1 FROM agreements_alarm l WHERE l.agreement_id = a.id AND l.over_on IS NULL)"
    owner = "organisation_id = (SELECT id FROM accounts_organisation WHERE code = %s)"
    ends = today + timedelta(days=int(asked.get("hari", 0)))
    living = "state = 'living'"
    conditions: dict[str, tuple[str, list[Any]]] = {
        "rumpun": ("family = %s", [asked.get("rumpun")]),
        "tahap": ("stage = %s", [asked.get("tahap")]),
        "wilayah": (region, [f"{asked.get('wilayah')}%"]),
        "terlambat": (late, [today]),
        "peringatan": (alarm, []),
        "pemilik": (owner, [asked.get("pemilik")]),
        "mulai": ("extract(year FROM begins) = %s", [int(asked.get("mulai", 0))]),
        "berakhir": ("extract(year FROM ends) = %s", [int(asked.get("berakhir", 0))]),
        "hari": (f"{living} AND ends BETWEEN %s AND %s", [today, ends]),
        "keadaan": (f"{living} AND ends < %s", [today])
        if asked.get("keadaan") == "past_end"
        else ("state = %s", [asked.get("keadaan")]),
    }
    said += [conditions[name] for name in asked if name in conditions]
    return " AND ".join(one for one, _values in said), [v for _one, values in said for v in values]


def by_sql(asked: dict[str, str], today: date) -> int:
    """Count what a question finds and read its page, in SQL as one writes it by hand."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by then

    where, values = plain_sql(asked, today)
    start = (int(asked.get("halaman", 1)) - 1) * A_PAGE
    order = ORDERS[asked.get("urut", "")]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM agreements_agreement a WHERE {where}", values)
        found: int = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT * FROM agreements_agreement a WHERE {where}"
            f" ORDER BY {order} LIMIT {A_PAGE} OFFSET {start}",
            values,
        )
        cursor.fetchall()
    return found


def tables() -> tuple[Any, Any]:
    """Return the agreements with their parties, and the dues, as tables in memory."""
    import pandas as pd  # noqa: PLC0415 - only here
    from django.db import connection  # noqa: PLC0415 - Django is set up by then

    def read(sql: str, *names: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return pd.DataFrame(cursor.fetchall(), columns=list(names))

    columns = (
        "id",
        "title",
        "number",
        "object_text",
        "family",
        "stage",
        "state",
        "begins",
        "ends",
        "updated",
    )
    rows = read(f"SELECT {', '.join(columns)} FROM agreements_agreement", *columns)
    codes = (
        "SELECT a.id, o.code FROM agreements_agreement a"
        " JOIN accounts_organisation o ON o.id = organisation_id"
    )
    rows = rows.merge(read(NAMES_OF_PARTIES, "id", "parties", "regions"), on="id", how="left")
    rows = rows.merge(read(codes, "id", "owner"), on="id", how="left")
    rows["alarm"] = rows["id"].isin(read("SELECT agreement_id FROM agreements_alarm", "id")["id"])
    rows["begins"], rows["ends"] = pd.to_datetime(rows["begins"]), pd.to_datetime(rows["ends"])
    dues = read(
        "SELECT o.agreement_id, d.on, d.state, o.text FROM agreements_due d"
        " JOIN agreements_obligation o ON o.id = obligation_id",
        "agreement", "on", "state", "text",
    )  # fmt: skip
    dues["on"] = pd.to_datetime(dues["on"])
    return rows, dues


def by_pandas(rows: Any, dues: Any, asked: dict[str, str], today: date) -> int:
    """Count what a question finds and take its page, of tables in memory."""
    import pandas as pd  # noqa: PLC0415 - only here

    now = pd.Timestamp(today)
    kept = _with_words(rows, dues, asked) & _in_fields(rows, asked, now)
    if "wilayah" in asked:
        kept &= rows["regions"].str.contains(f" {asked['wilayah']}", regex=False)
    if "terlambat" in asked:
        late = dues.loc[dues["state"].isin(["open", "partly"]) & (dues["on"] < now), "agreement"]
        kept &= rows["id"].isin(late)
    if "peringatan" in asked:
        kept &= rows["alarm"]
    found = rows[kept]
    order = asked.get("urut", "")
    name = {"": "updated", "berakhir": "ends", "judul": "title", "nomor": "number"}[order]
    start = (int(asked.get("halaman", 1)) - 1) * A_PAGE
    page = found.sort_values(name, ascending=bool(order)).iloc[start : start + A_PAGE]
    page.to_dict("records")
    return len(found)


def _with_words(rows: Any, dues: Any, asked: dict[str, str]) -> Any:
    kept = rows["id"] > 0
    text = asked.get("kata", "")
    for part in [text.strip('"')] if text.startswith('"') else text.split():
        owed = dues.loc[dues["text"].str.contains(part, case=False, regex=False), "agreement"]
        holds = rows["id"].isin(owed)
        for name in ("title", "number", "object_text", "parties"):
            holds |= rows[name].str.contains(part, case=False, regex=False)
        kept &= holds
    for part in asked.get("pihak", "").split():
        kept &= rows["parties"].str.contains(part, case=False, regex=False)
    return kept


def _in_fields(rows: Any, asked: dict[str, str], now: Any) -> Any:
    kept = rows["id"] > 0
    exact = {"rumpun": "family", "tahap": "stage", "keadaan": "state", "pemilik": "owner"}
    for key in exact.keys() & asked.keys():
        if asked[key] != "past_end":
            kept &= rows[exact[key]] == asked[key]
    living = rows["state"] == "living"
    if asked.get("keadaan") == "past_end":
        kept &= living & (rows["ends"] < now)
    if "hari" in asked:
        kept &= living & ((rows["ends"] - now).dt.days.between(0, int(asked["hari"])))
    for key, name in (("mulai", "begins"), ("berakhir", "ends")):
        if key in asked:
            kept &= rows[name].dt.year == int(asked[key])
    return kept


def timed(times: int, work: Callable[[], object], most: float = 60.0) -> list[float]:
    """Return how long each of some tries took, after one that is not counted; none after `most` seconds."""
    work()
    taken: list[float] = []
    while len(taken) < times and sum(taken) < most:
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return taken


def people() -> tuple[Any, Any]:
    """Return browsers of somebody who reads all organisations, and of one who reads by many shares."""
    from django.test import Client  # noqa: PLC0415 - Django is set up by then

    from sinergi.accounts.models import Assignment, Organisation, Person, Role, Share  # noqa: PLC0415
    from sinergi.agreements.models import Agreement  # noqa: PLC0415

    browsers = []
    for name in ("ani", "budi"):
        address = f"{name}@contoh.test"
        someone = Person.objects.filter(email=address).first()
        if someone is None:
            someone = Person.objects.create_user(address, "sungai-kahayan-71", name=name.title())
            if name == "ani":
                homes = list(Organisation.objects.filter(code__startswith="biro-"))
            else:
                homes = [
                    Organisation.objects.create(
                        code="penerima", name="Penerima", kind="third_party"
                    )
                ]
                shared = Agreement.objects.order_by("pk").values_list("pk", flat=True)[:SHARED]
                Share.objects.bulk_create(
                    [
                        Share(kind="agreement", object_id=one, organisation=homes[0])
                        for one in shared
                    ]
                )
            for one in homes:
                Assignment.objects.create(person=someone, organisation=one, role=Role("viewer"))
        browser = Client()
        browser.force_login(someone)
        browsers.append((someone, browser))
    return browsers[0], browsers[1]


def prepared() -> float:
    """Fill the database where it is empty; return how long the words of all agreements took to read."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by then
    from django.db import connection  # noqa: PLC0415

    from bench.register_world import make  # noqa: PLC0415
    from sinergi.agreements.actions.first_due import put_right  # noqa: PLC0415
    from sinergi.agreements.models import Agreement  # noqa: PLC0415
    from sinergi.agreements.search.index import catch_up  # noqa: PLC0415
    from sinergi.reference.actions import load_reference  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    if not Agreement.objects.exists():
        load_reference()
        make()
    put_right()
    start = perf_counter()
    catch_up()
    taken = perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return taken


def load() -> str:
    """Return how many processes the machine worked for, on average of one and of five minutes."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg()[:2])


def main() -> None:
    """Ask everything and print what it took."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django is set up by then
    from django.http import QueryDict  # noqa: PLC0415

    from sinergi.accounts.principal import principal_for  # noqa: PLC0415
    from sinergi.accounts.vocabulary import Channel  # noqa: PLC0415
    from sinergi.agreements.models import Agreement, Obligation  # noqa: PLC0415
    from sinergi.agreements.views.register import shown  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    wanted = json.loads(sys.argv[1])
    index, today = prepared(), date.today()  # noqa: DTZ011 - days of the machine
    before, start = load(), perf_counter()
    rows, dues = tables()
    loaded = perf_counter() - start
    reader, shared = people()
    found = []
    for (someone, browser), questions in (
        (reader, wanted["questions"]),
        (shared, wanted["shares"]),
    ):
        for query in questions:
            asked = dict(parse_qsl(query))
            address = f"/kerja-sama/?{query}"
            by = principal_for(someone, Channel.WEB)
            answer = browser.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")
            found.append(
                {
                    "query": query
                    if questions is wanted["questions"]
                    else f"{query or '(all)'}, 5,000 shared",
                    "found": shown(by, QueryDict(query))["tally"].all,
                    "page": timed(wanted["times"], lambda b=browser, a=address: b.get(a)),
                    "sql": timed(3, lambda asked=asked: by_sql(asked, today), 1.0),
                    "pandas": timed(
                        3, lambda asked=asked: by_pandas(rows, dues, asked, today), 1.0
                    ),
                }
            )
    told = {
        "load": f"{before} before, {load()} after",
        "agreements": Agreement.objects.count(),
        "obligations": Obligation.objects.count(),
        "index": index,
        "pandas": loaded,
        "asked": found,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
