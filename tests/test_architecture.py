"""The floors of the house as tests: every import contract of pyproject.toml, and what imports cannot tell."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "desktop_app"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


@pytest.mark.parametrize("contract", CONTRACTS, ids=[contract["name"] for contract in CONTRACTS])
def test_contract(contract: dict[str, object]) -> None:
    settings = str(ROOT / "pyproject.toml")
    broken = lint_imports(
        config_filename=settings, limit_to_contracts=(contract["id"],), no_cache=True, no_logo=True
    )
    assert not broken, "the contract is broken; the import that breaks it is printed above"


CLOCKS = ("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time")


def sources(folder: Path = PROGRAM) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def test_the_domain_never_asks_the_clock() -> None:
    asked = [
        f"{name}:{node.lineno}"
        for name, tree in sources(PROGRAM / "domain")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(CLOCKS)
    ]
    assert asked == []


def test_the_domain_opens_no_file() -> None:
    opened = [
        f"{name}:{node.lineno}"
        for name, tree in sources(PROGRAM / "domain")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert opened == []


@pytest.mark.parametrize("floor", ["documents", "gui", "cli"])
def test_above_services_nobody_reaches_for_the_database(floor: str) -> None:
    """Neither through the session nor by a module's name; an act of the office is a function of services."""
    reached = [
        f"{name}:{node.lineno}"
        for name, tree in sources(PROGRAM / floor)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == "database")
        or (
            isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("session.read", "session.change"))
        )
        or (isinstance(node, ast.Constant) and str(node.value).startswith("desktop_app.storage"))
    ]
    assert reached == []


def test_qt_brings_no_second_sqlite() -> None:
    """QtSql carries a SQLite of its own; two on one file can corrupt it."""
    brought = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtSql")
        or (isinstance(node, ast.Import | ast.ImportFrom) and any("QtSql" in a.name for a in node.names))
    ]
    assert brought == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, tree in sources() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_no_module_is_named_for_nothing_in_particular() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
    named = [name for name, _ in sources() if vague & set(Path(name).with_suffix("").parts[-1].split("_"))]
    assert named == []


def test_no_source_is_tied_to_the_machine_it_was_written_on() -> None:
    """Locks and settings must install anywhere: no index address, no absolute path of a builder."""
    tied = [
        name
        for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile")
        if any(
            mark in (ROOT / name).read_text("utf-8") for mark in ("http://", "https://", "/tmp/", "/home/")
        )
    ]
    assert tied == []
