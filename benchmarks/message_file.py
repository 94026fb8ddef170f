"""A large file of made-up messages for measuring imports; some repeat an earlier one in other words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.office_words import GIVEN, HEADS, KINDS, MIDDLES, OPENINGS, PLACES, SURNAMES

HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
REPEATED_ONE_IN = 50
_TROUBLES = (
    "停水", "停电", "路灯不亮", "违规补课", "拖欠工资", "油烟扰民", "夜间施工", "房产证办不下来", "暖气不热", "公交太少",
    "停车难", "垃圾没人清", "物业乱收费", "电梯故障", "医保报销", "低保评定", "道路破损", "井盖缺失", "学区划分", "违章建筑",
)  # fmt: skip


def write_messages(path: Path, rows: int, seed: int = 1) -> int:
    """An .xlsx of `rows` messages of some 250 letters; returns how many of them repeat an earlier one, reworded."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("留言")
    sheet.append(HEADER)
    repeated = 0
    for at, (row, repeats) in enumerate(messages(rows, seed)):
        sheet.append((1_000_000 + at, *row))
        repeated += repeats
    book.save(path)
    return repeated


def messages(rows: int, seed: int = 1) -> Iterator[tuple[tuple[str, str, str, str], bool]]:
    """User, title, time and text of each, and whether it repeats one of the hundred before it."""
    chance = random.Random(seed)
    latest: list[tuple[str, str]] = []
    for at in range(rows):
        repeats = bool(latest) and chance.randrange(REPEATED_ONE_IN) == 0
        title, text = _reworded(chance, *chance.choice(latest)) if repeats else _message(chance)
        latest = [*latest[-99:], (title, text)]
        user = f"A{chance.randrange(10**6):08d}"
        yield (user, title, f"20{19 + at % 7}/{at % 12 + 1}/{at % 28 + 1} 11:25:05", text), repeats


def _message(chance: random.Random) -> tuple[str, str]:
    place = f"{chance.choice(PLACES)}{chance.choice(PLACES)}{chance.choice(KINDS)}"
    trouble = chance.choice(_TROUBLES)
    title = f"{chance.choice(HEADS)}{place}{trouble}的问题"
    name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    words = {"place": place, "name": name, "n": chance.randrange(2, 30), "m": chance.randrange(1, 13)}
    words["phone"] = f"{chance.randrange(10**8):08d}"
    street = f"{chance.choice(PLACES)}{chance.choice(PLACES)}路{chance.randrange(1, 400)}号"
    own = "".join(chance.choices(GIVEN + SURNAMES, k=chance.randrange(20, 60)))
    told = "".join(chance.sample(MIDDLES, 4))
    text = f"{chance.choice(OPENINGS)}{place}{street}{trouble}，{own}。{told}"
    return title, text.format_map(words)


def _reworded(chance: random.Random, title: str, text: str) -> tuple[str, str]:
    """Another title, a sentence less, some letters changed."""
    sentences = text.split("。")
    sentences.pop(chance.randrange(len(sentences)))
    letters = list("。".join(sentences))
    for at in chance.sample(range(len(letters)), k=max(1, len(letters) // 40)):
        letters[at] = chance.choice(GIVEN)
    return f"再次{title}", "".join(letters)
