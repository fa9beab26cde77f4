"""A program that examines the electronic signatures of the PDF on its standard input; knows no Django.

    python verify_process.py FOLDER     certificates (.pem .cer .crt) and revocations (.crl) that are trusted

It writes a line for each signature, in the order in which they were made, then `{"end": true}`; a file that
cannot be read gives `{"fault": "damaged"}`. Nothing is ever fetched from a network.
"""

import asyncio
import json
import logging
import resource
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_der_x509_crl
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MEMORY = 3 * 1024**3
SECONDS = 50
MOST_SIGNATURES = 60
USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
OUT_OF_TIME = {
    AdESIndeterminate.EXPIRED: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    AdESIndeterminate.NOT_YET_VALID: "not_yet",
    AdESFailure.NOT_YET_VALID: "not_yet",
}
REVOKED = (
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.REVOKED_CA_NO_POE,
    AdESFailure.REVOKED,
)


@dataclass(slots=True)
class Trust:
    """What is trusted: roots, and what helps to find the way to them."""

    roots: list[x509.Certificate] = field(default_factory=list)
    others: list[x509.Certificate] = field(default_factory=list)
    crls: list[asn1_crl.CertificateList] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def read_trust(folder: Path | None) -> Trust:
    """Return what the files of a folder hold; one that cannot be read is named."""
    trust = Trust()
    for path in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else ():
        ending = path.suffix.lower()
        if ending not in {".pem", ".cer", ".crt", ".crl"}:
            continue
        try:
            for der in _ders(path.read_bytes()):
                _sort(trust, ending, der)
        except (OSError, ValueError, TypeError):
            trust.unreadable.append(path.name)
    return trust


def _ders(content: bytes) -> list[bytes]:
    if pem.detect(content):
        return [der for _kind, _headers, der in pem.unarmor(content, multiple=True)]
    return [content]


def _sort(trust: Trust, ending: str, der: bytes) -> None:
    if ending == ".crl":
        found = asn1_crl.CertificateList.load(der, strict=True)
        found.native  # noqa: B018 - reads all of it, or fails
        trust.crls.append(found)
        return
    certificate = x509.Certificate.load(der, strict=True)
    certificate.native  # noqa: B018 - as above
    own = certificate.subject == certificate.issuer
    (trust.roots if own else trust.others).append(certificate)


