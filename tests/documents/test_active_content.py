"""Macros, links, embedded objects: named, refused in templates, left out of what is drawn; nothing is ever fetched."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from desktop_app.documents import active_content
from desktop_app.documents.active_content import too_large, without_active_content
from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.forms import read_template
from desktop_app.documents.office_suite import can_make_pdf, to_pdf
from desktop_app.documents.returned_papers import read_returned
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.errors import BadData
from desktop_app.paths import forms_folder
from tests.documents.active_samples import KINDS, blank, field, remote_picture, saved, with_parts

with_libreoffice = pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")
SLIP, URGE = forms_folder() / "slip.docx", forms_folder() / "urge.docx"


def found(data: bytes) -> tuple[str, ...]:
    return active_content.active_content(read_parts(data))


@pytest.mark.parametrize("form", sorted(forms_folder().glob("*.docx")), ids=lambda form: form.stem)
def test_our_own_templates_are_harmless(form: Path) -> None:
    data = form.read_bytes()
    assert found(data) == () and without_active_content(data) is data


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_named_and_left_out(kind: str) -> None:
    make, called = KINDS[kind]
    data = make(blank())
    assert called in found(data)
    clean = without_active_content(data)
    assert found(clean) == ()
    assert [one.text for one in docx.Document(io.BytesIO(clean)).paragraphs if one.text == "正文"]
    assert b"127.0.0.1" not in b"".join(unpack(part) for part in read_parts(clean))


def test_a_macro_goes_with_its_type_and_its_project() -> None:
    clean = without_active_content(KINDS["macro"][0](blank()))
    names = [part.name for part in read_parts(clean)]
    types = next(unpack(part) for part in read_parts(clean) if part.name == "[Content_Types].xml")
    assert "word/vbaProject.bin" not in names and b"macroEnabled" not in types


def test_hyperlinks_and_fields_of_the_document_itself_are_harmless() -> None:
    document = blank()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    document.part.relate_to("http://www.people.com.cn/", kind, is_external=True)
    for instruction in ("PAGE", " NUMPAGES ", 'HYPERLINK "http://www.people.com.cn/"', "LINKS"):
        field(instruction)(document)
    assert found(saved(document)) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_that_carries_it_is_refused(kind: str, tmp_path: Path) -> None:
    make, called = KINDS[kind]
    file = tmp_path / "urge.docx"
    file.write_bytes(make(docx.Document(str(URGE))))
    with pytest.raises(BadData) as caught:
        read_template("urge", file)
    (fault,) = caught.value.faults
    assert called in fault.reason and "删去" in fault.reason


@pytest.mark.parametrize("kind", KINDS)
def test_a_returned_paper_is_read_and_the_operator_is_told(kind: str, tmp_path: Path) -> None:
    make, called = KINDS[kind]
    file = tmp_path / "承办单.docx"
    file.write_bytes(make(docx.Document(str(SLIP))))
    read = read_returned(file)
    assert any(called in doubt and "没有打开" in doubt for doubt in read.paper.doubts)
    assert read.content == file.read_bytes(), "what came in is kept as it came"


def test_parts_that_lie_about_their_size_are_not_unpacked(tmp_path: Path) -> None:
    from dataclasses import replace
    from zipfile import BadZipFile

    from desktop_app.documents.docx_package import pack

    part = pack("word/media/a.png", b"\0" * 10_000_000)
    with pytest.raises(BadZipFile):
        unpack(replace(part, size=1000))
    assert too_large((replace(part, size=active_content.LARGEST_PACKAGE + 1),))
    assert too_large((replace(part, name="word/document.xml", size=active_content.LARGEST_XML + 1),))


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "word/_rels/document.xml.rels"])
def test_entities_are_not_followed(part: str, tmp_path: Path) -> None:
    """Billion laughs, and a file of the machine."""
    secret = tmp_path / "secret"
    secret.write_text("机密", encoding="utf-8")
    laughs = "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' if level else '<!ENTITY a0 "ha">'
        for level in range(12)
    )
    data = saved(docx.Document(str(SLIP)))
    old = next((unpack(one) for one in read_parts(data) if one.name == part), b"<?xml version='1.0'?><x></x>")
    head, _, rest = old.partition(b"?>")
    doctype = f'<!DOCTYPE x [{laughs}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode()
    evil = head + b"?>" + doctype + rest.replace(b"<w:t>", b"<w:t>&a11;&s;", 3)
    file = tmp_path / "承办单.docx"
    file.write_bytes(with_parts(data, {part: evil}))
    try:
        read = read_returned(file)
    except BadData:
        return
    shown = str(read)
    assert "机密" not in shown and "hahaha" not in shown


class Listening:
    """A server of this machine that takes down who comes."""

    def __init__(self) -> None:
        self.came: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.where = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            with one:
                self.came.append(one.recv(2000))
                one.sendall(b"HTTP/1.0 404 no\r\n\r\n")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.close()


@with_libreoffice
@pytest.mark.parametrize("stripped", [False, True])
def test_the_suite_fetches_nothing(listening: Listening, tmp_path: Path, stripped: bool) -> None:
    """By its own settings alone, and, where these should fail one day, because there is nothing left to fetch."""
    from desktop_app.documents import suite_server

    data = remote_picture(blank(), listening.where)
    paper, home = tmp_path / "a.docx", SuiteHome(tmp_path / "home")
    paper.write_bytes(without_active_content(data) if stripped else data)
    home.folder.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        if stripped:
            patched.setattr(suite_server, "write_settings", lambda profile: None)
        assert to_pdf(paper, tmp_path / "out", home).stat().st_size > 1000
    home.clear()
    assert listening.came == []
