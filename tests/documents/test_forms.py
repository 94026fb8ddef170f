"""Templates: what may stand in them, and that every text put in comes out."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.documents.docx_package import read_parts
from desktop_app.documents.fields import FIELDS, required_fields
from desktop_app.documents.forms import Template, check_forms, load_form, read_template
from desktop_app.documents.paper_catalogue import SLIP, SLIP_ANONYMOUS, SUPERVISION_LETTER, TEMPLATES
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.papers.supervision import letter_values
from desktop_app.errors import BadData
from desktop_app.paths import forms_folder
from tests.documents.paper_samples import LETTER, MATTER, NASTY
from tests.documents.paper_samples import SLIP as SLIP_FACTS

_CANNOT_PRINT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

slip_template = load_form(SLIP)
texts = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x08\x0b\ud800\uffff<&>{}\r\n\t ")), max_size=200
)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def shown(text: str) -> str:
    return _CANNOT_PRINT.sub("□", text.replace("\r\n", "\n").replace("\r", "\n"))


def filled(text: str, field: str = "留言内容", template: Template = slip_template) -> Document:
    return opened(template.fill({**slip_values(SLIP_FACTS), field: text}).bytes)


@given(texts)
@example(NASTY)
@example("{{")
@example("")
def test_a_message_comes_out_as_it_was_written(text: str) -> None:
    document = filled(text)
    message = next(row.cells[-1] for row in document.tables[0].rows if row.cells[0].text == "留言内容")
    assert message.text == shown(text)


@given(texts)
@example(NASTY)
def test_a_text_within_a_line_comes_out_as_it_was_written(text: str) -> None:
    document = filled(text, "标题")
    title = next(row.cells[-1] for row in document.tables[0].rows if row.cells[0].text.startswith("标"))
    assert title.text == shown(text)


def test_nine_thousand_characters_come_out_whole() -> None:
    text = (NASTY + "一段很长的留言。" * 10) * 80
    assert len(text) > 9000
    paper = slip_template.fill({**slip_values(SLIP_FACTS), "留言内容": text})
    message = next(
        row.cells[-1] for row in opened(paper.bytes).tables[0].rows if row.cells[0].text == "留言内容"
    )
    assert message.text == shown(text)


def test_each_line_of_a_message_is_a_paragraph_of_its_own() -> None:
    document = filled("一\n\n二\r\n三")
    message = next(row.cells[-1] for row in document.tables[0].rows if row.cells[0].text == "留言内容")
    assert [paragraph.text for paragraph in message.paragraphs] == ["一", "", "二", "三"]
    assert {paragraph.style.name for paragraph in message.paragraphs if paragraph.style} == {"留言和答复正文"}


def test_what_cannot_be_printed_is_listed() -> None:
    paper = slip_template.fill({**slip_values(SLIP_FACTS), "留言内容": "一\x08二\x08", "标题": "\ufffe"})
    assert paper.unprintable == (
        "标题：字符 U+FFFE 无法打印，共 1 处，首处在第 1 字，已用□代替",
        "留言内容：字符 U+0008 无法打印，共 2 处，首处在第 2 字，已用□代替",
    )


def test_the_same_values_give_the_same_bytes() -> None:
    first, second = (load_form(SLIP).fill(slip_values(SLIP_FACTS)) for _ in range(2))
    assert first == second
    other = slip_template.fill({**slip_values(SLIP_FACTS), "标题": "另一个"})
    assert other.sha256 != first.sha256


def test_no_placeholder_is_left() -> None:
    letter = opened(load_form(SUPERVISION_LETTER).fill(letter_values(LETTER)).bytes)
    slip = opened(slip_template.fill(slip_values(SLIP_FACTS)).bytes)
    for document in (letter, slip):
        assert "{{" not in document.element.xml
        assert "liuyan" not in document.element.xml
    assert SLIP_FACTS.number in slip.sections[0].footer.paragraphs[0].text


def test_cases_of_a_letter_get_a_row_each() -> None:
    matters = tuple(dataclasses.replace(MATTER, number=f"2026-{number:04d}") for number in range(1, 6))
    facts = dataclasses.replace(LETTER, matters=matters)
    table = opened(load_form(SUPERVISION_LETTER).fill(letter_values(facts)).bytes).tables[0]
    assert [row.cells[1].text for row in table.rows] == ["编号", *(matter.number for matter in matters)]
    assert [row.cells[0].text for row in table.rows] == ["序号", "1", "2", "3", "4", "5"]


def test_an_empty_list_leaves_a_blank_row() -> None:
    values = {**letter_values(LETTER), "件": ()}
    table = opened(load_form(SUPERVISION_LETTER).fill(values).bytes).tables[0]
    assert [row.cells[1].text for row in table.rows] == ["编号", ""]


def test_paragraphs_with_nothing_to_say_are_left_out() -> None:
    template = load_form(SUPERVISION_LETTER)
    full = [one.text for one in opened(template.fill(letter_values(LETTER)).bytes).paragraphs]
    bare_facts = dataclasses.replace(LETTER, copies=(), new_due=None, feedback="")
    bare = [one.text for one in opened(template.fill(letter_values(bare_facts)).bytes).paragraphs]
    assert "抄送：市政府督查室，市行政审批和政务服务局。" in full
    assert len(full) == len(bare) + 3
    assert not any(one.startswith(("抄送", "办理期限", "反馈方式")) for one in bare)


def test_a_long_sender_is_drawn_narrower_and_stays_on_its_line() -> None:
    template = load_form(SUPERVISION_LETTER)

    def width(sender: str) -> str:
        facts = dataclasses.replace(LETTER, sender=sender, signatory="中心")
        run = opened(template.fill(letter_values(facts)).bytes).paragraphs[0].runs[0]
        return str(run._r.xpath("./w:rPr/w:w/@w:val")[0])

    assert width("市政府办公室") == "100"
    assert width("市" * 16) == "100"
    assert width("市" * 20) == "80"


def test_values_no_field_is_named_after_are_refused() -> None:
    with pytest.raises(KeyError, match="没有这个"):
        slip_template.fill({**slip_values(SLIP_FACTS), "没有这个": ""})
    with pytest.raises(KeyError, match="标题"):
        slip_template.fill({name: value for name, value in slip_values(SLIP_FACTS).items() if name != "标题"})


def test_shipped_templates_are_sound() -> None:
    assert check_forms(forms_folder()) == []
    assert {file.stem for file in forms_folder().glob("*.docx")} == set(TEMPLATES)


def test_the_anonymous_slip_never_holds_the_citizen() -> None:
    paper = load_form(SLIP_ANONYMOUS).fill(slip_values(SLIP_FACTS))
    xml = opened(paper.bytes).element.xml
    assert SLIP_FACTS.citizen_name not in xml
    assert SLIP_FACTS.citizen_contact not in xml
    assert SLIP_FACTS.title in xml


Change = Callable[[Document], None]


def changed(folder: Path, change: Change, form_id: str = SLIP) -> Path:
    """The shipped template, changed as an office might."""
    document = docx.Document(str(forms_folder() / f"{form_id}.docx"))
    change(document)
    target = folder / f"{form_id}.docx"
    document.save(str(target))
    return target


def faults_of(folder: Path, change: Change, form_id: str = SLIP) -> list[str]:
    file = changed(folder, change, form_id)
    with pytest.raises(BadData) as caught:
        read_template(form_id, file)
    assert caught.value.faults == tuple(check_forms(folder))
    return [str(fault) for fault in caught.value.faults]


def test_the_offices_own_copy_wins(tmp_path: Path) -> None:
    changed(tmp_path, lambda document: document.add_paragraph("本单位自己的说明：{{ 急缓 }}"))
    paper = load_form(SLIP, tmp_path).fill(slip_values(SLIP_FACTS))
    assert opened(paper.bytes).paragraphs[-1].text == "本单位自己的说明：加急"
    assert load_form(SLIP_ANONYMOUS, tmp_path).sha256 == load_form(SLIP_ANONYMOUS).sha256
    assert load_form(SLIP, tmp_path).sha256 != load_form(SLIP).sha256


def test_a_placeholder_cut_into_runs_is_joined(tmp_path: Path) -> None:
    def cut(document: Document) -> None:
        paragraph = document.add_paragraph("")
        for piece in ("前{", "{标", "题", "}}与{{急缓}", "}后"):
            paragraph.add_run(piece).bold = piece == "题"

    changed(tmp_path, cut)
    paper = load_form(SLIP, tmp_path).fill({**slip_values(SLIP_FACTS), "标题": "甲\n乙\t丙"})
    assert opened(paper.bytes).paragraphs[-1].text == "前甲\n乙\t丙与加急后"


def test_an_unknown_field_is_named_with_its_place(tmp_path: Path) -> None:
    def add(document: Document) -> None:
        document.tables[0].rows[2].cells[1].paragraphs[0].add_run("{{板快}}")
        document.sections[0].footer.paragraphs[0].add_run("{{主送}}")

    assert faults_of(tmp_path, add) == [
        "slip.docx，正文第 1 个表格第 3 行第 2 格：没有“板快”这个字段，是不是“板块”？",
        "slip.docx，页脚第 1 段：“主送”不是承办单的字段",
    ]


def test_a_field_like_no_other_is_named_without_a_guess(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, lambda document: document.add_paragraph("{{天气}}"))
    assert fault.endswith("没有“天气”这个字段")


def test_a_missing_required_field_is_named(tmp_path: Path) -> None:
    def remove(document: Document) -> None:
        document.paragraphs[0].runs[0].text = "承办单"

    (fault,) = faults_of(tmp_path, remove)
    assert fault.startswith("slip.docx，全文：缺少必有的字段 {{文书名称}}")


@pytest.mark.parametrize("words", ["{{标题", "标题}}", "｛｛标题｝｝", "{{标\n题}}"])
def test_braces_that_do_not_pair_are_named(tmp_path: Path, words: str) -> None:
    (fault,) = faults_of(tmp_path, lambda document: document.add_paragraph(words))
    assert fault.startswith("slip.docx，正文第 5 段：") and "没有成对" in fault


def test_the_citizen_is_refused_on_the_anonymous_slip(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, lambda one: one.add_paragraph("{{网民姓名}}"), SLIP_ANONYMOUS)
    assert fault.endswith("“网民姓名”是网民身份信息，承办单（隐去网民身份）不得出现")


def test_a_list_field_outside_a_row_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, lambda one: one.add_paragraph("{{件.标题}}"), SUPERVISION_LETTER)
    assert fault.endswith("列表的字段要写在表格的一行里")


@pytest.mark.parametrize(
    "content", [b"", b"PK\3\4", b"%PDF-1.7", "承办单".encode(), b"\xd0\xcf\x11\xe0" * 100]
)
def test_what_is_no_docx_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "slip.docx").write_bytes(content)
    with pytest.raises(BadData, match="不是可读的 docx 文件"):
        load_form(SLIP, tmp_path)


def test_a_cut_docx_is_refused(tmp_path: Path) -> None:
    whole = (forms_folder() / "slip.docx").read_bytes()
    (tmp_path / "slip.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadData, match="不是可读的 docx 文件"):
        load_form(SLIP, tmp_path)


def test_a_file_named_after_no_paper_is_reported(tmp_path: Path) -> None:
    (tmp_path / "承办单.docx").write_bytes(b"")
    (tmp_path / "~$slip.docx").write_bytes(b"")
    (fault,) = check_forms(tmp_path)
    assert fault.file == "承办单.docx" and "slip.docx（承办单）" in fault.reason


def test_parts_that_hold_no_field_are_carried_over_as_they_lie_packed() -> None:
    template = {part.name: part for part in read_parts((forms_folder() / "slip.docx").read_bytes())}
    paper = {part.name: part for part in read_parts(slip_template.fill(slip_values(SLIP_FACTS)).bytes)}
    assert paper.keys() == template.keys()
    assert {name for name in paper if paper[name] != template[name]} == {
        "word/document.xml",
        "word/footer1.xml",
        "word/media/code.png",
    }


def test_every_field_says_what_it_means_and_where_it_belongs() -> None:
    for field in FIELDS.values():
        assert field.meaning and field.forms
        assert field.required <= field.forms <= TEMPLATES.keys()
        assert not field.protected or all(TEMPLATES[form].identity for form in field.forms)
    assert all(required_fields(form) for form in TEMPLATES)
