"""Everything that differs between installations: environment variables, typed and validated at start."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
)

from sinergi.site.early_words import gettext_noop as _

PREFIX = "SINERGI_"
PACKAGE = Path(__file__).resolve().parent.parent
ELSEWHERE = frozenset(
    {"AS", "LANGUAGE", "ANNEX_DOCX", "ANNEX_TYP", "CHROMIUM", "BACKUP_PASSPHRASE"}
)
"""Variables that others read: the command line, the exports, the tests."""
ELSEWHERE_BEGINS = ("TEST_", "BENCH_", "SHARED")


def _parts(value: object) -> object:
    return (
        [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, str)
        else value
    )


def _network(text: str) -> str:
    if text != "unix":
        ipaddress.ip_network(text, strict=False)
    return text


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError(text)
    return str(ZoneInfo(text))


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(path)
    return path


def _scheme(*schemes: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        scheme, colon, rest = secret.get_secret_value().partition("://")
        if scheme not in schemes or not colon or not (rest or scheme == "console"):
            raise ValueError(scheme)
        if scheme != "sqlite" and urlsplit(secret.get_secret_value()).port == 0:
            raise ValueError(scheme)
        return secret

    return AfterValidator(check)


Parts = Annotated[tuple[str, ...], BeforeValidator(_parts)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(_parts)]
Secrets = Annotated[tuple[SecretStr, ...], BeforeValidator(_parts)]
Database = Annotated[SecretStr, _scheme("sqlite", "postgres", "postgresql")]
DATABASE = _("sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME")
Mail = Annotated[SecretStr, _scheme("smtp", "smtp+tls", "smtps", "console", "file")]
Origin = Annotated[
    str, StringConstraints(pattern=r"^https?://([A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?$")
]
Days = Annotated[int, Field(ge=1, le=3650)]
YES_OR_NO = _("1 or 0")
DAYS = _("a whole number of days from 1 to 3650")


class Environment(BaseModel):
    """The environment variables of an installation; each is named `SINERGI_` and the field in capitals.

    The description of a field says what the variable may be, its title what it is for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Path = Field(
        default_factory=lambda: Path.cwd() / "var",
        title=_("Folder of the installation: database, key, collected files."),
        description=_("a folder; it is made when it is not there"),
    )
    files: Path | None = Field(
        None,
        title=_("Where the files lie that people hand in; `files` in the home folder without it."),
        description=_("a folder, also of a mounted disk; it is made when it is not there"),
    )
    trust: Path | None = Field(
        None,
        title=_("Certificates of those whose electronic signatures are trusted; none are shipped."),
        description=_("a folder with files .pem, .cer, .crt and, of revocations, .crl"),
    )
    static_root: Path | None = Field(
        None,
        title=_("Where the files of the pages are collected; usually in the home folder."),
        description=_("a folder; it is made when it is not there"),
    )
    production: bool = Field(
        False,
        title=_("Run for real: safe cookies, HTTPS only, and nothing left to chance."),
        description=YES_OR_NO,
    )
    debug: bool = Field(
        False,
        title=_("Show errors in full to whoever looks; never in production."),
        description=YES_OR_NO,
    )
    demo: bool = Field(
        False, title=_("This installation is a demo; every page says so."), description=YES_OR_NO
    )
    database_url: Database | None = Field(
        None,
        title=_("Database; without it, a SQLite file in the home folder."),
        description=DATABASE,
    )
    owner_database_url: Database | None = Field(
        None,
        title=_("The same database as the role that owns its tables; used by setup only."),
        description=DATABASE,
    )
    secret_key: Annotated[SecretStr, Field(min_length=16)] | None = Field(
        None,
        title=_("Key that signs cookies and links; without it, one is made in the home folder."),
        description=_("at least 16 random characters, 50 in production"),
    )
    secret_key_fallbacks: Secrets = Field(
        (),
        title=_("Former keys, while what they signed is still in use."),
        description=_("keys, separated by commas"),
    )
    hosts: Parts = Field(
        ("127.0.0.1", "localhost", "[::1]"),
        min_length=1,
        title=_("Names under which the installation is asked for."),
        description=_("host names, separated by commas"),
    )
    base_url: Origin | None = Field(
        None,
        title=_("Address that links in e-mail begin with."),
        description=_("https://NAME, without a path"),
    )
    trusted_proxies: Networks = Field(
        (),
        title=_("Proxies in front, whose word on address, scheme and request number is taken."),
        description=_("addresses or networks separated by commas; unix for a unix socket"),
    )
    hsts_preload: bool = Field(
        False,
        title=_("Ask browsers to know by themselves that the domain is HTTPS only."),
        description=YES_OR_NO,
    )
    sign_in_required: bool = Field(
        False, title=_("Show nothing to visitors who are not signed in."), description=YES_OR_NO
    )
    oidc_local: bool = Field(
        False,
        title=_("Allow OpenID Connect providers on this machine and without HTTPS, to try them."),
        description=YES_OR_NO,
    )
    email_url: Mail | None = Field(
        None,
        title=_("How e-mail leaves; without it, it is written to the terminal."),
        description=_(
            "smtp+tls://USER:PASSWORD@HOST:587, smtps://…:465, smtp://…:25, console:// or file:///FOLDER"
        ),
    )
    email_from: str = Field(
        "Sinergi <sinergi@localhost>",
        pattern=r"^[^\r\n]*[^@\s<>]+@[^@\s<>]+>?$",
        title=_("Sender of e-mail."),
        description=_("an e-mail address, with or without a name before it"),
    )
    time_zone: Annotated[str, AfterValidator(_zone)] = Field(
        "Asia/Jakarta",
        title=_("Time zone of dates and times."),
        description=_("a name such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura"),
    )
    pack: Annotated[Path, AfterValidator(_folder)] = Field(
        PACKAGE / "reference" / "indonesia",
        title=_("Reference pack: what law and map say."),
        description=_("a folder that exists"),
    )
    import_max_bytes: int = Field(
        200 * 1024 * 1024,
        ge=1,
        title=_("Largest file that can be imported."),
        description=_("a whole number of bytes, at least 1"),
    )
    retention_days: Days = Field(
        90, title=_("Days for which what was removed can be brought back."), description=DAYS
    )
    invitation_days: Days = Field(
        7, title=_("Days for which an invitation can be accepted."), description=DAYS
    )
    workers: int = Field(
        1,
        ge=1,
        le=64,
        title=_("Web processes."),
        description=_("a whole number from 1 to 64"),
    )
    threads: int = Field(
        8,
        ge=1,
        le=64,
        title=_("Requests that one web process answers at once."),
        description=_("a whole number from 1 to 64"),
    )
    log_format: Literal["text", "json"] = Field(
        "text", title=_("Form of the log."), description=_("text or json")
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO",
        title=_("What is logged: this and what is worse."),
        description=_("DEBUG, INFO, WARNING or ERROR"),
    )
    metrics_token: Annotated[SecretStr, Field(min_length=16)] | None = Field(
        None,
        title=_("Token with which Prometheus reads /metrics from another machine."),
        description=_("at least 16 random characters"),
    )
