"""The process apart in which a template of somebody else is rendered: little time, little memory, no network.

Reads `{"template": base64, "payload": …, "trial": …}` from its input; writes the file, or as JSON after a
zero byte what is wrong.
"""

import base64
import json
import re
import resource
import sys
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError

from sinergi.agreements.documents import word

SECONDS, MEMORY, MOST_BYTES = 10, 1024**3, 40 * 1024 * 1024
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r"{%[-+]?\s*(for|if|endfor|endif)\b")
SHOWN = 120


class WrongTemplateError(Exception):
    """What is wrong with a template: a code, what it is about, and the text of the paragraph."""

    def __init__(self, code: str, about: str = "", place: str = "") -> None:
        super().__init__(code)
        self.told = {"code": code, "about": about[:SHOWN], "place": place[:SHOWN]}


def _parts(document: DocxTemplate) -> list[str]:
    """Return the XML of body, headers and footers, a paragraph a line, with tags put together."""
    document.init_docx()
    docx: Any = document.docx
    around = (
        relation.target_part.blob.decode("utf-8")
        for relation in docx.part.rels.values()
        if relation.reltype.endswith(("/header", "/footer", "/footnotes"))
    )
    raw = [re.sub(r"<w:p([ >])", r"\n<w:p\1", xml) for xml in (document.get_xml(), *around)]
    for xml in raw:
        _refuse_open_braces(xml.split("\n"))
    return [document.patch_xml(xml) for xml in raw]


def _plain(line: str) -> str:
    return " ".join(TAG.sub("", line).split())


def _paragraph_with(lines: list[str], word_: str) -> str:
    pattern = re.compile(rf"{{[{{%][^}}]*\b{re.escape(word_)}\b")
    return next((_plain(line) for line in lines if pattern.search(line)), "")


def check(template: bytes, known: frozenset[str]) -> set[str]:
    """Return the names that a template uses.

    Raises
    ------
    WrongTemplateError
        When a tag cannot be read, or names what no document knows.
    """
    document, env, used = DocxTemplate(BytesIO(template)), word.environment(), set[str]()
    for xml in _parts(document):
        lines = xml.split("\n")
        _refuse_unclosed(lines)
        try:
            names = meta.find_undeclared_variables(env.parse(xml))
        except TemplateSyntaxError as error:
            raise WrongTemplateError("syntax", error.message or "", _near(lines, error)) from error
        for name in sorted(names - known):
            raise WrongTemplateError("unknown", name, _paragraph_with(lines, name))
        used |= names
    return used


def _refuse_open_braces(lines: list[str]) -> None:
    """Refuse braces without their end, as they were written: putting tags together would swallow them."""
    for line in lines:
        text = _plain(line)
        for begin, end in (("{{", "}}"), ("{%", "%}")):
            if text.count(begin) != text.count(end):
                raise WrongTemplateError("syntax", begin, text)


def _refuse_unclosed(lines: list[str]) -> None:
    """Refuse blocks without their end."""
    opened: list[tuple[str, str]] = []
    for line in lines:
        for word_ in BLOCK.findall(line):
            if not word_.startswith("end"):
                opened.append((word_, _plain(line)))
            elif opened:
                opened.pop()
    if opened:
        raise WrongTemplateError("syntax", f"end{opened[-1][0]}", opened[-1][1])


def _near(lines: list[str], error: TemplateSyntaxError) -> str:
    """Return the paragraph of an error, or the last one before it that holds a tag."""
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    here = [_plain(lines[place]) for place in range(line, -1, -1)]
    tagged = (text for text in here if "{{" in text or "{%" in text or "{#" in text)
    return next(tagged, here[0])


def rendered(template: bytes, payload: dict[str, Any], known: frozenset[str]) -> bytes:
    """Return the file of a template.

    Raises
    ------
    WrongTemplateError
    """
    used = check(template, known)
    if not used & {"isi", "pasal"}:
        raise WrongTemplateError("no_body")
    try:
        made = word.write(template, payload)
    except UndefinedError as error:
        raise WrongTemplateError("undefined", error.message or "") from error
    except (SecurityError, OverflowError, TypeError) as error:
        raise WrongTemplateError("not_allowed", str(error)) from error
    except TemplateError as error:
        raise WrongTemplateError("syntax", error.message or "") from error
    except MemoryError as error:
        raise WrongTemplateError("too_large") from error
    if len(made) > MOST_BYTES:
        raise WrongTemplateError("too_large")
    return made


def main() -> int:
    """Render what the input says."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.load(sys.stdin)
    try:
        known = frozenset(asked["known"])
        made = rendered(base64.b64decode(asked["template"]), asked["payload"], known)
    except WrongTemplateError as error:
        made = b"\0" + json.dumps(error.told).encode()
    except MemoryError:
        made = b"\0" + json.dumps({"code": "too_large", "about": "", "place": ""}).encode()
    except Exception as error:
        told = {"code": "broken", "about": f"{type(error).__name__}: {error}"[:SHOWN], "place": ""}
        made = b"\0" + json.dumps(told).encode()
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
