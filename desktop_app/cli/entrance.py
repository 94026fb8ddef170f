"""Entering the office from the command line: which folder, who, and the password."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.cli.main import Misuse
from desktop_app.domain.waiting import Waiting, minutes_words
from desktop_app.services import office_place

if TYPE_CHECKING:
    from desktop_app.services.session import Session


def data_folder(arguments: argparse.Namespace) -> Path:
    """The folder of `--data`, which may point to a server; else the platform's."""
    given = getattr(arguments, "data", None)
    if given is None:
        return paths.default_data_folder()
    folder = office_place.folder_of(given)
    in_the_way = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if in_the_way.is_file():
        raise Misuse(f"--data 应是数据文件夹；{in_the_way} 是文件")
    return folder


def today(arguments: argparse.Namespace) -> date | None:
    fixed: date | None = getattr(arguments, "today", None)
    return fixed


def user_name(arguments: argparse.Namespace) -> str:
    name = getattr(arguments, "user", None)
    if not name:
        raise Misuse("须用 --user 写明用户名")
    return str(name)


def read_password(file: str | None, prompt: str = "密码：", option: str = "--password-file") -> str:
    """From a file (`-` is standard input), one trailing newline stripped; else asked at the terminal.

    option: what names the file, for the word on it where there is neither.
    """
    if file is not None:
        try:
            given = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            return _stripped(given.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise Misuse(f"不能读取密码文件 {file}（应为 UTF-8 文字）") from error
    if not sys.stdin.isatty():
        raise Misuse(f"须用 {option} 给出密码")
    import getpass

    return getpass.getpass(prompt)


def warn_of_weakness(password: str) -> None:
    """A sentence beside the answer; nothing is refused for it."""
    from desktop_app.domain.passwords import weakness

    found = weakness(password)
    if found:
        print(f"提醒：这个密码{found}建议换一个。", file=sys.stderr)


def _stripped(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


@contextmanager
def open_office(
    arguments: argparse.Namespace, checked: bool = True, moved_too: bool = False
) -> Iterator[Session]:
    """The session of `--user`, closed at the end; `checked`, `moved_too` as in `office.enter`."""
    folder = data_folder(arguments)
    name = user_name(arguments)
    password = read_password(getattr(arguments, "password_file", None))
    from desktop_app.services import office, pc_clock

    session = office.enter(folder, name, password, today(arguments), checked, moved_too=moved_too)
    session.tell_waits(_wait_teller())
    try:
        doubt = pc_clock.doubt_on_entering(session)
        if doubt is not None:
            print(doubt.words, file=sys.stderr)
        yield session
    finally:
        session.close()


def _wait_teller() -> Callable[[Waiting | None], None]:
    """Says on standard error, once a wait, that another seat is waited for; on a terminal, how to give up."""
    told: set[tuple[str, str]] = set()

    def tell(waiting: Waiting | None) -> None:
        if waiting is None:
            told.clear()
        elif (waiting.user, waiting.doing) not in told:
            told.add((waiting.user, waiting.doing))
            stop = "（按 Ctrl+C 不等了）" if sys.stderr.isatty() else ""
            most = minutes_words(waiting.most)
            print(f"正在等{waiting.for_whom}，最多等 {most}……{stop}", file=sys.stderr, flush=True)

    return tell
