"""JavaScript of the room: what two modules need stands once, and is found under its hashed name."""

import re
import shutil
from collections import Counter
from pathlib import Path

from sinergi.site.storage import HashedStorage

STATIC = Path(__file__).parents[2] / "src" / "sinergi" / "programs" / "static"


def test_no_function_is_written_twice() -> None:
    found: Counter[str] = Counter()
    for path in STATIC.glob("programs/*.js"):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r"^(?:export )?(?:async )?function \w+\(.*?^}", text, re.M | re.S))
    assert [text for text, number in found.items() if number > 1] == []
    assert "function loaded(" in "".join(found)


def test_modules_import_each_other_by_hashed_names(tmp_path: Path) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    storage = HashedStorage(location=tmp_path, base_url="/static/")
    names = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.glob("programs/*.js"))]

    list(storage.post_process({name: (storage, name) for name in names}))

    done = storage.hashed_files
    shared = Path(done["programs/loading.js"]).name
    assert re.fullmatch(r"loading\.[0-9a-f]{12}\.js", shared)
    for name in ("programs/place.js", "programs/sync_map.js"):
        text = (tmp_path / done[name]).read_text(encoding="utf-8")
        assert f'from "./{shared}"' in text
