"""How answers of an evaluation are summed up and compared with the last time; pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

LOWEST, HIGHEST = 0, 4
LONGEST = 4000
"""Characters of the text of one answer."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the grades come to.

    Attributes
    ----------
    graded, asked
        How many questions have a grade, and how many there are.
    mean
        `None` where fewer than half of the questions have a grade: too few for a claim.
    """

    graded: int
    asked: int
    mean: Fraction | None


def grade_of(answer: Any) -> int | None:
    """Return the grade of an answer; `None` where there is none, or no grade that can be."""
    grade = answer.get("grade") if isinstance(answer, Mapping) else None
    if not isinstance(grade, int) or isinstance(grade, bool):
        return None
    return grade if LOWEST <= grade <= HIGHEST else None


def text_of(answer: Any) -> str:
    """Return the text of an answer."""
    return str(answer.get("text", "")) if isinstance(answer, Mapping) else ""


def summary(answers: Mapping[str, Any], questions: Iterable[str]) -> Summary:
    """Sum up the grades of the questions; what was not answered stays unanswered."""
    asked = list(questions)
    grades = [grade for code in asked if (grade := grade_of(answers.get(code))) is not None]
    enough = bool(asked) and 2 * len(grades) >= len(asked)
    mean = Fraction(sum(grades), len(grades)) if enough and grades else None
    return Summary(len(grades), len(asked), mean)


def moved(now: Any, before: Any) -> int | None:
    """Return by how much an answer is better than last time; `None` where one of them has no grade."""
    new, old = grade_of(now), grade_of(before)
    return None if new is None or old is None else new - old


def answered(given: Mapping[str, tuple[int | None, str]]) -> dict[str, dict[str, Any]]:
    """Return the answers that say something, as they are kept."""
    return {
        code: {"grade": grade, "text": text}
        for code, (grade, text) in given.items()
        if grade is not None or text
    }
