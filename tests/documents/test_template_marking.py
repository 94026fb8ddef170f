"""What Word and WPS do to a placeholder while a template is edited; and paragraphs that are left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree

from desktop_app.documents.forms import load_form
from desktop_app.documents.paper_catalogue import EXPLANATION, SLIP
from desktop_app.documents.papers.registry import values_for
from desktop_app.paths import forms_folder
from tests.documents.paper_cases import BARE, ORDINARY, T, paper_source

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


CUT = {
    "one letter a run": "".join(run(letter) for letter in "急缓：{{急缓}}。"),
    "spelling marks": run("急缓：{{")
    + '<w:proofErr w:type="spellStart"/>'
    + run("急缓")
    + '<w:proofErr w:type="spellEnd"/>'
    + run("}}。"),
    "the cursor's bookmark": run("急缓：{{急")
    + '<w:bookmarkStart w:id="77" w:name="_GoBack"/><w:bookmarkEnd w:id="77"/>'
    + run("缓}}。"),
    "a changed face in the middle": run("急缓：{{急")
    + run("缓", '<w:rPr><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>')
    + run("}}。"),
    "a tracked insertion": run("急缓：")
    + f'<w:ins w:id="8" w:author="甲" w:date="2026-01-01T00:00:00Z">{run("{{急缓}}")}</w:ins>'
    + run("。"),
    "a tracked deletion": run("急缓：{{急缓")
    + '<w:del w:id="9" w:author="甲" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    + run("}}。"),
    "a smart tag": run("急缓：")
    + f'<w:smartTag w:uri="urn:x" w:element="place">{run("{{急")}</w:smartTag>'
    + run("缓}}。"),
    "a content control": run("急缓：")
    + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('{{急缓}}')}</w:sdtContent></w:sdt>"
    + run("。"),
    "revision ids": '<w:r w:rsidR="00AB12CD"><w:t>急缓：{{ 急缓 </w:t></w:r><w:r w:rsidRPr="00AB12CE"><w:t>}}。</w:t></w:r>',
    "full-width spaces": run("急缓：{{　急缓　}}。"),
}


def changed(folder: Path, change: Callable[[Document], None], form: str = SLIP) -> Path:
    document = docx.Document(str(forms_folder() / f"{form}.docx"))
    change(document)
    document.save(str(folder / f"{form}.docx"))
    return folder


@pytest.mark.parametrize("pieces", CUT.values(), ids=CUT.keys())
def test_a_placeholder_survives(tmp_path: Path, pieces: str) -> None:
    def put(document: Document) -> None:
        paragraph = etree.fromstring(f"<w:p {_NAMESPACE}>{pieces}</w:p>")
        document.element.body.insert(0, paragraph)

    template = load_form(SLIP, changed(tmp_path, put))
    paper = template.fill(values_for(paper_source(SLIP, T))).bytes
    first = docx.Document(io.BytesIO(paper)).element.body[0]
    words = "".join(one.text or "" for one in first.iter(f"{{{_NAMESPACE[9:-1]}}}t"))
    assert words == "急缓：加急。"


def cell_of(form: str, kind: str, label: str) -> list[str]:
    paper = load_form(form).fill(values_for(paper_source(form, T, kind))).bytes
    (table,) = docx.Document(io.BytesIO(paper)).tables
    return next(
        [one.text for one in row.cells[-1].paragraphs] for row in table.rows if row.cells[0].text == label
    )


def test_the_last_paragraph_of_a_cell_may_be_left_out_where_another_stays() -> None:
    assert cell_of(EXPLANATION, ORDINARY, "同　　意") == ["交办单位同意人：中心主任"]
    assert cell_of("supervision-slip", ORDINARY, "办理要求")[-1] == "反馈方式：书面报送我单位"
    assert not any("反馈方式" in line for line in cell_of("supervision-slip", BARE, "办理要求"))


def test_a_cell_never_loses_its_only_paragraph() -> None:
    assert cell_of("supervision-slip", BARE, "领导批示") == [""]
