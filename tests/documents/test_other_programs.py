"""What other programs are told of where libraries lie."""

from __future__ import annotations

import sys

import pytest

from desktop_app.documents.other_programs import environment_of_others


def test_a_bundle_does_not_lend_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    assert "LD_LIBRARY_PATH" not in environment_of_others()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    assert environment_of_others()["LD_LIBRARY_PATH"] == "/usr/local/lib"
