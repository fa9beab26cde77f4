"""Addresses of bringing registers in."""

from django.urls import URLPattern, path, re_path

from sinergi.agreements.views import register_imports, registers_loaded

WAITING = r"^kerja-sama/impor/(?P<token>[0-9a-f]{32})/"
LOADED = r"^kerja-sama/impor/(?P<register_id>[0-9]{1,9})/"
urlpatterns: list[URLPattern] = [
    path("kerja-sama/impor/", registers_loaded.registers, name="register-imports"),
    path("kerja-sama/impor/baru/", register_imports.new_register, name="register-import-new"),
    re_path(f"{WAITING}$", register_imports.preview, name="register-import-preview"),
    re_path(
        rf"{WAITING}ragu\.(?P<extension>csv|xlsx)$",
        register_imports.doubts_file,
        name="register-import-doubts",
    ),
    re_path(
        f"{WAITING}koreksi/$", register_imports.corrections, name="register-import-corrections"
    ),
    re_path(f"{LOADED}$", registers_loaded.register, name="register-import"),
    re_path(f"{LOADED}batalkan/$", registers_loaded.undo, name="register-import-undo"),
    re_path(
        rf"{LOADED}(?P<what>ragu|kerja-sama)\.(?P<extension>csv|xlsx)$",
        registers_loaded.table,
        name="register-import-file",
    ),
]
