"""What the page of files says, and what may be done with what is chosen. No Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.gui.archive_job import Packed, Proven
from desktop_app.services.archive_list import ArchivedTogether, FileLine

_SHOWN = 8
"""Sentences that a message carries; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Column:
    """title, width in characters, and what it says of a file."""

    title: str
    width: int
    text: Callable[[FileLine], str]


COLUMNS = (
    Column("档号", 18, lambda one: one.file_number),
    Column("登记号", 7, lambda one: one.number),
    Column("题名", 30, lambda one: one.title),
    Column("办结", 7, lambda one: one.closed.isoformat()),
    Column("保管期限", 6, lambda one: one.retention),
    Column("状态", 8, lambda one: state_words(one)),
)
TITLE = 2


def state_words(one: FileLine) -> str:
    if one.archived is None:
        return "待归档"
    return "已归档" if one.retention else "已归档，未定期限"


def summary(lines: Sequence[FileLine]) -> str:
    """How far the year's filing is."""
    if not lines:
        return "这一年没有办结的件。"
    archived = [one for one in lines if one.archived is not None]
    waiting = len(lines) - len(archived)
    undated = sum(not one.retention for one in archived)
    said = [f"办结 {len(lines):,} 件，已归档 {len(archived):,} 件"]
    if waiting:
        said.append(f"待归档 {waiting:,} 件")
    if undated:
        said.append(f"没有定保管期限、不能编档号 {undated:,} 件")
    return "，".join(said) + "。"


def waiting_of(lines: Sequence[FileLine]) -> tuple[str, ...]:
    """The numbers of those that the step 归档 can be taken for."""
    return tuple(one.number for one in lines if one.may_archive)


def usual_retention(lines: Sequence[FileLine]) -> str:
    """What most of the year's files are kept for; empty where none is archived yet."""
    used = Counter(one.retention for one in lines if one.retention)
    return used.most_common(1)[0][0] if used else ""


def packable(lines: Sequence[FileLine]) -> bool:
    return any(one.archived is not None for one in lines)


def archived_words(outcome: ArchivedTogether) -> str:
    said = f"已归档 {len(outcome.done):,} 件。" if outcome.done else ""
    if outcome.refused:
        said += f"{len(outcome.refused)} 件没有归档：" + _some([why for _, why in outcome.refused])
    return said or "没有归档。"


def packed_words(made: Packed) -> str:
    said = f"归档数据包已存为 {made.folder}：{made.cases:,} 件，{made.files:,} 个文件。含网民个人信息，请按内部资料保管。"
    return said + (_some(made.warnings) if made.warnings else "")


def proven_words(found: Proven) -> str:
    if found.ok:
        return f"{found.folder}：{found.cases:,} 件，真实、完整、可用、安全四项检测都通过。"
    return f"{found.folder}：检测发现 {found.problems:,} 处问题，列在下面。"


def _some(sentences: Sequence[str]) -> str:
    shown = "".join(one if one.endswith("。") else f"{one}。" for one in sentences[:_SHOWN])
    more = len(sentences) - _SHOWN
    return shown + (f"等，还有 {more} 处。" if more > 0 else "")
