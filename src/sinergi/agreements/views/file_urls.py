"""Addresses of files, signatures and search."""

from django.urls import URLPattern, path

from sinergi.agreements.views import files, search, signing

OF_ONE = "kerja-sama/<int:agreement_id>/"
SIGNING = f"{OF_ONE}dokumen/<int:document_id>/tanda-tangan/"
OF_PARTY = f"{SIGNING}<int:party_id>/"

urlpatterns: list[URLPattern] = [
    path("kerja-sama/cari/", search.search, name="search"),
    path(f"{OF_ONE}berkas/", files.files, name="files"),
    path(f"{OF_ONE}berkas/baru/", files.new_file, name="file-new"),
    path(f"{OF_ONE}berkas/<int:attachment_id>/unduh/", files.file, name="file"),
    path(f"{OF_ONE}berkas/<int:attachment_id>/keluarkan/", files.remove_file, name="file-remove"),
    path(SIGNING, signing.signing, name="signing"),
    path(f"{OF_PARTY}penanda/", signing.signatory, name="signature-set"),
    path(f"{OF_PARTY}catat/", signing.record, name="signature-record"),
    path(f"{OF_PARTY}tolak/", signing.refuse, name="signature-refuse"),
    path(f"{OF_PARTY}batalkan/", signing.undo, name="signature-undo"),
]
