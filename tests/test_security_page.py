"""docs/security.md: every control and every attack names the tests that show it, and they are there."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


def rows_of(section: str) -> list[list[str]]:
    """The tables' rows of a section, without their heads."""
    text = PAGE.partition(f"## {section}")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0].strip() not in ("条", "攻击")]


@lru_cache
def functions_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("named", NAMED)
def test_the_test_is_there(named: str) -> None:
    file, _, function = named.partition("::")
    assert (ROOT / file).is_file(), file
    assert not function or function in functions_in(file), named


@pytest.mark.parametrize("section", ["五、", "六、"])
def test_every_row_names_a_test(section: str) -> None:
    rows = rows_of(section)
    assert len(rows) >= 9
    for row in rows:
        assert len(row) == 4, row[0]
        assert "::test_" in row[-1], row[0]


@pytest.mark.parametrize(
    "control", ["7.1.4.1", "7.1.4.2", "7.1.4.3", "7.1.4.4", "7.1.4.7", "7.1.4.8", "7.1.4.9", "7.1.4.10"]
)
def test_every_control_of_an_application_is_told(control: str) -> None:
    assert any(row[0].strip().startswith(f"{control} ") for row in rows_of("五、"))
