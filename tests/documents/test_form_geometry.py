"""Office forms, 移交函 and reports measured on paper: one page, repeated heads, signatures whole, codes readable."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop_app.documents.codes import codes_in
from desktop_app.documents.form_families import LETTERS, REPORTS
from desktop_app.documents.forms import load_form, merge
from desktop_app.documents.office_suite import all_to_pdf
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.papers.instruction_report import (
    instruction_report_facts,
    instruction_report_values,
)
from desktop_app.documents.papers.registry import values_for
from desktop_app.documents.papers.transfer import (
    transfer_facts,
    transfer_letter_values,
    transfer_report_values,
)
from desktop_app.documents.pdf_pages import pdf_pages
from desktop_app.services import regulations
from tests.documents.drawn_papers import (
    DPI,
    MM,
    WITH_LIBREOFFICE,
    Character,
    characters,
    lines,
    red_extent,
    red_stretches,
    rows,
    text_of,
)
from tests.documents.paper_cases import EXTREME, ORDINARY, T, X, joint_source, paper_source

pytestmark = WITH_LIBREOFFICE

_PLAIN = "督办事项办理要求测试文字每行二十八字用以检验版心是否准确"
_CODED = [form for form in PAPERS if form not in (*LETTERS, *REPORTS, "reply", "file-catalogue")]
_ONE_PAGE = [
    (form, letter)
    for regulation, letter in ((X, "x"), (T, "t"))
    for form in PAPERS
    if form in regulations.load(regulation).forms and form not in (*LETTERS, *REPORTS)
]
# Twelve working days over the National Day are two pages of days.
_ONE_PAGE.remove(("deadline-note", "x"))
_JOINT = ("reminder", "urge", "supervision-letter", "supervision-slip")
_LENGTHS = range(0, 24, 2)
_OPINIONS = {"approval": ("审定意见", "签字："), "return": ("处理意见", "经办人：")}
"""The opinion of a form that may run over a page, and what its signature begins with."""


def _papers() -> dict[str, bytes]:
    papers = {}
    for regulation, letter in ((X, "x"), (T, "t")):
        for form in PAPERS:
            if form not in regulations.load(regulation).forms:
                continue
            papers[f"{form}.{letter}"] = _filled(form, regulation, ORDINARY)
    for form in ("extension", "return", "approval", "private-answer", "file-catalogue", "refusal"):
        papers[f"{form}.long"] = _filled(form, T, EXTREME)
    for form, (opinion, _) in _OPINIONS.items():
        papers[f"{form}.opinion"] = _filled_with(form, opinion, _PLAIN * 60)
    for form in _JOINT:
        papers[f"{form}.joint"] = load_form(form).fill(values_for(joint_source(form, T, 20))).bytes
    letter_facts = transfer_facts(paper_source("transfer-letter", T))
    report_facts = transfer_facts(paper_source("transfer-report", T))
    leader_facts = instruction_report_facts(paper_source("instruction-report", X))
    full = dataclasses.replace(letter_facts, violation=_PLAIN * 90)
    papers["transfer-letter.full"] = load_form("transfer-letter").fill(transfer_letter_values(full)).bytes
    full = dataclasses.replace(report_facts, violation=_PLAIN * 90)
    papers["transfer-report.full"] = load_form("transfer-report").fill(transfer_report_values(full)).bytes
    for count in _LENGTHS:
        longer = dataclasses.replace(leader_facts, result="\n".join([_PLAIN[:20]] * count) or "已办")
        papers[f"report-{count}"] = (
            load_form("instruction-report").fill(instruction_report_values(longer)).bytes
        )
    papers["merged"] = merge([papers["transfer-letter.t"]] * 2)
    return papers


def _filled(form: str, regulation: str, kind: str) -> bytes:
    return load_form(form).fill(values_for(paper_source(form, regulation, kind))).bytes


def _filled_with(form: str, field: str, words: str) -> bytes:
    values = values_for(paper_source(form, T))
    return load_form(form).fill({**values, field: words}).bytes


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    files = []
    for name, data in _papers().items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(data)
    return {file.name.removesuffix(".pdf"): file for file in all_to_pdf(files, folder)}


def words(row: list[Character]) -> str:
    return "".join(one.text for one in row)


@pytest.mark.parametrize(("form", "regulation"), _ONE_PAGE)
def test_an_ordinary_office_form_is_one_page(drawn: dict[str, Path], form: str, regulation: str) -> None:
    assert len(characters(drawn[f"{form}.{regulation}"])) == 1


@pytest.mark.parametrize("form", _CODED)
def test_the_code_is_read_off_every_form_that_bears_one(drawn: dict[str, Path], form: str) -> None:
    page = next(iter(pdf_pages(drawn[f"{form}.t"], 150)))
    assert codes_in(page) == (paper_source(form, T).code,)


@pytest.mark.parametrize("form", _CODED)
def test_nothing_is_written_over_the_code(drawn: dict[str, Path], form: str) -> None:
    page = characters(drawn[f"{form}.t"])[0]
    quiet = 25.4 * 4 / 37
    right = 190 if form not in ("reminder", "urge") else 186
    box = (right - 25.4 + quiet, 6 + quiet, right - quiet, 6 + 25.4 - quiet)
    assert not [
        one for one in page if one.right > box[0] and one.left < box[2] and box[1] < one.bottom < box[3]
    ]


def test_the_receipt_of_a_transfer_is_a_sheet_of_its_own(drawn: dict[str, Path]) -> None:
    pages = list(pdf_pages(drawn["transfer-letter.t"], 150))
    texts = text_of(drawn["transfer-letter.t"])
    assert "移交回执" in texts[-1] and "收件机关" in texts[-1]
    assert not any("移交回执" in text for text in texts[:-1])
    assert codes_in(pages[-1]) == (paper_source("transfer-letter", T).code,)
    assert all(codes_in(page) == () for page in pages[:-1])
    assert "—" not in texts[-1]


def test_the_red_head_of_a_transfer_is_a_letter_s(drawn: dict[str, Path]) -> None:
    page = next(iter(pdf_pages(drawn["transfer-letter.t"], DPI)))
    first_thick, first_thin, second_thin, second_thick = red_stretches(page, 22)
    name = red_extent(page, 25, first_thick[0] - 1)
    assert name[1] == pytest.approx(30, abs=0.6)
    assert first_thick[0] - name[3] == pytest.approx(4, abs=0.6)
    assert second_thick[1] == pytest.approx(297 - 20, abs=0.2)
    for rule in (first_thick, first_thin, second_thin, second_thick):
        left, _, right, _ = red_extent(page, rule[0], rule[1])
        assert (left, right) == (pytest.approx(20, abs=0.2), pytest.approx(190, abs=0.2))


@pytest.mark.parametrize("name", ["transfer-letter.full", "transfer-report.full"])
def test_a_full_page_holds_22_lines_of_28_characters(drawn: dict[str, Path], name: str) -> None:
    pages = [[one for one in page if one.top < 262] for page in characters(drawn[name])]
    full = [page for page in pages if {words(row) for row in lines(page)} <= {_PLAIN, *_shifted()}]
    assert full
    for page in full:
        found = lines(page)
        assert len(found) == 22 and {len(row) for row in found} == {28}
        assert min(one.left for one in page) == pytest.approx(28, abs=1)
        assert max(one.right for one in page) == pytest.approx(184, abs=1)
        assert min(one.top for one in page) >= 37 and max(one.bottom for one in page) <= 262


def _shifted() -> set[str]:
    """What a line of 28 characters may be where the text began two characters in."""
    return {_PLAIN[place:] + _PLAIN[:place] for place in range(28)}


def test_a_report_is_numbered_from_its_first_page(drawn: dict[str, Path]) -> None:
    pages = characters(drawn["transfer-report.full"])
    feet = [[one for one in page if one.top > 262] for page in pages]
    assert [words(foot) for foot in feet] == [f"—{number}—" for number in range(1, len(pages) + 1)]
    em = 14 * MM
    for number, foot in enumerate(feet, start=1):
        assert (foot[0].top + foot[0].bottom) / 2 == pytest.approx(262 + 7, abs=0.7)
        if number % 2:
            assert max(one.right for one in foot) == pytest.approx(184 - em, abs=0.7)
        else:
            assert min(one.left for one in foot) == pytest.approx(28 + em, abs=0.7)


@pytest.mark.parametrize(
    ("name", "date", "closing"),
    [
        ("transfer-letter.t", "2026年10月26日", "特此函告。请收到后将回执盖章退回我单位。"),
        ("transfer-report.t", "2026年10月26日", "特此报告。"),
        ("instruction-report.x", "2026年10月9日", "特此报告。"),
    ],
)
def test_a_seal_has_room_over_name_and_date(
    drawn: dict[str, Path], name: str, date: str, closing: str
) -> None:
    (page,) = [page for page in characters(drawn[name]) if any(words(row) == closing for row in rows(page))]
    found = rows(page)
    told = [words(row) for row in found]
    at = told.index(date)
    assert told[at - 2] == closing
    assert max(one.right for one in found[at]) == pytest.approx(184 - 4 * 15.65 * MM, abs=1.2)
    middle = (min(one.top for one in found[at - 1]) + max(one.bottom for one in found[at])) / 2
    assert middle + 4 - 45 / 2 > max(one.bottom for one in found[at - 2])
    assert min(one.top for one in found[at + 1]) - max(one.bottom for one in found[at]) > 10


@pytest.mark.parametrize("count", _LENGTHS)
def test_a_signature_is_never_parted_from_its_closing_words(drawn: dict[str, Path], count: int) -> None:
    texts = text_of(drawn[f"report-{count}"])
    (signed,) = [text for text in texts if "特此报告。" in text]
    assert "自治区人民政府督查室2026年10月9日（联系人：达娃" in signed


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("reminder.joint", "序号编号标题交办日期到期日期"),
        ("supervision-letter.joint", "序号编号标题办理时限此前提醒、催办"),
        ("supervision-slip.joint", "主送市住房和城乡建设局督办情形敷衍塞责登记号留言标题时限和此前文书"),
        ("deadline-note.x", "日期星期计数为什么计或者不计放假通知"),
        ("file-catalogue.long", "序号档号文号责任者题名日期密级页数备注"),
        ("extension.long", "登记号2026-0312留言编号18734221类别投诉"),
        ("return.long", "登记号2026-0312留言编号18734221类别投诉"),
        ("approval.long", "登记号2026-0312留言编号18734221类别投诉"),
        ("private-answer.long", "登记号2026-0312留言编号18734221类别投诉"),
    ],
)
def test_a_table_repeats_its_head_on_every_page_it_runs_to(
    drawn: dict[str, Path], name: str, head: str
) -> None:
    texts = text_of(drawn[name])
    assert len(texts) > 1
    second = texts[1]
    assert second.startswith(head)
    assert texts[0].count(head) == 1


@pytest.mark.parametrize("form", _OPINIONS)
def test_an_opinion_of_several_pages_ends_with_its_signature_above_the_footer(
    drawn: dict[str, Path], form: str
) -> None:
    pages = characters(drawn[f"{form}.opinion"])
    assert len(pages) > 2
    said = "".join("".join(words(row) for row in rows(page)) for page in pages)
    assert said.count("版") == 60
    last = rows(pages[-1])
    signatures = [row for row in last if _OPINIONS[form][1] in words(row)]
    assert len(signatures) == 1
    footer = next(row for row in last if "页" in words(row) and "第" in words(row))
    assert signatures[0][0].bottom + 2 < footer[0].top
    assert _PLAIN[:8] in "".join(map(words, last[: last.index(signatures[0])]))


def test_merged_transfers_keep_their_receipts_behind_them(drawn: dict[str, Path]) -> None:
    single, merged = (text_of(drawn[name]) for name in ("transfer-letter.t", "merged"))
    assert merged == single * 2
