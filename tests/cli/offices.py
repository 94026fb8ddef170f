"""Offices to try the command line on: real and encrypted, with passwords that are quick to try."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main
from desktop_app.documents.unit_files import read_units
from desktop_app.domain.users import Role, User
from desktop_app.services import office
from desktop_app.services.session import OfficeClock
from desktop_app.storage import keyring, recovery_codes
from tests.engines import place

X, T = "xizang-2017", "tongliao-2023"
BOTH = (X, T)
TODAY = "2026-10-30"
PASSWORD = "gou-chang-de-mi-ma"
QUICK = keyring.Cost(time=1, memory_kib=8, lanes=1)

FIRST = "王敏"
"""Operator, reviewer and administrator of the one-person office."""
USERS = {
    "周经办": frozenset((Role.OPERATOR,)),
    "李审核": frozenset((Role.REVIEWER,)),
    "钱领导": frozenset((Role.VIEWER,)),
    "孙管理": frozenset((Role.ADMINISTRATOR,)),
}
DATA = Path(__file__).parent.parent / "data"

COLUMNS = ("留言编号", "留言用户", "联系方式", "留言主题", "留言详情", "留言时间", "收件日期")


@dataclass(frozen=True)
class Answer:
    """What one call gave: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.document["error"]
        return error


class Windows:
    """Stands for the window: remembers with what it was opened."""

    def __init__(self) -> None:
        self.opened: list[tuple[Path | None, date | None]] = []

    def __call__(self, folder: Path | None, today: date | None) -> int:
        self.opened.append((folder, today))
        return 0


@dataclass
class Cli:
    """The program as called from a shell, in this process."""

    capsys: pytest.CaptureFixture[str]
    window: Windows = field(default_factory=Windows)

    def __call__(self, *words: str | Path) -> Answer:
        self.capsys.readouterr()
        try:
            code = main([str(word) for word in words], self.window)
        except SystemExit as stopped:  # --help
            code = int(stopped.code or 0)
        captured = self.capsys.readouterr()
        return Answer(code, captured.out, captured.err)


