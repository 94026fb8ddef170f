"""The glossary has a word for every step, state, open item and paper of both regulations."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.actions import ACTIONS

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
REGULATIONS = ("tongliao-2023", "xizang-2017")


def _regulation(name: str) -> dict[str, Any]:
    path = ROOT / "resources" / "regulations" / name / "regulation.toml"
    with path.open("rb") as file:
        return tomllib.load(file)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_step_is_named(action: str) -> None:
    assert f"`{action}`" in GLOSSARY


@pytest.mark.parametrize("name", REGULATIONS)
def test_every_state_and_paper_is_named(name: str) -> None:
    regulation = _regulation(name)
    states = [state["name"] for state in regulation["state"]]
    assert states and [state for state in states if f"| {state} (" not in GLOSSARY] == []
    forms = [form["form"] for form in regulation["form"]]
    assert forms and [form for form in forms if f"`{form}`" not in GLOSSARY] == []


def test_every_row_has_a_sentence() -> None:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("| ") and line[2] != "-"]
    sentences = [row for row in rows if not row.startswith("| Chinese |")]
    assert len(sentences) > 130
    assert [row for row in sentences if not row.rstrip(" |").endswith(".")] == []
