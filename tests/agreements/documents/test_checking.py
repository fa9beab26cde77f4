"""Clauses against the data: true contradictions are found, equal values written otherwise are not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.documents.checking import contradictions
from sinergi.agreements.documents.data import (
    DocumentData,
    ObligationData,
    PartyData,
    QuotaData,
    ServiceData,
    TariffData,
)
from sinergi.agreements.documents.numerals import read_words
from sinergi.reference.number_words import in_words

LANDFILL = ServiceData(
    "Pemrosesan sampah",
    "ton",
    1,
    quotas=(QuotaData(2, Decimal(105)), QuotaData(3, Decimal(90))),
    tariffs=(TariffData(Decimal(65000), date(2022, 1, 1)),),
)
DATA = DocumentData(
    begins=date(2024, 1, 1),
    ends=date(2028, 12, 31),
    parties=(
        PartyData(1, 1, "Pemerintah Provinsi Kalimantan Selatan"),
        PartyData(2, 2, "Pemerintah Kota Banjarmasin"),
        PartyData(3, 3, "Pemerintah Kota Banjarbaru"),
    ),
    left=("Pemerintah Kabupaten Jauh",),
    obligations=(ObligationData(1, 2, 1, "membayar", amount=Decimal(1_000_000)),),
    services=(LANDFILL,),
)


def kinds(text: str) -> list[str]:
    return [one.kind for one in contradictions([{"key": "k1", "teks": text}], DATA)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kerja sama berlaku sejak tanggal 2 Januari 2024.", "begins"),
        ("Berlaku sejak 1-1-2024 sampai dengan tanggal 31 Desember 2029.", "ends"),
        ("Kerja sama ini berlaku untuk jangka waktu 3 (tiga) tahun.", "duration"),
        ("Jangka waktu kerja sama adalah enam tahun.", "duration"),
        ("Tarif layanan sebesar Rp75.000,00 per ton.", "tariff"),
        ("Tarif adalah tujuh puluh lima ribu rupiah.", "tariff"),
        ("Kota Banjarmasin memperoleh kuota 90 ton/hari.", "quota"),
        ("PIHAK KETIGA membawa paling banyak 105 (seratus lima) ton per hari.", "quota"),
        ("PIHAK KEDUA membayar Rp2.000.000,00 setiap tahun.", "amount"),
        ("Berlaku untuk jangka waktu 5 (tiga) tahun.", "words"),
        ("PIHAK KELIMA menyediakan lahan.", "party"),
        ("Kabupaten Jauh menyediakan lahan.", "left"),
    ],
    ids=lambda value: value[:24],
)
def test_a_contradiction_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Berlaku sejak tanggal 1 Januari 2024 sampai dengan tanggal 31 Desember 2028.",
        "Terhitung sejak 01/01/2024 hingga 31-12-2028.",
        "Mulai tanggal satu bulan Januari tahun dua ribu dua puluh empat.",
        "Jangka waktu kerja sama adalah 5 (lima) tahun.",
        "Jangka waktu adalah 60 bulan.",
        "Jangka waktu dapat diperpanjang 2 (dua) tahun sebelum berakhir.",
        "Tarif sebesar Rp65.000,00 (enam puluh lima ribu rupiah) per ton.",
        "Tarif sebesar Rp 65.000 per ton.",
        "Tarif sebesar Rp. 65 ribu per ton.",
        "Kota Banjarmasin 105 ton/hari, Kota Banjarbaru 90 ton/hari.",
        "PIHAK KEDUA memperoleh kuota seratus lima ton per hari.",
        "PIHAK KEDUA membayar Rp1.000.000,00 setiap tahun.",
        "Denda keterlambatan tarif sebesar Rp1.000,00.",
        "Laporan disampaikan paling lambat 30 (tiga puluh) hari.",
    ],
    ids=lambda value: value[:28],
)
def test_equal_values_written_otherwise_are_not_flagged(text: str) -> None:
    assert kinds(text) == []


def test_both_values_and_the_party_are_told() -> None:
    [one] = contradictions([{"key": "k7", "teks": "Kota Banjarmasin: 90 ton/hari."}], DATA)
    assert (one.key, one.said, one.data) == ("k7", "90 ton/hari", "105 ton/hari")
    assert one.about == "Pemerintah Kota Banjarmasin"


def test_without_data_nothing_contradicts() -> None:
    text = "Berlaku sejak 1 Januari 2020 untuk jangka waktu 9 tahun dengan tarif Rp1,00 per ton."
    assert contradictions([{"key": "k1", "teks": text}], DocumentData()) == []


@given(st.integers(0, 10**15 - 1))
def test_words_of_a_number_are_read_back(number: int) -> None:
    assert read_words(in_words(number)) == number


@given(st.text(max_size=300))
def test_no_text_breaks_the_check(text: str) -> None:
    contradictions([{"key": "k1", "teks": text}], DATA)
