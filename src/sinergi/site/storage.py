"""How static files are named when they are collected: by their content, so that browsers may keep them."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_MODULES = (
    "site/*.js",
    "opportunities/*.js",
    "evidence/*.js",
    "reference/*.js",
    "programs/*.js",
)
MODULE_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001 - Django offers them for all files or none


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed files; our own JavaScript modules import each other by hashed names too.

    Libraries are left as they are: their comments hold imports of files that do not exist.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((folder, MODULE_IMPORTS) for folder in OWN_MODULES),
    )

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return what compresses: gzip alone, which nginx sends as it is.

        Brotli, where a machine happens to have it, took twenty times as long at the first start.
        """
        return Compressor(**kwargs, use_brotli=False)
