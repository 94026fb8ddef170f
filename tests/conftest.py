"""What every test stands on: no screen, known fonts, the same examples each time, and the engine that was asked for.

Set before the first test module is imported, because Qt and the office suite read the environment once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import engines

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

# Derandomized: a red test is red for everyone, and `make test` never turns red by luck.
settings.register_profile("house", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("house")

_ENGINE_OF = {"file_only": engines.SQLITE, "server_only": engines.POSTGRESQL}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=engines.ENGINES,
        default=engines.SQLITE,
        help="where the offices of the tests lie: in files, or on a PostgreSQL server started for the run",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "file_only(why): about the office's file; not run with --engine postgresql"
    )
    config.addinivalue_line("markers", "server_only(why): about an office on a server; only run so")
    try:
        engines.choose(config.getoption("--engine"))
    except engines.NoServer as lacking:
        if os.environ.get("CI"):
            raise pytest.UsageError(str(lacking)) from lacking
        pytest.exit(str(lacking), returncode=0)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = config.getoption("--engine")
    others = {mark for mark, engine in _ENGINE_OF.items() if engine != chosen}
    out = [item for item in items if any(item.get_closest_marker(mark) for mark in others)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def pytest_unconfigure() -> None:
    engines.close()


@pytest.fixture(autouse=True)
def databases_go_with_their_folders(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test has put on the server is dropped after it; what a module shares goes with the server."""
    yield
    folder = getattr(request.node, "funcargs", {}).get("tmp_path")
    if folder is not None:
        engines.forget(folder)
