"""docs/command-line.md and the program agree: commands, options, fields, steps, codes."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import main as command_line
from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.step_reading import required_keys
from desktop_app.services import regulations
from tests.cli.offices import BOTH, DATA, Cli, Office, T, X

ROOT = Path(__file__).parents[2]


@lru_cache
def page() -> str:
    return (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The text under a heading of that name, up to the next heading of any depth."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", page(), re.M | re.S)
    assert found is not None, heading
    return found[1]


def table(head: str) -> dict[str, str]:
    """First column without its marks → second column, of the table whose head begins with `head`."""
    found = re.search(rf"^\| {re.escape(head)} \|.*\n\|[-|]+\|\n((?:\|.*\n?)+)", page(), re.M)
    assert found is not None, head
    rows = (line.strip("| \n").split(" | ") for line in found[1].splitlines())
    return {row[0].strip("`"): row[1] for row in rows}


def named(words: str) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([a-z0-9_]+)`", words))


# ------------------------------------------------------------------ commands and options


def parsers() -> dict[str, argparse.ArgumentParser]:
    return dict(_named_parsers(command_line._parser(["--help"])))


def _named_parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Every option of a command and of its verbs, but the global ones."""
    own = {word for action in parser._actions for word in action.option_strings}
    for _, verb in _named_parsers(parser):
        own |= options_of(verb)
    return own - set(table("选项")) - {"-h", "--help", *GLOBAL}


GLOBAL = ("--data", "--user", "--password-file", "--today", "--json")


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    told = set(re.findall(r"^### ([a-z]+)$", page(), re.M))
    assert told == set(parsers()) == set(command_line._MODULES)


@pytest.mark.parametrize("command", sorted(command_line._MODULES))
def test_every_option_is_told_and_none_that_is_not_there(command: str) -> None:
    usage = "\n".join(line for line in section(command).splitlines() if line.startswith("    "))
    told = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", usage)) - set(GLOBAL)
    known = options_of(parsers()[command])
    if command == "ledger":
        known -= options_of(parsers()["list"])
        assert "同 list 的条件和排序" in usage
    assert told == known
    assert f"liuyan {command}" in usage
    for verb, _ in _named_parsers(parsers()[command]):
        assert f"liuyan {command} {verb}" in usage


def test_global_options_are_told() -> None:
    told = {word.split()[0] for word in table("选项")}
    assert told == set(GLOBAL)


# ------------------------------------------------------------------ fields


def test_fields_of_a_case_and_a_list(both: Office) -> None:
    number = both.replied()
    document = both.ok("list")
    assert set(document) == set(table("`list` 的字段"))
    (listed,) = document["cases"]
    fields = table("件的字段")
    assert set(listed) == set(fields)
    assert set(listed["citizen"]) == named(fields["citizen"])
    assert set(both.show(number)) == set(fields) | set(table("`show` 另有的字段"))


def test_fields_within_a_case(both: Office, tmp_path: Path) -> None:
    number = both.replied()
    both.ok("form", number, "slip", "-o", tmp_path / "slip.docx")
    both.ok("attach", number, tmp_path / "slip.docx", "--as", "scan")
    case = both.show(number)
    fields = table("`show` 另有的字段")
    assert set(case["assignments"][0]) == set(table("交办的字段"))
    assert set(case["open_items"][0]) == set(table("待办事项的字段"))
    assert set(case["papers"][0]) == named(fields["papers"])
    assert set(case["attachments"][0]) == named(fields["attachments"])
    assert set(case["allowed"][0]) == named(fields["allowed"])
    assert all(set(event) == set(table("记录的字段")) for event in case["events"])
    chain = table("证据链的字段")
    assert all(set(link) == set(chain) for link in case["evidence"])
    assert set(case["evidence"][0]["served"]) == named(chain["served"]) - {"null"}
    assert set(case["days"][0]) == named(fields["days"]) - {"null"}
    items = both.ok("todo")
    assert set(items) == {"date", "items"}
    assert set(items["items"][0]) == {"number", *table("待办事项的字段")} - {"closed_by"}
    assert {"date", "items", *items["items"][0]} <= named(section("todo"))


def test_fields_of_ratings_and_what_came_from_above(tongliao: Office) -> None:
    rated = {"留言编号": "1", "留言主题": "路灯不亮", "留言详情": "坏了半个月。"}
    rated |= {"收件日期": "2026-09-18", "解决程度": "5"}
    number = tongliao.ok("import", tongliao.sheet([rated]), "--source", "主席板块")["numbers"][0]
    handed = {"handed_down_by": "政研室", "upstream_due": "2026-10-20"}
    tongliao.act(number, "assess", "2026-09-19", demand="有明确规定", trend="yes", **handed)
    case, fields = tongliao.show(number), table("`show` 另有的字段")
    for name in ("ratings", "handed_down", "assessment"):
        assert set(case[name]) == named(fields[name]) - {"null"}


