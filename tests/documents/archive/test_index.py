"""The indexes of a package, written and read back; hostile ones are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.archive.index import (
    FORMAT,
    FileEntry,
    ItemIndex,
    ItemLine,
    PackageIndex,
    item_xml,
    package_xml,
    read_item,
    read_package,
)

_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
_DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
_ENTRIES = st.builds(
    FileEntry,
    path=_WORDS.filter(bool),
    kind=st.sampled_from(("文书", "附件")),
    title=_WORDS,
    size=st.integers(0, 1 << 40),
    sha256=_DIGEST,
    sm3=_DIGEST,
    pages=st.none() | st.integers(0, 9999),
    original=_WORDS,
    document=_WORDS,
    on=st.none() | st.dates(date(1990, 1, 1)),
    recorded=_DIGEST | st.just(""),
)


@given(
    st.builds(
        ItemIndex,
        folder=st.just("件/1"),
        number=st.just("2026-0001"),
        file_number=_WORDS,
        title=_WORDS,
        facts=st.dictionaries(_WORDS.filter(bool), _WORDS, max_size=4),
        files=st.lists(_ENTRIES, max_size=4).map(tuple),
        missing=st.lists(_WORDS, max_size=3).map(tuple),
    )
)
def test_an_item_s_index_comes_back(item: ItemIndex) -> None:
    assert read_item(item_xml(item), item.folder) == item


def test_a_package_s_index_comes_back() -> None:
    for year in (None, 2026):
        package = PackageIndex(
            office="某单位<&",
            made="2026-11-26T08:00:00.000+08:00",
            program="留言办 1",
            year=year,
            items=(ItemLine("件/WS-2026-D10-0001", "2026-0001", "WS·2026-D10-0001", 3, "0" * 64),),
            absent={"2026-0002": "已作废"},
            journal=(12, "f" * 64),
        )
        assert read_package(package_xml(package)) == package


def test_what_xml_cannot_hold_is_shown_as_a_box() -> None:
    item = ItemIndex("件/1", "2026-0001", "", "甲\x00乙\ud800", {"类别": "\x08"}, ())
    read = read_item(item_xml(item), "件/1")
    assert (read.title, read.facts) == ("甲□乙□", {"类别": "□"})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"<html/>",
        '<件 格式="另一种"/>'.encode(),
        f'<件 格式="{FORMAT}"><文件><文件项 路径="a"/></文件></件>'.encode(),
        f'<!DOCTYPE 件 [<!ENTITY x SYSTEM "file:///etc/passwd">]><件 格式="{FORMAT}">&x;</件>'.encode(),
        (
            '<!DOCTYPE 件 [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            f'<件 格式="{FORMAT}">&b;</件>'
        ).encode(),
    ],
)
def test_what_is_no_index_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_item(data, "件/1")
    with pytest.raises(ValueError):
        read_package(data)
