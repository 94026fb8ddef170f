"""`liuyan init` and `liuyan demo`: a new office, empty or with sample cases."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import data_folder, read_password, today, warn_of_weakness
from desktop_app.cli.main import Misuse
from desktop_app.services import office_place

if TYPE_CHECKING:
    from desktop_app.services.sample_office import Sample

_REGULATION = "tongliao-2023"
_MOST_CASES = 100_000


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="建立一个新的空单位")
    init.add_argument("--office", required=True, metavar="NAME", help="单位名称")
    init.add_argument("--regulation", required=True, metavar="ID", help="办法的编号")
    init.add_argument("--admin", required=True, metavar="NAME", help="第一个用户")
    init.set_defaults(run=run_init)
    demo = commands.add_parser("demo", help="建立示例单位")
    demo.add_argument("--no-window", action="store_true", help="只建立，不打开窗口")
    demo.add_argument("--year", type=_year, metavar="Y", help="改为建立讲完这一年的样例年度")
    demo.add_argument("--cases", type=_cases, metavar="N", help="样例年度的件数，默认 5000")
    demo.add_argument("--regulation", metavar="ID", help="样例年度的办法，默认 tongliao-2023")
    demo.add_argument("--seed", type=int, metavar="S", help="样例年度的种子，相同的种子讲同一年，默认 1")
    demo.set_defaults(run=run_demo)


def _year(text: str) -> int:
    if not text.isdigit() or not 2000 <= int(text) <= 2099:
        raise argparse.ArgumentTypeError(f"年份应为四位数字（如 2026），现为“{text}”")
    return int(text)


def _cases(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= _MOST_CASES:
        raise argparse.ArgumentTypeError(f"件数应为 1 至 {_MOST_CASES} 的整数，现为“{text}”")
    return int(text)


def run_init(arguments: argparse.Namespace, console: Console) -> int:
    password = read_password(getattr(arguments, "password_file", None), "为第一个用户设置密码：")
    from desktop_app.services import office
    from desktop_app.services.session import OfficeClock

    founded = office.found(
        data_folder(arguments),
        arguments.office,
        arguments.regulation,
        arguments.admin,
        password,
        OfficeClock(today(arguments)),
    )
    warn_of_weakness(password)
    document = {
        "data": office_place.shown(founded.folder),
        "office": founded.office,
        "regulation": founded.regulation,
        "admin": founded.admin,
    }
    if founded.seat_address:
        document["seat_address"] = founded.seat_address
    console.answer(document, _founded_words)
    return 0


def _founded_words(document: Any) -> str:
    words = (
        f"已在 {document['data']} 建立“{document['office']}”，第一个用户是“{document['admin']}”。"
        "请用 users recovery-codes 制作两人恢复码：密码都忘了的时候，只有它能打开数据。"
    )
    if "seat_address" in document:
        words += f"\n其他席位用这个地址连接（它只能到登录为止，看不到任何数据）：{document['seat_address']}"
    return words


def run_demo(arguments: argparse.Namespace, console: Console) -> int:
    folder = data_folder(arguments)
    made = _made(arguments, folder)
    document = {
        "data": office_place.shown(made.folder),
        "cases": made.cases,
        "users": [{"name": user.name, "password": user.password, "role": user.role} for user in made.users],
    }
    console.answer(document, _demo_table)
    if arguments.no_window:
        return 0
    return int(arguments.open_window(folder, today(arguments)))


def _made(arguments: argparse.Namespace, folder: Path) -> Sample:
    """The sample office of today, or that of a whole year."""
    given = {name: getattr(arguments, name) for name in ("cases", "regulation", "seed")}
    if arguments.year is None:
        alone = next((name for name, value in given.items() if value is not None), None)
        if alone is not None:
            raise Misuse(f"--{alone} 只能与 --year 一起用")
        from desktop_app.services import sample_office

        return sample_office.make(folder, today(arguments))
    from desktop_app.services import sample_year

    wanted = sample_year.YearWanted(
        regulation=arguments.regulation or _REGULATION,
        year=arguments.year,
        cases=arguments.cases or sample_year.CASES,
        seed=arguments.seed if arguments.seed is not None else sample_year.SEED,
        until=today(arguments),
    )
    return sample_year.make(folder, wanted, _progress)


def _progress(done: int, total: int) -> bool:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done:,} / {total:,}", end=end, file=sys.stderr, flush=True)
    return True


def _demo_table(document: Any) -> str:
    users = [["用户", "密码", "角色"]]
    users += [[user["name"], user["password"], user["role"]] for user in document["users"]]
    return f"示例单位在 {document['data']}，共 {document['cases']} 件。\n{columns(users)}"
