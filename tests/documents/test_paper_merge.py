"""Papers joined for one print run."""

from __future__ import annotations

import dataclasses
import io

import docx
import pytest
from PIL import Image

from desktop_app.documents.codes import codes_in
from desktop_app.documents.docx_package import pack, read_parts, unpack, write_package
from desktop_app.documents.forms import load_form, merge
from desktop_app.documents.paper_catalogue import SLIP, SLIP_ANONYMOUS, SUPERVISION_LETTER
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.papers.supervision import letter_values
from desktop_app.documents.pdf_pages import PageImage
from desktop_app.domain.paper_codes import PaperCode
from desktop_app.errors import BadData
from tests.documents.paper_samples import DONE_SLIP, LETTER
from tests.documents.paper_samples import SLIP as SLIP_FACTS

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def slips(count: int) -> list[bytes]:
    template = load_form(SLIP)
    facts = [
        dataclasses.replace(SLIP_FACTS, register_number=f"2026-{one:04d}") for one in range(1, count + 1)
    ]
    return [template.fill(slip_values(one)).bytes for one in facts]


def test_every_paper_is_there_once_in_order_with_its_own_footer() -> None:
    document = docx.Document(io.BytesIO(merge(slips(5))))
    numbers = [table.rows[0].cells[-1].text for table in document.tables]
    assert numbers == [f"2026-{one:04d}" for one in range(1, 6)]
    feet = [section.footer.paragraphs[0].text for section in document.sections]
    assert [foot.partition("　")[0] for foot in feet] == [f"登记号 {one}" for one in numbers]


def test_each_paper_is_a_section_numbered_from_one() -> None:
    document = docx.Document(io.BytesIO(merge(slips(3))))
    assert len(document.sections) == 3
    starts = document.element.xpath("//w:sectPr/w:pgNumType/@w:start")
    assert starts == ["1", "1", "1"]
    assert not document.element.xpath("//w:sectPr/w:type")


def test_drawings_have_ids_of_their_own() -> None:
    letter = load_form(SUPERVISION_LETTER).fill(letter_values(LETTER)).bytes
    document = docx.Document(io.BytesIO(merge([letter, letter])))
    ids = [one.get("id") for one in document.element.iter(f"{_DRAWING}docPr")]
    assert len(ids) == 8 and len(set(ids)) == 8


def test_like_footers_are_held_once() -> None:
    letter = load_form(SUPERVISION_LETTER).fill(letter_values(LETTER)).bytes
    names = [part.name for part in read_parts(merge([letter] * 3))]
    assert names == [part.name for part in read_parts(letter)]


def codes_of(data: bytes) -> list[str]:
    """What is read off the picture in each section of a file, in the order of its sections."""
    document = docx.Document(io.BytesIO(data))
    texts = []
    for drawing in document.element.iter(f"{_DRAWING}anchor"):
        (embedded,) = drawing.xpath(".//a:blip/@r:embed")
        image = Image.open(io.BytesIO(document.part.related_parts[embedded].blob)).convert("RGB")
        texts += codes_in(PageImage(*image.size, image.tobytes()))
    return texts


def test_every_paper_keeps_its_own_code() -> None:
    template = load_form(SLIP)
    codes = [str(PaperCode("483920", f"2026-{one:04d}", SLIP, one * 7)) for one in range(1, 121)]
    papers = [
        template.fill(slip_values(dataclasses.replace(SLIP_FACTS, code=code))).bytes
        for code in (*codes, codes[0])
    ]
    merged = merge(papers)
    assert codes_of(merged) == [*codes, codes[0]]
    pictures = [part.name for part in read_parts(merged) if part.name.startswith("word/media/")]
    assert len(pictures) == len(set(pictures)) == len(codes)


def test_a_file_that_begins_without_a_picture_learns_what_pictures_are() -> None:
    """Word does not open a file that says nothing of the kind of one of its parts."""
    without, with_code = (
        load_form(SLIP).fill(slip_values(dataclasses.replace(SLIP_FACTS, code=code))).bytes
        for code in ("", SLIP_FACTS.code)
    )
    plain = write_package(
        [
            pack(part.name, unpack(part).replace(b'<Default Extension="png" ContentType="image/png"/>', b""))
            if part.name == "[Content_Types].xml"
            else part
            for part in read_parts(without)
        ]
    )
    types = {part.name: unpack(part) for part in read_parts(merge([plain, with_code]))}["[Content_Types].xml"]
    assert b'Extension="png"' not in unpack(read_parts(plain)[0]) and types.count(b'Extension="png"') == 1


def test_both_editions_of_the_slip_go_together() -> None:
    anonymous = load_form(SLIP_ANONYMOUS).fill(slip_values(DONE_SLIP)).bytes
    document = docx.Document(io.BytesIO(merge([*slips(1), anonymous])))
    assert [table.rows[0].cells[-1].text for table in document.tables] == ["2026-0001", "2026-0003"]


def test_one_paper_keeps_all_its_text() -> None:
    (paper,) = slips(1)
    before, after = (docx.Document(io.BytesIO(data)) for data in (paper, merge([paper])))
    assert [one.text for one in before.paragraphs] == [one.text for one in after.paragraphs]
    assert before.tables[0]._tbl.xml == after.tables[0]._tbl.xml


def test_merging_is_the_same_each_time() -> None:
    assert merge(slips(3)) == merge(slips(3))


def test_papers_of_unlike_styles_are_refused() -> None:
    (paper,) = slips(1)
    parts = [
        pack(part.name, unpack(part).replace(b'w:val="21"', b'w:val="24"'))
        if part.name.endswith("styles.xml")
        else part
        for part in read_parts(paper)
    ]
    with pytest.raises(BadData, match="第 2 份：所用模板的样式与第 1 份不同"):
        merge([paper, write_package(parts)])


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing"):
        merge([])
