"""The zip of a paper: any reader opens it, and it is the same each time."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.docx_package import PackageWriter, pack, read_parts, unpack, write_package

_NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(st.dictionaries(_NAMES, st.binary(max_size=2000), max_size=6), st.integers(0, 6))
def test_what_is_written_is_read_by_others(parts: dict[str, bytes], constant: int) -> None:
    packed = [pack(name, data) for name, data in parts.items()]
    data = PackageWriter(packed[:constant]).write(packed[constant:])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
    assert read_parts(data) == tuple(packed)
    assert data == write_package(packed)


def test_parts_of_others_are_carried_over_packed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("文件.xml", "内容" * 100, zipfile.ZIP_DEFLATED)
        archive.writestr("plain.bin", b"\0\1\2", zipfile.ZIP_STORED)
        archive.mkdir("folder")
    parts = read_parts(buffer.getvalue())
    assert [(part.name, unpack(part)) for part in parts] == [
        ("文件.xml", ("内容" * 100).encode()),
        ("plain.bin", b"\0\1\2"),
    ]
    assert [unpack(part) for part in read_parts(write_package(parts))] == [unpack(part) for part in parts]


def test_unusual_packing_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"text" * 100)
    with pytest.raises(zipfile.BadZipFile, match="method 14"):
        read_parts(buffer.getvalue())
