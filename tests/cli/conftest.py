"""Offices for the tests of the command line: a template made once, copied for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.offices import BOTH, PASSWORD, Cli, Office, T, X, make_template
from tests.engines import copy_office


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def template(regulation: str) -> Path:
        if regulation not in made:
            made[regulation] = tmp_path_factory.mktemp("template") / "office"
            make_template(made[regulation], regulation)
        return made[regulation]

    return template


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    return file


@pytest.fixture
def make_office(
    templates: Callable[[str], Path], tmp_path: Path, cli: Cli, password: Path
) -> Callable[[str], Office]:
    def make(regulation: str) -> Office:
        folder = tmp_path / regulation
        copy_office(templates(regulation), folder)
        return Office(folder, regulation, cli, password)

    return make


@pytest.fixture
def tongliao(make_office: Callable[[str], Office]) -> Office:
    return make_office(T)


@pytest.fixture
def xizang(make_office: Callable[[str], Office]) -> Office:
    return make_office(X)


@pytest.fixture(params=BOTH)
def both(request: pytest.FixtureRequest, make_office: Callable[[str], Office]) -> Office:
    """The test is run under each regulation."""
    return make_office(request.param)
