"""What is shipped: the lock is whole, free of the GPL and true of this environment, and nothing is left behind."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(file: str) -> dict[Requirement, int]:
    """Each requirement of a lock with the number of its hashes."""
    blocks = re.findall(
        r"^(\S[^\\\n]*)\\?\n((?: +--hash=sha256:[0-9a-f]{64} ?\\?\n)*)", text(file), re.MULTILINE
    )
    return {Requirement(line.strip()): hashes.count("--hash") for line, hashes in blocks if line[0] != "#"}


def asked_for(file: str) -> list[Requirement]:
    lines = [line.partition("#")[0].strip() for line in text(file).splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def text(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def for_this_machine(requirements: dict[Requirement, int]) -> list[Requirement]:
    return [one for one in requirements if one.marker is None or one.marker.evaluate()]


@pytest.mark.parametrize("file", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(file: str) -> None:
    loose = [
        str(one) for one, hashes in locked(file).items() if hashes == 0 or "==" not in str(one.specifier)
    ]
    assert len(locked(file)) > 20
    assert loose == []


@pytest.mark.parametrize("file", LOCKS)
def test_the_lock_answers_everything_that_is_asked_for(file: str) -> None:
    pins = {(canonicalize_name(one.name), str(one.specifier)[2:]) for one in locked(file)}
    unanswered = [
        str(asked)
        for asked in asked_for(file.replace(".txt", ".in"))
        if not any(canonicalize_name(asked.name) == name and asked.specifier.contains(v) for name, v in pins)
    ]
    assert unanswered == []


@pytest.mark.parametrize("file", LOCKS)
def test_this_environment_is_the_locked_one(file: str) -> None:
    strayed = [
        f"{one.name} {metadata.version(one.name)} instead of {one.specifier}"
        for one in for_this_machine(locked(file))
        if not one.specifier.contains(metadata.version(one.name))
    ]
    assert strayed == []


def test_both_locks_agree_where_they_meet() -> None:
    run, develop = (
        {one.name: str(one.specifier) for one in locked(file) if not one.marker} for file in LOCKS
    )
    assert {name: develop[name] for name in run.keys() & develop.keys() if run[name] != develop[name]} == {}


def test_nothing_shipped_is_bound_by_the_gpl() -> None:
    bound = [
        one.name
        for one in for_this_machine(locked("requirements.txt"))
        if all(re.search(r"(?<!L)GPL", choice) for choice in licence(one.name).split(" OR "))
    ]
    assert bound == []


def licence(name: str) -> str:
    told = metadata.metadata(name)
    return told.get("License-Expression") or told.get("License") or " ".join(told.get_all("Classifier") or [])


def test_qt_is_the_version_whose_binding_keeps_none() -> None:
    pins = {str(one.specifier) for one in locked("requirements.txt") if one.name == "pyside6-essentials"}
    assert pins == {"==6.9.3", "==6.8.0.2"}


def test_an_installed_package_carries_every_module_form_and_resource(tmp_path: Path) -> None:
    make_metadata = ("egg_info", "--egg-base", tmp_path)
    make_package = ("build_py", "--build-lib", tmp_path / "lib")
    subprocess.run(
        [sys.executable, "setup.py", "-q", *make_metadata, *make_package],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert shipped(tmp_path / "lib" / "desktop_app") >= {
        *shipped(ROOT / "desktop_app"),
        *(f"resources/{name}" for name in shipped(ROOT / "resources")),
        *(f"forms/{name}" for name in shipped(ROOT / "forms") if not name.endswith(".py")),
    }


def shipped(folder: Path) -> set[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in files if "__pycache__" not in path.parts}


def test_the_bundle_leaves_out_a_second_sqlite_and_readline() -> None:
    tree = ast.parse(text("build.spec"))
    lists = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.List)
    }
    assert {"PySide6.QtSql", "sqlite3", "_sqlite3", "readline"} <= set(lists["UNUSED"])


@pytest.mark.parametrize("file", ["README.md", ".ci/run", "Makefile"])
def test_every_make_command_that_is_told_of_exists(file: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    told = set(re.findall(r"\bmake ([a-z]+)\b", text(file)))
    assert told
    assert told <= targets


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mark on Windows")
@pytest.mark.parametrize("file", [".ci/run", ".ci/make-venv", ".ci/system-packages"])
def test_scripts_can_be_run(file: str) -> None:
    assert os.access(ROOT / file, os.X_OK)
