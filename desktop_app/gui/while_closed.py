"""What can only be done while no window has the data open: a restore, another data key; and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.errors import LiuyanError

if TYPE_CHECKING:
    from desktop_app.services.data_key import Renewed
    from desktop_app.services.moving import Moved
    from desktop_app.services.restoration import Restored


@dataclass(frozen=True, slots=True)
class WhileClosed:
    """`title` stands in the window meanwhile; `act` does it and returns what to say: it went well, or everything is as
    it was. It raises no LiuyanError."""

    title: str
    act: Callable[[], str]


def restoring(restore: Callable[[], Restored]) -> WhileClosed:
    """Putting a backup in the place of the data."""

    def act() -> str:
        try:
            done = restore()
        except LiuyanError as error:
            return f"没有恢复，数据没有改动：{error.message}{getattr(error, 'remedy', None) or ''}"
        kept = f"原来的数据原样放在数据文件夹的 {done.kept.name} 里。" if done.kept is not None else ""
        return f"已恢复：{done.cases:,} 件，{done.events:,} 条记录。{kept}请用备份那天的密码登录。"

    return WhileClosed("正在恢复备份", act)


def renewing(renew: Callable[[], Renewed]) -> WhileClosed:
    """Putting everything under another data key."""

    def act() -> str:
        try:
            done = renew()
        except LiuyanError as error:
            return f"没有更换密钥，数据没有改动：{error.message}{getattr(error, 'remedy', None) or ''}"
        words = f"数据密钥已更换，{done.attachments:,} 个附件已重新加密；各人的密码不变。"
        if done.lost:
            words += f"有 {len(done.lost)} 个附件更换前就打不开，请运行 verify 查看。"
        if done.still_old:
            words += (
                f"数据文件夹里还有 {len(done.still_old)} 份旧密钥下的备份，那时的密码打得开，不要的请删除。"
            )
        return words + done.fault

    return WhileClosed("正在更换数据密钥", act)


def moving(move: Callable[[], Moved]) -> WhileClosed:
    """Taking the office to a server, where this seat finds it from then on."""

    def act() -> str:
        try:
            done = move()
        except LiuyanError as error:
            return f"没有搬，这里的数据没有改动：{error.message}{getattr(error, 'remedy', None) or ''}"
        return (
            f"已搬到服务器：{done.cases:,} 件，{done.events:,} 条记录，逐行比对相同并已核验。用户和密码不变。"
            "其他席位怎样连接，登录以后在“设置 → 数据所在”。"
        )

    return WhileClosed("正在搬到服务器", act)
