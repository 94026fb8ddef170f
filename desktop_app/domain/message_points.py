"""The points of a message: what it asks and wants, each to be ticked when the reply has answered it (T 第十九条, X 第五条（五）
答非所问).

Whether a reply answers them is a person's judgement. Here the sentences that ask are only picked out, and the ticks
are written and read: one point a line, ``√ …`` or ``□ …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ANSWERED, OPEN = "√", "□"
MOST = 12
"""A message of 9,000 characters asks the same things again; more than these nobody ticks."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")
_ASKS = re.compile(
    "[？?]|(?<![申邀聘宴])请(?!假|示|客|柬)|希望|期盼|(?<![愿看失绝探张遥眺仰声威无观])望(?![见着去远])|恳求|要求|呼吁|建议|能否|是否"
    "|可否|能不能|可不可以|是不是|有没有|什么时候|何时|多久|如何|怎么办|怎样|为什么|为何|哪[里个些家]|吗|应[该当]|尽快|尽早|早日"
)
_LONG = 60
"""Letters from which a sentence is told from the clause on that asks, without what leads up to it."""
_CLAUSE = re.compile(r"[，,：:]")
_NOTHING_BUT_MANNERS = re.compile(
    r"(?:在此|最后|再次|谢谢|感谢|敬请|恳请|烦请|麻烦|诚盼|期待|希望|盼望|望|请|盼|领导|市长|主席|书记|部门|政府|有关|相关|各位|您|你们?|们|我"
    r"|能够|能|尽快|尽早|早日|及时|给予|给|一个|予以|重视|关注|过问|帮忙|回复|答复|回答|回音|批示|指示|为盼|为谢|百忙之中|的|了|！|!|。|，|,|、|\s)*+"
)
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*|[①-⑳]\s*|第[一二三四五六七八九十]{1,3}[，,、：:]\s*)"
)
_LINE = re.compile(rf"^\s*([{ANSWERED}{OPEN}])\s*(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the message asks, and whether the reply answers it."""

    words: str
    answered: bool = False


def points_of(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask or want something, in their order and their own words; no two alike."""
    found: dict[str, None] = {}
    for sentence in _SENTENCE.findall(text):
        words = _asking(_NUMBERING.sub("", sentence).strip())
        if _ASKS.search(words) and not _NOTHING_BUT_MANNERS.fullmatch(words):
            found.setdefault(words)
    return tuple(found)[:MOST]


def _asking(sentence: str) -> str:
    """The sentence, or of a long one its clauses from the first on that asks."""
    asks = _ASKS.search(sentence)
    if len(sentence) <= _LONG or asks is None:
        return sentence
    before = [cut.end() for cut in _CLAUSE.finditer(sentence, 0, asks.start())]
    return sentence[before[-1] if before else 0 :].strip()


def written(points: Iterable[Point]) -> str:
    """As the step keeps them, one line a point; those without words are left out."""
    lines = ((" ".join(one.words.split()), one.answered) for one in points)
    return "\n".join(f"{ANSWERED if answered else OPEN} {words}" for words, answered in lines if words)


def read(text: str) -> tuple[Point, ...]:
    """The points of a step. A line without its mark, as somebody may have typed it, is a point not answered."""
    points = []
    for line in text.splitlines():
        found = _LINE.match(line)
        words = found[2] if found else line.strip()
        if words:
            points.append(Point(words, found is not None and found[1] == ANSWERED))
    return tuple(points)


def unanswered(points: Iterable[Point]) -> tuple[str, ...]:
    """What the reply leaves open."""
    return tuple(one.words for one in points if not one.answered)
