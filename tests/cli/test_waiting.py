"""While another seat writes, a command waits, says for whom, and is done as soon as it can be."""

from __future__ import annotations

import pytest

from desktop_app.cli.entrance import _wait_teller
from desktop_app.domain.waiting import Waiting


def test_it_is_said_once_for_whom_one_waits(capsys: pytest.CaptureFixture[str]) -> None:
    tell = _wait_teller()
    for seconds in (2, 4, 6):
        tell(Waiting(seconds, 120, "李四", "导入留言"))
    tell(Waiting(8, 120, "王敏"))
    tell(None)
    tell(Waiting(2, 120))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "正在等李四的“导入留言”做完，最多等 2 分钟……",
        "正在等王敏保存完，最多等 2 分钟……",
        "正在等另一个席位保存完，最多等 2 分钟……",
    ]