def test_fields_of_answers(tongliao: Office, tmp_path: Path) -> None:
    imported = tongliao.ok("import", DATA / "replay-messages.csv")
    assert set(imported) == set(table("`import` 的字段"))
    assert set(tongliao.ok("import", "undo", "1")) == set(table("`import undo` 的字段"))
    number = tongliao.accepted()
    done = tongliao.act(number, "dispatch", "2026-09-19", lead="教育局")
    assert set(done) == set(table("`act` 的字段"))
    form = tongliao.ok("form", number, "slip", "-o", tmp_path / "slip.docx")
    assert set(form) == set(table("`form` 的字段"))
    issued = tongliao.ok("papers", "list")
    assert set(issued) == set(table("`papers list` 的字段"))
    assert set(issued["papers"][0]) == set(table("文号的字段"))
    assert set(tongliao.ok("papers", "register", "-o", tmp_path / "b.docx")) == {"file", "rows"}
    voided = tongliao.ok("papers", "void", done["document"], "--reason", "印废")
    assert set(voided) == {"voided", "document", "cases"}
    attached = tongliao.ok("attach", number, tmp_path / "slip.docx", "--as", "scan")
    assert set(attached) == set(table("`attach` 的字段"))
    assert set(tongliao.ok("ledger", "-o", tmp_path / "a.xlsx")) == {"file", "rows"}
    assert set(tongliao.ok("verify")) == set(table("`verify` 的字段"))
    saved = tongliao.ok("backup")
    assert set(saved) == set(table("`backup` 的字段"))
    fields = table("`restore --dry-run` 的字段")
    shown = tongliao.ok("restore", saved["file"], "--dry-run")
    assert set(shown) == set(fields)
    assert set(shown["replaces"]) == named(fields["replaces"]) - {"null"}
    fields = table("`recover` 的字段")
    recovered = tongliao.ok("recover", "-o", tmp_path / "recovered")
    assert set(recovered) == set(fields)
    assert set(recovered["recovered"]) == named(fields["recovered"])
    assert set(tongliao.ok("restore", saved["file"])) == set(table("`restore` 的字段"))
    assert set(tongliao.ok("users", "list")[0]) == set(table("用户的字段"))
    assert set(tongliao.ok("units", "list")[0]) == set(table("单位的字段"))
    assert set(tongliao.ok("units", "import", DATA / "units.csv")) == {"imported", "units"}
    fields = table("`duties` 的字段")
    duties = tongliao.ok("duties")
    assert set(duties) == set(fields)
    assert set(duties["items"][0]) == named(fields["items"])
    assert set(tongliao.ok("duties", "settle", "通报期到", "2026-Q3")) == named(fields["settled"])
    assert set(tongliao.call("show", "2026-0404").error) == set(table("错误 `error` 的字段"))


def test_fields_of_rows_of_an_import(tongliao: Office) -> None:
    rows = [
        {"留言编号": "1", "留言主题": "路灯不亮", "留言详情": "小区东门外的路灯坏了半个月。"},
        {"留言编号": "1", "留言主题": "路灯不亮", "留言详情": "小区东门外的路灯坏了半个月。"},
        {"留言编号": "1", "留言主题": "校车太挤", "留言详情": "早上的校车站都站不下。"},
        {"留言编号": "2", "留言主题": "路灯不亮", "留言详情": "小区东门外的路灯坏了半个月。"},
    ]
    document = tongliao.ok("import", tongliao.sheet(rows))
    fields = table("`import` 的字段")
    for name in ("duplicates", "rejected", "suspected"):
        (one,) = document[name]
        assert set(one) == named(fields[name]) - {"null"}


def test_fields_that_need_no_office(cli: Cli, tmp_path: Path, password: Path) -> None:
    actions = cli("actions", "--regulation", T, "--json").document
    assert set(actions[0]) == set(table("步骤的字段"))
    assert set(actions[0]["keys"][0]) == named(table("步骤的字段")["keys"]) - {"null"}
    assert set(cli("forms", "--json").document[0]) == set(table("文书的字段"))
    deadline = cli("deadline", "--regulation", T, "--start", "2026-09-24", "--json").document
    assert set(deadline) == set(table("`deadline` 的字段"))
    assert set(deadline["days"][0]) == named(table("`deadline` 的字段")["days"]) - {"null"}
    words = ("init", "--office", "甲市", "--regulation", T, "--admin", "王敏", "--password-file", password)
    made = cli(*words, "--data", tmp_path / "office", "--json").document
    assert set(made) == set(table("`init` 的字段"))


