"""Six roles in six hands, each tried on every command; what is let through is what docs/command-line.md says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.cli import main as command_line
from desktop_app.domain.users import Role
from desktop_app.services import accounts, backups, office
from desktop_app.storage import keyring
from tests.cli.offices import (
    DATA,
    FIRST,
    PASSWORD,
    QUICK,
    Cli,
    Office,
    T,
    found_quickly,
    make_passwords_quick,
)

ROOT = Path(__file__).parents[2]
PEOPLE = {
    "周经办": Role.OPERATOR,
    "李审核": Role.REVIEWER,
    "钱领导": Role.VIEWER,
    FIRST: Role.ADMINISTRATOR,
    "孙保密": Role.SECURITY,
    "吴审计": Role.AUDITOR,
}
NOBODY = "无此人"
"""Whom no command finds: who may do it hears of that, and nothing changes."""


@dataclass(frozen=True)
class Place:
    """A separated office with one case that was replied to, and a backup of it."""

    there: Office
    number: str
    backup: Path
    new_password: Path


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("six") / "office"
    found_quickly(folder, T)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(keyring.add_user.__kwdefaults__ or {}, "cost", QUICK)
        session = office.enter(folder, FIRST, PASSWORD)
        for name, role in PEOPLE.items():
            if name != FIRST:
                accounts.add_user(session, name, {role}, PASSWORD)
        accounts.separate_roles(session)
        backups.back_up(session)
        session.close()
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path, cli: Cli, password: Path) -> Place:
    shutil.copytree(template, tmp_path / "office")
    there = Office(tmp_path / "office", T, cli, password)
    new = tmp_path / "new-password"
    new.write_text("xin-de-mi-ma-2027", encoding="utf-8")
    (number,) = there.ok(
        "import", there.sheet([{"留言主题": "路灯不亮", "留言详情": "坏了半个月"}]), user="周经办"
    )["numbers"]
    (file,) = (there.folder / "backups").iterdir()
    return Place(there, number, Path(shutil.copy(file, tmp_path / "a.backup")), new)


Words = Callable[[Place, Path], tuple[object, ...]]

EVERY: dict[str, Words] = {
    "list": lambda at, out: ("list",),
    "show": lambda at, out: ("show", at.number),
    "show --reveal": lambda at, out: ("show", at.number, "--reveal", "--reason", "核对"),
    "todo": lambda at, out: ("todo",),
    "duties": lambda at, out: ("duties",),
    "suggest": lambda at, out: ("suggest", at.number),
    "bulletin": lambda at, out: (
        "bulletin",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31",
        "-o",
        out / "通报.docx",
    ),
    "appraisal": lambda at, out: ("appraisal", "--year", "2026", "-o", out / "考核.xlsx"),
    "archive": lambda at, out: ("archive", at.number, "-o", out / "案卷"),
    "dispose": lambda at, out: ("dispose", at.number, "--reason", "期满", "--decided-by", "主任"),
    "duties settle": lambda at, out: ("duties", "settle", "bulletin", "2026-Q1"),
    "duties reopen": lambda at, out: ("duties", "reopen", "bulletin", "2026-Q1"),
    "duties every": lambda at, out: ("duties", "every", "bulletin", "month"),
    "ledger": lambda at, out: ("ledger", "-o", out / "台账.xlsx"),
    "ledger --unmasked": lambda at, out: (
        "ledger",
        "-o",
        out / "台账.xlsx",
        "--unmasked",
        "--reason",
        "核对",
    ),
    "papers list": lambda at, out: ("papers", "list"),
    "papers register": lambda at, out: ("papers", "register", "-o", out / "登记簿.xlsx"),
    "papers void": lambda at, out: ("papers", "void", "通民盼督〔2026〕1号", "--reason", "卡纸"),
    "form": lambda at, out: ("form", at.number, "slip", "-o", out / "承办单.docx"),
    "attach": lambda at, out: ("attach", at.number, at.new_password, "--as", "other"),
    "scans": lambda at, out: ("scans", out, "--dry-run"),
    "stats": lambda at, out: ("stats", "--from", "2026-01-01", "--to", "2026-12-31"),
    "import": lambda at, out: ("import", at.there.sheet([{"留言主题": "路"}], "再来.csv"), "--dry-run"),
    "import undo": lambda at, out: ("import", "undo", "99"),
    "units list": lambda at, out: ("units", "list"),
    "units import": lambda at, out: ("units", "import", DATA / "units.csv"),
    "calendar show": lambda at, out: ("calendar", "show", "2026"),
    "calendar undo": lambda at, out: ("calendar", "undo", "2027"),
    "verify": lambda at, out: ("verify",),
    "backup": lambda at, out: ("backup",),
    "restore": lambda at, out: ("restore", at.backup, "--dry-run"),
    "recover": lambda at, out: ("recover", "-o", out / "救出"),
    "move": lambda at, out: ("move", "--to", at.there.folder),
    "journal": lambda at, out: ("journal",),
    "users list": lambda at, out: ("users", "list"),
    "users rules": lambda at, out: ("users", "rules"),
    "users rules（设定）": lambda at, out: ("users", "rules", "--idle-minutes", "5"),
    "users add": lambda at, out: ("users", "add", "新来的人", "--new-password-file", at.new_password),
    "users remove": lambda at, out: ("users", "remove", NOBODY),
    "users readmit": lambda at, out: ("users", "readmit", NOBODY, "--new-password-file", at.new_password),
    "users role": lambda at, out: ("users", "role", NOBODY, "--role", "经办"),
    "users separate": lambda at, out: ("users", "separate"),
    "users password（别人的）": lambda at, out: (
        "users",
        "password",
        NOBODY,
        "--new-password-file",
        at.new_password,
    ),
    "自己的密码": lambda at, out: ("users", "password", "--new-password-file", at.there.password),
    "users unlock": lambda at, out: ("users", "unlock", NOBODY),
    "users recovery-codes": lambda at, out: ("users", "recovery-codes"),
    "users renew-key": lambda at, out: ("users", "renew-key"),
}
"""One call of each; where it is let through, it may still come to nothing for another reason."""

STEPS = {
    "审核": ("pass-review", "by=主任", "public=yes"),
    "其余步骤": ("accept", "category=投诉"),
    "更正": ("correct", "event=1", "reason=写错"),
}


def allowed(at: Place, out: Path, user: str, words: tuple[object, ...]) -> bool:
    answer = at.there.call(*(str(word) for word in words), user=user)
    assert answer.out, (words, answer.err)
    if answer.code == 0 or not answer.out.startswith('{"error"'):
        return True
    assert answer.error["code"] not in ("internal_error", "wrong_password"), (user, words, answer.error)
    return bool(answer.error["code"] != "not_allowed_for_role")


def tried(at: Place, out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[bool, ...]]:
    """Every command by every role."""
    make_passwords_quick(monkeypatch)
    everything = dict(EVERY)
    for title, step in STEPS.items():
        everything[title] = lambda at, out, step=step: ("act", at.number, *step)  # type: ignore[misc]
    found: dict[str, tuple[bool, ...]] = {}
    for title, words in everything.items():
        done = []
        for place, user in enumerate(PEOPLE):
            room = out / f"{len(found)}-{place}"
            room.mkdir()
            done.append(allowed(at, room, user, words(at, room)))
        found[title] = tuple(done)
    return found


def told() -> Iterator[tuple[str, tuple[bool, ...]]]:
    """What the page says, by command: ``✓``, or with how far it goes."""
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    table = re.search(r"^\| \| 经办 \| 审核 .*\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.M)
    assert table is not None
    for line in table[1].splitlines():
        title, *marks = (cell.strip() for cell in line.strip("|").split("|"))
        held = tuple(bool(mark) for mark in marks)
        for name in re.split(r"、|(?<=`) (?=`)", title.replace("`（", "（").replace("）、", "）、")):
            yield name.replace("`", ""), held


def test_the_six_roles_may_do_what_the_page_says(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    page, found = dict(told()), tried(place, out, monkeypatch)
    print(as_table(found))
    wrong = {title: (page.get(title), done) for title, done in found.items() if page.get(title) != done}
    assert wrong == {}


def test_every_command_that_enters_an_office_is_tried_or_tried_elsewhere() -> None:
    open_to_all = {"init", "demo", "deadline", "actions", "forms"}
    elsewhere = {"act", "replay", "returned"}
    tried_here = {title.split(" ")[0] for title in EVERY}
    assert set(command_line._MODULES) - open_to_all - elsewhere - tried_here == set()


def as_table(found: dict[str, tuple[bool, ...]]) -> str:
    """The matrix as it was found, for whoever reads the output of the test (-s)."""
    head = "| | " + " | ".join(role.label for role in PEOPLE.values()) + " |"
    rows = [
        f"| {title} | " + " | ".join("✓" if one else "" for one in done) + " |"
        for title, done in found.items()
    ]
    return "\n".join([head, *rows])
