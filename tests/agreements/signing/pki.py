"""Certificates, revocation lists and signed PDF files, all made in the test."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Identity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def identity(
    name: str,
    above: Identity | None = None,
    *,
    authority: bool = False,
    since: datetime = NOW - YEAR,
    until: datetime = NOW + YEAR,
    stamps: bool = False,
) -> Identity:
    """A certificate: of an authority, of somebody who signs, or of one who stamps times."""
    key = (
        rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    )
    subject = _named(name)
    issuer = above.certificate.subject if above else subject
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signer = above.key if above else key
    built = built.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
    )
    if stamps:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        built = built.add_extension(use, critical=True)
    return Identity(built.sign(signer, hashes.SHA256()), key)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def root(name: str = "Induk Uji", **options: datetime) -> Identity:
    """A root of trust."""
    return identity(name, authority=True, since=NOW - 10 * YEAR, **options)


def revocations(of: Identity, *revoked: Identity, on: datetime = NOW - timedelta(days=5)) -> bytes:
    """A list of revocations, PEM."""
    built = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(of.certificate.subject)
        .last_update(NOW - timedelta(days=1))
        .next_update(NOW + timedelta(days=30))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(of.key.public_key()), critical=False
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        built = built.add_revoked_certificate(entry.revocation_date(on).build())
    return built.sign(of.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def trust(folder: Path, *identities: Identity, crl: bytes = b"") -> Path:
    """A folder of what is trusted."""
    folder.mkdir(exist_ok=True)
    for number, one in enumerate(identities):
        (folder / f"{number}.pem").write_bytes(one.pem)
    if crl:
        (folder / "revoked.crl").write_bytes(crl)
    return folder


def pdf(pages: int = 1) -> bytes:
    """A PDF that nobody signed."""
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signed(
    content: bytes,
    by: Identity,
    *chain: Identity,
    field: str = "Tanda1",
    stamper: Identity | None = None,
    at: datetime | None = None,
) -> bytes:
    """The PDF with a signature more."""
    store = SimpleCertificateStore.from_certs([one.asn1 for one in chain])
    signer = signers.SimpleSigner(
        signing_cert=by.asn1, signing_key=by.asn1_key, cert_registry=store
    )
    stamping = None
    if stamper is not None:
        stamping = DummyTimeStamper(
            tsa_cert=stamper.asn1, tsa_key=stamper.asn1_key, certs_to_embed=store, fixed_dt=at
        )
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    told = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = signers.PdfSigner(told, signer=signer, timestamper=stamping).sign_pdf(writer)
    return out.getvalue()


def appended(content: bytes, *, changes: bool = True) -> bytes:
    """The PDF with something added behind: a changed page, or only a note in its description."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    if changes:
        from pyhanko.pdf_utils import generic

        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/Rotate"] = generic.NumberObject(180)
        writer.update_container(page)
    else:
        writer.set_info(None)
        writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
