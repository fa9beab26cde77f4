"""Addresses of documents, of the clause library and of templates."""

from django.urls import URLPattern, path

from sinergi.agreements.views import document_talk, document_writing, documents, library

ALL = "kerja-sama/<int:agreement_id>/naskah/"
ONE = ALL + "<int:document_id>/"
LIBRARY = "kerja-sama/pustaka/"

urlpatterns: list[URLPattern] = [
    path(LIBRARY, library.library, name="library"),
    path(LIBRARY + "klausul/baru/", library.new_clause, name="clause-new"),
    path(LIBRARY + "klausul/<int:clause_id>/", library.clause, name="clause"),
    path(LIBRARY + "klausul/<int:clause_id>/ubah/", library.edit_clause, name="clause-edit"),
    path(LIBRARY + "klausul/<int:clause_id>/simpan/", library.put_clause_away, name="clause-away"),
    path(
        LIBRARY + "klausul/<int:clause_id>/pulihkan/", library.restore_clause, name="clause-restore"
    ),
    path(LIBRARY + "templat/baru/", library.new_template, name="template-new"),
    path(LIBRARY + "templat/<int:template_id>/", library.template, name="template"),
    path(
        LIBRARY + "templat/<int:template_id>/berkas/", library.template_file, name="template-file"
    ),
    path(
        LIBRARY + "templat/<int:template_id>/simpan/",
        library.put_template_away,
        name="template-away",
    ),
    path(
        LIBRARY + "templat/<int:template_id>/pulihkan/",
        library.restore_template,
        name="template-restore",
    ),
    path(ALL, documents.documents, name="documents"),
    path(ALL + "baru/", documents.new_document, name="document-new"),
    path(ONE, documents.document, name="document"),
    path(ONE + "ubah/", documents.edit_document, name="document-edit"),
    path(ONE + "tulis/", document_writing.write_document, name="document-write"),
    path(ONE + "banding/", documents.compare, name="document-compare"),
    path(ONE + "keluarkan/", documents.remove_document, name="document-remove"),
    path(ONE + "jawab/", document_talk.answer, name="document-accept"),
    path(ONE + "catatan/", document_talk.remark, name="document-remark"),
    path(
        ONE + "catatan/<int:remark_id>/selesai/",
        document_talk.settle_remark,
        name="document-remark-settle",
    ),
    path(ONE + "versi/<int:number>/", documents.document_version, name="document-version"),
    path(ONE + "versi/<int:number>/<slug:fmt>/", documents.document_file, name="document-file"),
]
