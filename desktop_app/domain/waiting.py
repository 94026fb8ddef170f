"""What is known of a wait for another seat that is writing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since so many `seconds`, of `most`; who is writing and what that is called, each empty where nobody knows."""

    seconds: float
    most: float
    user: str = ""
    doing: str = ""

    @property
    def for_whom(self) -> str:
        """``王敏的“导入留言”做完``, ``王敏保存完``, ``另一个席位保存完``: after “正在等”."""
        who = self.user or "另一个席位"
        return f"{who}的“{self.doing}”做完" if self.doing else f"{who}保存完"


def minutes_words(seconds: float) -> str:
    """``2 分钟``, ``0.5 秒``."""
    whole = round(seconds)
    return f"{whole // 60} 分钟" if whole >= 60 and whole % 60 == 0 else f"{seconds:g} 秒"
