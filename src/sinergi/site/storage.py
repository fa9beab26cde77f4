"""How static files are named when they are collected: by their content, so that browsers may keep them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed files; our JavaScript modules import each other by hashed names too."""

    support_js_module_import_aggregation = True
