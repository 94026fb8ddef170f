"""The command line: global options, one module a group of commands, exit codes (docs/command-line.md).

0 done; 1 the rules refuse it; 2 the call cannot be understood; 3 the data are damaged or locked, or the password
is wrong. Only the module of the command that is called is imported, so that quick commands stay quick.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.cli.console import Console
from desktop_app.errors import BadData, Cancelled, Refusal, StorageProblem

DONE, REFUSED, MISUSED, DAMAGED = 0, 1, 2, 3

_MODULES = {
    "deadline": "deadline",
    "init": "founding",
    "demo": "founding",
    "users": "users",
    "units": "units",
    "import": "intake",
    "list": "register",
    "show": "register",
    "todo": "register",
    "suggest": "suggest",
    "duties": "duties",
    "act": "steps",
    "actions": "steps",
    "replay": "replay",
    "attach": "files",
    "scans": "scans",
    "returned": "returned",
    "forms": "papers",
    "form": "papers",
    "papers": "issued_papers",
    "ledger": "ledger",
    "stats": "statistics",
    "archive": "archive",
    "dispose": "disposal",
    "bulletin": "bulletin",
    "appraisal": "appraisal",
    "calendar": "calendar",
    "journal": "journal",
    "verify": "upkeep",
    "backup": "upkeep",
    "restore": "restoring",
    "recover": "restoring",
    "move": "moving",
}

_NOT_DAMAGED = {"office_exists": REFUSED, "moved": REFUSED, "file_not_writable": MISUSED}
"""What storage complains of though no data are damaged or locked: an office where a new one was wanted, a target
that cannot be written to."""

FIRST_YEAR, LAST_YEAR = 1901, 2100
"""Of which the lunar table and so the statutory holidays are known."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Misuse(Exception):
    """The call cannot be understood."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misuse(f"{_in_chinese(message)}；用法：{' '.join(self.format_usage().split()[1:])}")


def main(arguments: Sequence[str], open_window: Callable[[Path | None, date | None], int]) -> int:
    """Run one command and return its exit code. Without a command `open_window` is called with the data folder."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    console = Console("--json" in arguments)
    try:
        _check_readable(arguments)
        parsed = _parser(arguments).parse_args(list(arguments))
        parsed.open_window = open_window
        if hasattr(parsed, "run"):
            return int(parsed.run(parsed, console))
        folder = _office_folder(parsed.data) if hasattr(parsed, "data") else None
        return open_window(folder, getattr(parsed, "today", None))
    except Misuse as error:
        console.error("usage", str(error))
        return MISUSED
    except Refusal as refusal:
        console.error(refusal.code, refusal.message, refusal.clause, refusal.remedy)
        return REFUSED
    except BadData as fault:
        console.error(fault.code, fault.message)
        return REFUSED if fault.code == "unknown_value" else MISUSED
    except StorageProblem as problem:
        console.error(problem.code, problem.message, None, problem.remedy)
        return _NOT_DAMAGED.get(problem.code, DAMAGED)
    except (Cancelled, KeyboardInterrupt):
        console.error("cancelled", "已取消，没有改动任何数据。")
        return REFUSED
    except BrokenPipeError:
        return DONE
    except Exception as error:
        return _bug(error, console, arguments)


def _office_folder(given: str) -> Path:
    from desktop_app.services import office_place

    return office_place.folder_of(given)


def _check_readable(arguments: Sequence[str]) -> None:
    """Words that the shell gave in another encoding would be kept as rubbish."""
    for word in arguments:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise Misuse(f"参数不是 UTF-8 文字：{word.encode('utf-8', 'replace').decode()}")


def _bug(error: Exception, console: Console, arguments: Sequence[str]) -> int:
    console.error("internal_error", bug_reported(error, _data_folder_of(arguments)))
    return DAMAGED


def bug_reported(error: Exception, folder: Path | None) -> str:
    """Anything else is ours: a report goes to a file, beside the data of `folder`; the sentence for the user."""
    from desktop_app.log import report_bug

    saved = report_bug(error, folder)
    return f"程序出错，未完成的改动没有保存；错误报告存于 {saved}。"