def embedded(reader: PdfFileReader) -> tuple[list[Any], list[Any], list[Any]]:
    """Return the certificates, revocation lists and answers that a document carries for its signatures."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return [], [], []
    crls = [asn1_crl.CertificateList.load(one.get_object().data) for one in store.crls]
    from asn1crypto import ocsp  # noqa: PLC0415 - seldom needed

    answers = [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps]
    return list(store.load_certs()), crls, answers


def examine(content: bytes, trust: Trust, now: datetime) -> list[dict[str, Any]]:
    """Return what was found of each signature of a document.

    Raises
    ------
    Exception
        Of any kind, when the document cannot be read.
    """
    reader = PdfFileReader(BytesIO(content), strict=False)
    held = embedded(reader)
    signatures = list(reader.embedded_regular_signatures)
    names = {one.field_name for one in reader.embedded_signatures}
    found = []
    for place, one in enumerate(signatures[:MOST_SIGNATURES]):
        try:
            found.append(_examined(one, trust, held, now, names, last=place == len(signatures) - 1))
        except Exception as error:
            found.append({"state": "unreadable", "why": type(error).__name__})
    return found


def _context(trust: Trust, held: tuple[Any, ...], moment: datetime) -> ValidationContext:
    certificates, crls, answers = held
    return ValidationContext(
        trust_roots=trust.roots,
        other_certs=[*trust.others, *certificates],
        crls=[*trust.crls, *crls],
        ocsps=answers,
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
    )


def _validated(
    one: Any, trust: Trust, held: tuple[Any, ...], now: datetime
) -> tuple[PdfSignatureStatus, datetime | None]:
    """Return the status of a signature, and the time that a trusted time stamp proves; at it, or now."""

    def at(moment: datetime) -> PdfSignatureStatus:
        context = _context(trust, held, moment)
        stamps = _context(trust, held, now)
        return asyncio.run(
            async_validate_pdf_signature(one, context, stamps, key_usage_settings=USAGE)
        )

    status = at(now)
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.valid and stamp.intact and stamp.trusted):
        return status, None
    return at(stamp.timestamp), stamp.timestamp


def _examined(
    one: Any, trust: Trust, held: tuple[Any, ...], now: datetime, names: set[str], *, last: bool
) -> dict[str, Any]:
    status, stamped = _validated(one, trust, held, now)
    certificate = status.signing_cert
    path = list(status.validation_path or ())
    claimed = status.signer_reported_dt
    changed = _changed(status, names)
    revoked = revoked_on(path, [*trust.crls, *held[1]], stamped or now)
    state = _state(status, changed, last=last)
    return {
        "state": state if state != "ok" else _trusted(status, revoked, stamped or now),
        "name": _name(certificate.subject),
        "issuer": _name(certificate.issuer),
        "serial": format(certificate.serial_number, "x"),
        "certificate": certificate.sha256.hex(),
        "since": _day(certificate.not_valid_before),
        "until": _day(certificate.not_valid_after),
        "claimed": _moment(claimed),
        "stamped": _moment(stamped),
        "intact": bool(status.intact and status.valid),
        "covers": COVERAGE.get(status.coverage, "part"),
        "changed": changed,
        "root": _name(path[0].subject) if path else "",
        "chain": [_name(step.subject) for step in path],
        "revoked_on": _moment(revoked),
        "revocation_known": bool(trust.crls or held[1] or held[2]),
    }


def revoked_on(
    path: list[x509.Certificate], crls: list[asn1_crl.CertificateList], moment: datetime
) -> datetime | None:
    """Return since when a certificate of a chain is revoked by a list that its issuer signed; `None` if none.

    Also a list that has run out counts, and one that the certificate does not name: a revocation stays.
    """
    for issuer, one in pairwise(path):
        key: Any = serialization.load_der_public_key(issuer.public_key.dump())
        for each in crls:
            found = load_der_x509_crl(each.dump())
            if each.issuer != one.issuer or not found.is_signature_valid(key):
                continue
            entry = found.get_revoked_certificate_by_serial_number(one.serial_number)
            if entry is not None and entry.revocation_date_utc <= moment:
                return entry.revocation_date_utc
    return None


COVERAGE: dict[SignatureCoverageLevel | None, str] = {
    SignatureCoverageLevel.ENTIRE_FILE: "file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: "part",
    SignatureCoverageLevel.UNCLEAR: "part",
}


def _changed(status: PdfSignatureStatus, names: set[str]) -> str:
    """Return what happened to the document after a signature: nothing, `signed` further, or `changed`."""
    level = getattr(status.diff_result, "modification_level", None)
    if level is None:
        told = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return "" if told else "changed"
    if level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False:
        return "changed"
    if set(getattr(status.diff_result, "changed_form_fields", ())) - names:
        return "changed"
    return "signed" if level == ModificationLevel.FORM_FILLING else ""


def _state(status: PdfSignatureStatus, changed: str, *, last: bool) -> str:
    if not (status.intact and status.valid):
        return "broken"
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "partial"
    if changed == "changed" or (last and changed):
        return "changed"
    level = getattr(status.diff_result, "modification_level", None)
    if last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "ok" if level == ModificationLevel.LTA_UPDATES else "partial"
    return "ok"


def _trusted(status: PdfSignatureStatus, revoked_on: datetime | None, moment: datetime) -> str:
    problem = status.trust_problem_indic
    if revoked_on is not None or status.revocation_details is not None or problem in REVOKED:
        return "revoked"
    if status.signing_cert.not_valid_before > moment:
        return "not_yet"
    if problem in OUT_OF_TIME:
        return OUT_OF_TIME[problem]
    if status.validation_path is None:
        return "unknown_root"
    return "valid" if problem is None else "not_for_signing"


def _name(name: Any) -> str:
    parts = name.native
    told = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return str(told)[:200]


def _moment(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds") if value else ""


def _day(value: datetime) -> str:
    return value.date().isoformat()


def tell(lines: Iterable[dict[str, Any]]) -> None:
    """Write lines."""
    for line in lines:
        sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Examine what is on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    logging.disable()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    trust = read_trust(folder)
    tell([{"roots": len(trust.roots), "unreadable": trust.unreadable}])
    try:
        found = examine(sys.stdin.buffer.read(), trust, datetime.now(UTC))
    except Exception:
        tell([{"fault": "damaged"}])
        return
    tell([*found, {"end": True}])


if __name__ == "__main__":
    main()
