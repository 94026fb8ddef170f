"""What the panel of backups says, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop_app.services.backups import ElsewhereMade, KnownBackup
from desktop_app.services.restoration import Preview

HEADER = ("备份时间", "大小", "放在", "核验")


def row_words(one: KnownBackup) -> tuple[str, str, str, str]:
    """One line of the list. A backup counts only once it was opened and compared, so each is 已核验."""
    return (
        f"{one.made:%Y-%m-%d %H:%M:%S}",
        size_words(one.size),
        "第二处" if one.second else "本机",
        "已核验",
    )


def size_words(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 // 10 else f"{size / 2**10:,.0f} KB"


def last_words(known: Sequence[KnownBackup], elsewhere: ElsewhereMade | None = None) -> str:
    """When the last one was made, and on which PC where that was another seat."""
    if elsewhere is not None and (not known or elsewhere.made.replace(tzinfo=None) > known[0].made):
        return f"上次备份：{elsewhere.made:%Y-%m-%d %H:%M}，在电脑 {elsewhere.machine} 上"
    return f"上次备份：{known[0].made:%Y-%m-%d %H:%M}" if known else "还没有备份过。"


def place_words(place: Path | None) -> str:
    """The second place, and whether it is there now."""
    if place is None:
        return "第二处：没有设。只放在这台电脑上，硬盘坏了就没有了。"
    return f"第二处：{place}" + ("" if place.is_dir() else "（现在找不到，插好优盘后自动补抄）")


def preview_lines(shown: Preview) -> tuple[str, ...]:
    """Before a restore: what would come, what would go aside, and where that is kept."""
    lines = [
        f"这份备份制作于 {_moment(shown.made)}，{_amount(shown.cases, shown.events, shown.last_event)}。"
    ]
    there = shown.replaces
    if there is None:
        lines.append("现在这里没有数据。")
    elif there.cases is None or there.events is None:
        lines.append("现在的数据打不开。")
    else:
        lines.append(f"现在的数据：{_amount(there.cases, there.events, there.last_event)}。")
    if shown.hindering:
        lines.append(f"这份备份没有通过核对，不能恢复：{shown.hindering[0].message}")
        return tuple(lines)
    lines += [f"备份时就有的问题：{problem.message}" for problem in shown.problems[:3]]
    lines.append(
        "恢复以后，备份之后登记的内容不在里面；现在的数据不会删除，原样放进数据文件夹的"
        " before-restore-日期-时间。"
    )
    lines.append("恢复时窗口会关上，完成后用备份那天的密码重新登录。")
    return tuple(lines)


def _amount(cases: int, events: int, last: str | None) -> str:
    return f"{cases:,} 件，{events:,} 条记录" + (f"，最后一条记于 {_moment(last)}" if last else "")


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
