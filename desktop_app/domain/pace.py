"""How long a job still takes, told from how fast it went so far."""

from __future__ import annotations

from dataclasses import dataclass, field

_FROM_SECONDS = 3.0
"""Before that the beginning, slower or quicker than the rest, would be all there is to judge by."""
_FEW = 60.0


@dataclass
class Pace:
    """Fed with seconds of any clock that runs on; tells the rest in words, rounded up, empty while it can't be told."""

    _began: tuple[float, int] | None = field(default=None)
    _last: int = 0

    def words(self, done: int, total: int, now: float) -> str:
        """``约还需 3 分钟``, after `done` of `total` at the second `now`."""
        if self._began is None or done < self._last or done == 0:
            self._began = now, done
        self._last = done
        spent, made = now - self._began[0], done - self._began[1]
        if spent < _FROM_SECONDS or made <= 0 or done >= total:
            return ""
        left = spent * (total - done) / made
        if left < _FEW:
            return "约还需不到 1 分钟"
        minutes = -int(-left // 60)
        if minutes < 60:
            return f"约还需 {minutes} 分钟"
        return f"约还需 {minutes // 60} 小时 {minutes % 60} 分钟"