# ------------------------------------------------------------------ steps


def test_the_table_of_steps_is_that_of_the_regulations() -> None:
    told = [line for line in section("步骤").splitlines() if line.startswith("| `")]
    assert told == list(step_rows(regulations.load(X), regulations.load(T)))


def step_rows(xizang: Regulation, tongliao: Regulation) -> Iterator[str]:
    both = {"X": xizang, "T": tongliao}
    for name in ACTIONS:
        rules = {letter: one.actions[name] for letter, one in both.items() if name in one.actions}
        if not rules:
            continue
        titles = "、".join(dict.fromkeys(rule.title for rule in rules.values()))
        ways = " | ".join(_way(one, name) for one in both.values())
        yield f"| `{name}` | {titles} | {_keys(name, rules)} | {ways} |"


def _keys(name: str, rules: dict[str, Any]) -> str:
    words = []
    for key in ACTIONS[name].keys:
        by = "".join(f"{letter}*" for letter, rule in rules.items() if key.name in required_keys(rule))
        words.append(f"`{key.name}`{'*' if key.required else by}")
    return " ".join(words) or "—"


def _way(regulation: Regulation, name: str) -> str:
    rule = regulation.actions.get(name)
    if rule is None:
        return "—"
    to = f" → {rule.to}" if rule.to else ""
    ways = "".join(f"；{state} → {' 或 '.join(targets)}" for state, targets in rule.ways.items())
    return f"{'、'.join(rule.from_states)}{to}{ways}{f'（{rule.article}）' if rule.article else ''}"


def test_both_regulations_of_the_table_are_all_there_are() -> None:
    assert set(regulations.known_ids()) == set(BOTH)


# ------------------------------------------------------------------ codes


def codes_told() -> dict[str, int]:
    """Code → exit code, of the three tables."""
    told: dict[str, int] = {}
    for exit_code, words in re.findall(r"退出码 (\d)：\n\n((?:\|.*\n?)+)", section("代码")):
        told |= {code: int(exit_code) for code in re.findall(r"^\| `([a-z_]+)` \|", words, re.M)}
    return told


def test_fields_of_move(tongliao: Office, tmp_path: Path) -> None:
    assert set(tongliao.ok("move", "--to", tmp_path / "there")) == set(table("`move --to` 的字段"))
    done = tongliao.ok("move", "--reopen", "--reason", "试一试")
    assert set(done) == set(table("`move --reopen` 的字段"))


NOT_ON_THE_COMMAND_LINE = {
    "cannot_write": "the window's sheet of faults",
    "changed_meanwhile": "the window alone says what it had shown",
    "job_died": "the window's child process",
}


def test_every_code_the_program_knows_is_told_and_none_else() -> None:
    raised = {"bad_data", "usage", "internal_error", "cancelled"}
    for file in (ROOT / "desktop_app").rglob("*.py"):
        if "gui" not in file.parts:
            raised |= set(_codes_in(ast.parse(file.read_text(encoding="utf-8"))))
    assert raised - set(NOT_ON_THE_COMMAND_LINE) == set(codes_told())


def _codes_in(tree: ast.Module) -> Iterator[str]:
    """Words given as code to an error; storage/faults.py and server_faults.py list theirs first in tuples of three."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "Refusal",
            "StorageProblem",
            "BadData",
        ):
            place = 1 if getattr(node.func, "id", "") == "BadData" else 0
            given = [
                *node.args[place : place + 1],
                *(word.value for word in node.keywords if word.arg == "code"),
            ]
        elif isinstance(node, ast.Tuple) and _is_told(node):
            given = node.elts[:1]
        else:
            continue
        for word in given:
            if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value.isascii():
                yield word.value


def _is_told(three: ast.Tuple) -> bool:
    """Whether it is a code, a sentence and a remedy."""
    told = [ast.unparse(one).strip("\"'f") for one in three.elts]
    return len(told) == 3 and re.fullmatch("[a-z_]+", told[0]) is not None and told[2].endswith("。")


def test_reasons_of_rejected_rows_are_told() -> None:
    from desktop_app.domain import incoming
    from desktop_app.services import intake

    known = {incoming.NO_CONTENT, incoming.BAD_TIME, incoming.NUMBER_CONFLICT, incoming.NUMBER_LOST_DIGITS}
    assert set(table("`rejected` 的 `reason`")) == known | {intake.FUTURE_DATE}
