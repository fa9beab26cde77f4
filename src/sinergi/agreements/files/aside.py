"""Programs that read files from anybody in a process of their own, which is ended when it takes too long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def told(program: Path, content: bytes, *arguments: str, seconds: int) -> list[dict[str, Any]]:
    """Return the lines of JSON that a program writes about a content, as far as it came in time."""
    command = [sys.executable, "-I", str(program), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=content, capture_output=True, timeout=seconds, check=False
        )
        out = done.stdout
    except subprocess.TimeoutExpired as error:
        out = error.stdout or b""
    lines = out.decode("utf-8", errors="replace").split("\n")[:-1]
    return [json.loads(line) for line in lines if line.startswith("{")]
