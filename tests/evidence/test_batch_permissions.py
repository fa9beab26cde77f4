"""Who may see, load, undo and adopt which batch: by role; own, shared, public, foreign and common ones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility, share
from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.models import Level, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.evidence.actions import adopt_import, load_import, preview_import, undo_import
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.queries import batch as readable_batch
from sinergi.evidence.queries import batches
from sinergi.evidence.tasks import load_upload
from tests.people import asks, organisation, person, signed_in

HEAD = "kode,indikator,tahun,nilai"
KINDS = ("own", "shared", "public", "foreign", "common")
UNDO = {
    "viewer": (),
    "analyst": (),
    "coordinator": ("own",),
    "approver": ("own",),
    "administrator": (),
    "installation": ("common",),
    "visitor": (),
    "operator": KINDS,
}
READS = {
    "viewer": ("own", "shared", "public", "common"),
    "installation": ("public", "common"),
    "visitor": ("public", "common"),
    "operator": KINDS,
}
ADOPT = {"installation": ("public",), "operator": ("own", "shared", "public", "foreign")}


@pytest.fixture
def made(shipped: None, csv_file) -> dict[str, int]:
    """One batch of each kind, from the view of people of Palangka Raya."""
    mine, theirs = organisation(), organisation("kota-banjarmasin")
    owners = {"own": mine, "shared": theirs, "public": theirs, "foreign": theirs, "common": None}
    found = {}
    for number, (kind, owner) in enumerate(owners.items()):
        path = csv_file(HEAD, f"63.71,poverty,{2040 + number},4", name=f"{kind}.csv")
        found[kind] = load_import(operator(), path, organisation=owner).pk
    share(operator(), ImportBatch.objects.get(pk=found["shared"]), mine, Level.EDIT)
    public = ImportBatch.objects.get(pk=found["public"])
    set_visibility(operator(), public, Visibility.PUBLIC)
    return found


def asking(who: str):
    if who == "visitor":
        return visitor()
    if who == "operator":
        return operator()
    if who == "installation":
        return asks(person("Citra", is_administrator=True))
    return asks(person("Ani", (who, organisation())))


@pytest.mark.parametrize("who", UNDO)
def test_what_each_role_may_read_undo_and_adopt(made: dict[str, int], who: str) -> None:
    by = asking(who)
    readable = READS.get(who, READS["viewer"])
    listed = {one.pk for one in batches(by)}
    for kind, number in made.items():
        assert (number in listed) == (kind in readable), kind
        if kind in readable:
            assert readable_batch(by, number).pk == number
        else:
            with pytest.raises(UnseenError):
                readable_batch(by, number)
    for kind, number in made.items():
        if kind in ADOPT.get(who, ()):
            assert adopt_import(by, number, "uji").adopted_from_id == number
        else:
            with pytest.raises(AccountsError):
                adopt_import(by, number, "uji")
    for kind, number in made.items():
        if kind in UNDO[who]:
            assert undo_import(by, number, "uji").state == "undone"
        else:
            with pytest.raises(ForbiddenError if kind in readable else UnseenError):
                undo_import(by, number, "uji")


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("viewer", ()),
        ("analyst", ("own",)),
        ("coordinator", ("own",)),
        ("approver", ("own",)),
        ("administrator", ()),
        ("installation", ("common",)),
        ("visitor", ()),
    ],
)
def test_where_each_role_may_load(shipped: None, csv_file, who: str, where) -> None:
    by, path = asking(who), csv_file(HEAD, "63.71,poverty,2040,4")
    owners = {"own": organisation(), "foreign": organisation("kota-banjarmasin"), "common": None}
    for kind, owner in owners.items():
        if kind in where:
            assert load_import(by, path, organisation=owner).organisation == owner
            continue
        for deed in (load_import, preview_import):
            with pytest.raises(ForbiddenError):
                deed(by, path, organisation=owner)


def test_each_deed_is_recorded_with_its_numbers(shipped: None, csv_file) -> None:
    by = asking("coordinator")
    batch = load_import(by, csv_file(HEAD, "63.71,poverty,2040,4"), organisation=organisation())
    undo_import(by, batch.pk, "salah")
    undone, loaded = history("import", batch.pk)
    assert (loaded.verb, loaded.after["rows"], loaded.who) == ("loaded", 1, "Ani")
    assert (undone.verb, undone.reason, undone.organisation) == (
        "undone",
        "salah",
        organisation().pk,
    )


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path


def uploaded(client: Client, **fields: str):
    file = SimpleUploadedFile("angka.csv", f"{HEAD}\n63.71,poverty,2040,4\n".encode())
    return client.post("/impor/", {"file": file, **fields})


def test_an_analyst_loads_for_the_own_organisation_without_choosing(made, home) -> None:
    client = signed_in(Client(), person("Ani", ("analyst", organisation())))
    place = client.post(uploaded(client)["Location"], {"load": "1"})
    assert place.status_code == 422  # the fixture stored this year already
    file = SimpleUploadedFile("b.csv", f"{HEAD}\n63.71,poverty,2050,4\n".encode())
    address = client.post("/impor/", {"file": file})["Location"]
    place = client.post(address, {"load": "1"})["Location"]
    batch = ImportBatch.objects.first()
    assert batch is not None
    assert (place, batch.organisation) == (f"/impor/batch/{batch.pk}/", organisation())
    assert client.post(address, {"load": "1"})["Location"] == place


def test_nobody_else_finds_an_upload(shipped: None, home) -> None:
    ani = signed_in(Client(), person("Ani", ("analyst", organisation())))
    budi = signed_in(Client(), person("Budi", ("analyst", organisation())))
    address = uploaded(ani)["Location"]
    for other in (budi, Client()):
        for path in (address, f"{address}memuat/", f"{address}pemetaan.json"):
            assert other.get(path).status_code == 404
        assert other.post(address, {"load": "1"}).status_code == 404
        assert other.get(f"{address}kemajuan.json").json() == {"text": "", "share": None}
    assert ani.get(address).status_code == 200


def test_a_visitor_and_a_forged_organisation_upload_nothing(shipped: None, home) -> None:
    organisation("kota-banjarmasin")
    assert uploaded(Client()).status_code == 403
    client = signed_in(Client(), person("Ani", ("analyst", organisation())))
    assert uploaded(client, organisation="kota-banjarmasin").status_code == 422
    assert uploaded(client, organisation="umum").status_code == 422


def test_a_role_that_ended_meanwhile_loads_nothing(shipped: None, home) -> None:
    ani = person("Ani", ("analyst", organisation()))
    client = signed_in(Client(), ani)
    address = uploaded(client)["Location"]
    ani.assignments.update(ended_at="2026-01-01T00:00:00Z")
    before = ImportBatch.objects.count()
    assert client.post(address, {"load": "1"}).status_code == 403
    token = address.strip("/").rsplit("/", 1)[-1]
    assert load_upload.call(token, False, "") == {"refused": True}
    assert ImportBatch.objects.count() == before


def test_pages_of_foreign_batches_look_as_if_they_were_not_there(made) -> None:
    client = signed_in(Client(), person("Ani", ("coordinator", organisation())))
    foreign, unknown = f"/impor/batch/{made['foreign']}/", "/impor/batch/999999/"
    assert client.get(foreign).status_code == client.get(unknown).status_code == 404
    for deed in ("batal/", "umum/"):
        assert client.post(foreign + deed, {"reason": "x", "adopt_reason": "x"}).status_code == 404
    shared = client.post(f"/impor/batch/{made['shared']}/batal/", {"reason": "x"})
    assert shared.status_code == 403
    assert "foreign.csv" not in client.get("/impor/").content.decode()
    assert "shared.csv" in client.get("/impor/?milik=dibagikan").content.decode()
