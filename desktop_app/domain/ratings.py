"""The citizen's rating on the board, as an import brought it: a second series beside the office's own 回访 (T 第十八条).

The board praises by itself where a citizen stays silent. That is no satisfaction: an automatic rating is kept, shown
as such, and counts in no rate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

BEST = 5
REVIEW_TEXT = "review_text"
"""The one column in the citizen's own words."""

_WORDS_OF_GRADES = {
    "非常满意": 5,
    "很满意": 5,
    "满意": 4,
    "基本满意": 3,
    "一般": 3,
    "不满意": 2,
    "很不满意": 1,
    "非常不满意": 1,
}
_SATISFIED_FROM = 3
"""基本满意 counts as satisfied, as in the office's own rate."""

_YES = frozenset(("是", "yes", "true", "1", "y", "√", "自动", "自动好评"))
_PRAISED_BY_ITSELF = re.compile("(?:自动|默认)(?:给予)?好评|好评[（(](?:自动|默认)")
_GRADE = re.compile(r"([1-5])(?:\.0+)?\s*(?:分|星|颗星)?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class BoardRating:
    """`level` (解决程度), `manner` (办理态度) and `speed` (办理速度) go from 1 to 5, None where not given or not readable.

    `satisfaction` and `words` are as given; `automatic` praise says nothing of the citizen.
    """

    level: int | None = None
    manner: int | None = None
    speed: int | None = None
    satisfaction: str = ""
    automatic: bool = False
    words: str = ""
    on: date | None = None

    @property
    def satisfied(self) -> bool | None:
        """Whether the citizen is satisfied; None where that was not said, or the board said it by itself."""
        if self.automatic:
            return None
        grade = _WORDS_OF_GRADES.get(self.satisfaction.strip())
        return grade >= _SATISFIED_FROM if grade is not None else None


def rating_of(given: Mapping[str, str]) -> BoardRating | None:
    """The rating in the columns that an import keeps (`columns.RATINGS`); None where there is none."""
    if not any(value.strip() for value in given.values()):
        return None
    words = given.get(REVIEW_TEXT, "").strip()
    satisfaction = given.get("satisfaction", "").strip()
    flag = unicodedata.normalize("NFKC", given.get("automatic_praise", "")).strip().lower()
    return BoardRating(
        level=_grade(given.get("grade_resolution", "")),
        manner=_grade(given.get("grade_manner", "")),
        speed=_grade(given.get("grade_speed", "")),
        satisfaction=satisfaction,
        automatic=flag in _YES or any(map(_PRAISED_BY_ITSELF.search, (flag, satisfaction, words))),
        words=words,
        on=_day(given.get("reviewed_on", "")),
    )


def _grade(given: str) -> int | None:
    """``5``, ``5.0``, ``５分``, ``满意``; what lies outside 1 to 5 is no grade."""
    plain = unicodedata.normalize("NFKC", given).strip()
    found = _GRADE.fullmatch(plain)
    return int(found[1]) if found else _WORDS_OF_GRADES.get(plain)


def _day(given: str) -> date | None:
    found = _DAY.match(given.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
