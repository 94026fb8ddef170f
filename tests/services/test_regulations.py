"""The regulations on hand, and what is said of files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import BadData, Refusal
from desktop_app.services import regulations


def test_both_are_shipped_and_load_once() -> None:
    assert regulations.known_ids() == ("tongliao-2023", "xizang-2017")
    assert [one.id for one in regulations.load_all()] == list(regulations.known_ids())
    assert regulations.load("xizang-2017") is regulations.load("xizang-2017")


def test_an_unknown_one_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(Refusal) as refused:
        regulations.load("atlantis-1")
    assert refused.value.code == "unknown_value" and "xizang-2017" in refused.value.message


def test_a_third_office_adds_files_and_no_python(tmp_path: Path) -> None:
    shipped = regulations.folder() / "tongliao-2023"
    own = tmp_path / "beicheng-2026"
    own.mkdir()
    text = (shipped / "regulation.toml").read_text(encoding="utf-8")
    own.joinpath("regulation.toml").write_text(
        text.replace('id = "tongliao-2023"', 'id = "beicheng-2026"'), encoding="utf-8"
    )
    own.joinpath("articles.md").write_text(
        (shipped / "articles.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert regulations.read_folder(own).id == "beicheng-2026"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (b"id = ", "不是正确的 TOML"),
        (b"\xff\xfe", "不能读取"),
        (None, "不能读取"),
        (b'id = "x"', "缺少“title”"),
    ],
)
def test_what_cannot_be_read_names_its_file(tmp_path: Path, toml: bytes | None, said: str) -> None:
    place = tmp_path / "broken-1"
    place.mkdir()
    if toml is not None:
        place.joinpath("regulation.toml").write_bytes(toml)
    place.joinpath("articles.md").write_text("## 第一条\n\n文\n", encoding="utf-8")
    with pytest.raises(BadData) as caught:
        regulations.read_folder(place)
    assert said in caught.value.message
    assert {fault.file for fault in caught.value.faults} == {"broken-1/regulation.toml"}


def test_the_names_of_rules_are_looked_up_unless_told_otherwise(tmp_path: Path) -> None:
    shipped = regulations.folder() / "xizang-2017"
    text = (shipped / "regulation.toml").read_text(encoding="utf-8")
    tmp_path.joinpath("regulation.toml").write_text(
        text.replace('"limit_within_regulation", ', '"no_such_guard", ').replace(
            "limit_within_regulation = ", "no_such_guard = "
        ),
        encoding="utf-8",
    )
    articles = (shipped / "articles.md").read_text(encoding="utf-8")
    tmp_path.joinpath("articles.md").write_text(articles, encoding="utf-8")
    with pytest.raises(BadData, match="no_such_guard"):
        regulations.read_folder(tmp_path)
    assert regulations.read_folder(tmp_path, rules=False).id == "xizang-2017"
