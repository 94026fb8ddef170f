"""The table of clauses (docs/regulations.md): each says where in the program it lives and which test shows it."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import pytest

from desktop_app.domain.regulation import Clause
from desktop_app.services import regulations

ROOT = Path(__file__).parent.parent
NOTHING_TO_DO = "程序不作处理"
CLAUSES = [
    pytest.param(clause, id=f"{one.id}-{place}-{clause.article}")
    for one in regulations.load_all()
    for place, clause in enumerate(one.clauses)
]


@lru_cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_its_place_and_its_test(clause: Clause) -> None:
    organisational = NOTHING_TO_DO in clause.does
    assert bool(clause.where) == bool(clause.tests)
    assert bool(clause.where) != (organisational or bool(clause.later))


@pytest.mark.parametrize("clause", CLAUSES)
def test_the_places_and_tests_are_there(clause: Clause) -> None:
    for module in clause.where:
        assert (ROOT / "desktop_app" / f"{module.replace('.', '/')}.py").is_file(), module
    for test in clause.tests:
        file, _, name = test.partition("::")
        assert name.startswith("test_") and name in names_in(file), test