class Office:
    """One office in its own folder, and the program called on it as one of its users."""

    def __init__(self, folder: Path, regulation: str, cli: Cli, password: Path) -> None:
        self.folder = folder
        self.regulation = regulation
        self.cli = cli
        self.password = password
        self.today = TODAY
        self._messages = 0

    def options(self, user: str = FIRST, json_wanted: bool = True) -> list[str]:
        words = ["--data", str(self.folder), "--user", user, "--password-file", str(self.password)]
        words += ["--today", self.today] if self.today else []
        return words + (["--json"] if json_wanted else [])

    def call(self, *words: str | Path, user: str = FIRST, json_wanted: bool = True) -> Answer:
        return self.cli(*words, *self.options(user, json_wanted))

    def ok(self, *words: str | Path, user: str = FIRST) -> Any:
        """The document of a call that must succeed."""
        answer = self.call(*words, user=user)
        assert answer.code == 0, answer.out or answer.err
        return answer.document

    def refused(self, *words: str | Path, user: str = FIRST) -> tuple[str, str | None]:
        """Code and clause of a call that the rules must refuse."""
        answer = self.call(*words, user=user)
        assert answer.code == 1, answer.out or answer.err
        error = answer.error
        assert set(error) == {"code", "message", "clause"} and error["message"]
        return error["code"], error["clause"]

    def act(self, number: str, action: str, on: str | None = None, user: str = FIRST, **keys: str) -> Any:
        return self.ok(*self._act(number, action, on, keys), user=user)

    def act_refused(
        self, number: str, action: str, on: str | None = None, user: str = FIRST, **keys: str
    ) -> tuple[str, str | None]:
        return self.refused(*self._act(number, action, on, keys), user=user)

    @staticmethod
    def _act(number: str, action: str, on: str | None, keys: Mapping[str, str]) -> list[str]:
        words = ["act", number, action, *(f"{key}={value}" for key, value in keys.items())]
        return words + (["--on", on] if on is not None else [])

    def sheet(self, rows: Sequence[Mapping[str, str]], name: str = "留言.csv") -> Path:
        """A file of messages; columns as given, in the order of COLUMNS and then as they come."""
        known = [column for column in COLUMNS if any(column in row for row in rows)]
        header = list(dict.fromkeys([*known, *(column for row in rows for column in row)]))
        file = self.folder.parent / name
        with file.open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.DictWriter(lines, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return file

    def message(self, received: str = "2026-09-18", **columns: str) -> str:
        """Register one invented message and return its number."""
        self._messages += 1
        given = {
            "留言编号": f"{700_000 + self._messages}",
            "留言用户": "常乐",
            "留言主题": f"第 {self._messages} 条：路灯不亮",
            "留言详情": f"第 {self._messages} 条。小区东门外的路灯坏了半个月，夜里看不清路。",
            "收件日期": received,
            **columns,
        }
        (number,) = self.ok("import", self.sheet([given]))["numbers"]
        return str(number)

    def accepted(self, **columns: str) -> str:
        number = self.message(**columns)
        self.act(number, "accept", "2026-09-18", category="投诉")
        return number

    def dispatched(self, lead: str = "教育局", **columns: str) -> str:
        number = self.accepted(**columns)
        self.act(number, "dispatch", "2026-09-19", lead=lead)
        return number

    def received(self, **columns: str) -> str:
        number = self.dispatched(**columns)
        self.act(number, "receive", "2026-09-21", manner="签收")
        return number

    def replied(self, on: str = "2026-09-24", text: str = "已更换灯具并恢复照明。", **columns: str) -> str:
        number = self.received(**columns)
        self.act(number, "reply", on, **reply_keys(text))
        return number

    def reviewed(self, public: str = "yes", **columns: str) -> str:
        """Passed review, and signed off where the regulation asks for it."""
        number = self.replied(**columns)
        reason = {} if public == "yes" else {"private_reason": "个人隐私"}
        self.act(number, "pass-review", "2026-09-24", by="主任", public=public, **reason)
        if self.regulation == X:
            self.act(number, "sign-off", "2026-09-24", by="秘书长")
        return number

    def show(self, number: str) -> Any:
        return self.ok("show", number)

    def verified(self) -> Any:
        document = self.ok("verify")
        assert document["ok"] and document["problems"] == []
        return document


def reply_keys(text: str = "已更换灯具并恢复照明。") -> dict[str, str]:
    return {
        "text": text,
        "signer": "雷局长",
        "stamped": "yes",
        "handler": "韦科员",
        "phone": "0475-0000104",
    }


def found_quickly(folder: Path, regulation: str) -> None:
    """A new office whose first user's password is quick to try, and never was slow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keyring, "create_keyring", partial(keyring.create_keyring, cost=QUICK))
        office.found(place(folder), "某市督查室", regulation, FIRST, PASSWORD, OfficeClock(date(2026, 9, 1)))
    key = keyring.unlock(folder, FIRST, PASSWORD)
    keyring.change_password(folder, key, FIRST, PASSWORD, cost=QUICK)


def make_passwords_quick(patch: pytest.MonkeyPatch) -> None:
    """Whatever password or code is set from now on is quick to try."""
    for function in (
        keyring.add_user,
        keyring.change_password,
        recovery_codes.set_codes,
        recovery_codes.set_password_by_codes,
    ):
        patch.setitem(function.__kwdefaults__, "cost", QUICK)


def make_template(folder: Path, regulation: str) -> None:
    """An office with its units and a user for each role; made once, copied for each test."""
    found_quickly(folder, regulation)
    session = office.enter(folder, FIRST, PASSWORD, date(2026, 9, 1))
    try:
        with session.change() as work:
            for name, roles in USERS.items():
                work.users.put(User(name, roles, created="2026-09-01T08:00:00.000+08:00"))
                keyring.add_user(folder, session.database.key, name, PASSWORD, cost=QUICK)
        office.bring_in_units(session, read_units(DATA / "units.csv"))
    finally:
        session.database.close()