def _data_folder_of(arguments: Sequence[str]) -> Path | None:
    """The folder of `--data` where there is one on disk; a report must not bring a folder about."""
    for position, word in enumerate(arguments):
        given = word.removeprefix("--data=") if word.startswith("--data=") else None
        if word == "--data" and position + 1 < len(arguments):
            given = arguments[position + 1]
        if given is not None and Path(given).is_dir():
            return Path(given)
    return None


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    shared = _global_options()
    parser = _Parser(
        "liuyan", description="留言办：人民网领导留言板办理工作", parents=[shared], allow_abbrev=False
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=_with(shared))
    for name in _modules_wanted(arguments):
        importlib.import_module(f"desktop_app.cli.{name}").add_commands(commands)
    return parser


def _modules_wanted(arguments: Sequence[str]) -> list[str]:
    """The module of the command that stands in the call; none for the window, all where help is asked for."""
    named = _command_of(arguments)
    if named in _MODULES:
        return [_MODULES[named]]
    if named is not None:
        raise Misuse(f"没有“{named}”这个命令；可用：{'、'.join(_MODULES)}")
    return list(dict.fromkeys(_MODULES.values())) if {"-h", "--help"} & set(arguments) else []


def _command_of(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value: `--data demo list` asks for the list."""
    skipping = False
    for word in arguments:
        if skipping:
            skipping = False
        elif word in _TAKE_A_VALUE:
            skipping = True
        elif not word.startswith("-"):
            return word
    return None


def _with(shared: argparse.ArgumentParser) -> type[argparse.ArgumentParser]:
    """A parser class whose instances understand the global options too: they may stand after the command."""

    class Command(_Parser):
        def __init__(self, **kwargs: Any) -> None:
            kwargs["parents"] = [*kwargs.get("parents", []), shared]
            super().__init__(**{**kwargs, "allow_abbrev": False})
            self._in_two_rounds = False

        def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
            """Options first, then the words: `act 2026-0001 accept --on 2026-09-18 category=投诉` reads as meant."""
            if self._in_two_rounds or any(action.nargs == argparse.PARSER for action in self._actions):
                return super().parse_known_args(args, namespace)
            self._in_two_rounds = True
            try:
                return self.parse_known_intermixed_args(args, namespace)
            finally:
                self._in_two_rounds = False

    return Command


_TAKE_A_VALUE = frozenset(("--data", "--user", "--password-file", "--today"))


def _global_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--data", metavar="DIR", help="数据文件夹")
    options.add_argument("--user", metavar="NAME", help="用户名")
    options.add_argument("--password-file", metavar="FILE", help="密码文件；- 为标准输入")
    options.add_argument(
        "--today", metavar="DATE", type=countable_date, help="当作今天的日期（培训、试验用）"
    )
    options.add_argument("--json", action="store_true", help="以 JSON 答复")
    return options


def iso_date(text: str) -> date:
    """An argument that is a date."""
    try:
        if _ISO.fullmatch(text) is None:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是 2026-10-09 这样的日期") from None


def countable_date(text: str) -> date:
    """A day on which the desk can be looked at: beyond these years there is no calendar to count by."""
    day = iso_date(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"只能是 {FIRST_YEAR} 年至 {LAST_YEAR} 年的日期：{text}")
    return day


def _in_chinese(message: str) -> str:
    """argparse's own sentences in the user's language."""
    for english, chinese in (
        ("unrecognized arguments: ", "不认识的参数："),
        ("the following arguments are required: ", "缺少："),
        ("expected one argument", "后面要有一个值"),
        ("expected at least one argument", "后面至少要有一个值"),
        ("invalid choice: ", "不能是 "),
        ("choose from ", "可选 "),
        ("invalid int value: ", "应为整数，不能是 "),
        ("argument ", "参数 "),
        ("one of the arguments ", "以下参数须有一个："),
        (" is required", ""),
        ("not allowed with argument ", "不能同时用 "),
    ):
        message = message.replace(english, chinese)
    return message
