"""The papers measured on paper: drawn by LibreOffice, read back as positions of characters and red ink, in mm."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from desktop_app.documents.codes import codes_in
from desktop_app.documents.forms import load_form, merge
from desktop_app.documents.office_suite import all_to_pdf
from desktop_app.documents.paper_catalogue import (
    REMINDER,
    SLIP,
    SLIP_ANONYMOUS,
    SUPERVISION_LETTER,
    URGE,
)
from desktop_app.documents.papers.notices import reminder_values, urge_values
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.papers.supervision import letter_values
from desktop_app.documents.pdf_pages import PageImage, pdf_pages
from tests.documents.drawn_papers import (
    DPI,
    MM,
    WITH_LIBREOFFICE,
    characters,
    lines,
    red_extent,
    red_stretches,
    text_of,
)
from tests.documents.paper_samples import DONE_SLIP, LETTER, MESSAGE, NASTY, NOTICE
from tests.documents.paper_samples import SLIP as SLIP_FACTS

pytestmark = WITH_LIBREOFFICE

_PLAIN = "督办事项办理要求测试文字每行二十八字用以检验版心是否准确"

_LONG_MESSAGE = (MESSAGE + "\n" + NASTY) * 30


def _papers() -> dict[str, bytes]:
    slip, letter = load_form(SLIP), load_form(SUPERVISION_LETTER)
    usual = slip.fill(slip_values(SLIP_FACTS)).bytes
    long = slip.fill(slip_values(dataclasses.replace(DONE_SLIP, message=_LONG_MESSAGE))).bytes
    both_marks = dataclasses.replace(LETTER, secrecy="内部", urgency="特急")
    return {
        "slip": usual,
        "done-slip": slip.fill(slip_values(DONE_SLIP)).bytes,
        "long-slip": long,
        "anonymous": load_form(SLIP_ANONYMOUS).fill(slip_values(SLIP_FACTS)).bytes,
        "letter": letter.fill(letter_values(LETTER)).bytes,
        "marked-letter": letter.fill(letter_values(both_marks)).bytes,
        "full-letter": letter.fill(letter_values(dataclasses.replace(LETTER, demands=_PLAIN * 90))).bytes,
        "reminder": load_form(REMINDER).fill(reminder_values(NOTICE)).bytes,
        "urge": load_form(URGE).fill(urge_values(NOTICE)).bytes,
        "merged": merge([usual, long, usual]),
        "merged-letters": merge([letter.fill(letter_values(LETTER)).bytes] * 2),
    }


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    files = []
    for name, data in _papers().items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(data)
    return {file.stem: file for file in all_to_pdf(files, folder)}


@pytest.fixture(scope="module")
def first_page(drawn: dict[str, Path]) -> Iterator[PageImage]:
    pages = pdf_pages(drawn["letter"], DPI)
    yield next(iter(pages))


def test_every_paper_is_a4(drawn: dict[str, Path]) -> None:
    for file in drawn.values():
        page = next(iter(pdf_pages(file, DPI)))
        assert (page.width, page.height) == (pytest.approx(2100, abs=1), pytest.approx(2970, abs=1))


def test_the_red_name_and_the_rules_of_a_letter(first_page: PageImage) -> None:
    first_thick, first_thin, second_thin, second_thick = red_stretches(first_page, 22)
    name = red_extent(first_page, 25, first_thick[0] - 1)
    assert name[1] == pytest.approx(30, abs=0.6)
    assert first_thick[0] - name[3] == pytest.approx(4, abs=0.6)
    assert second_thick[1] == pytest.approx(297 - 20, abs=0.2)
    for thick, thin in ((first_thick, first_thin), (second_thick, second_thin)):
        assert thick[1] - thick[0] == pytest.approx(0.8, abs=0.15)
        assert thin[1] - thin[0] == pytest.approx(0.3, abs=0.15)
    for rule in (first_thick, first_thin, second_thin, second_thick):
        left, _, right, _ = red_extent(first_page, rule[0], rule[1])
        assert (left, right) == (pytest.approx(20, abs=0.2), pytest.approx(190, abs=0.2))
    assert (name[0] + name[2]) / 2 == pytest.approx(105, abs=1)


def test_number_and_marks_stand_below_the_first_rule(drawn: dict[str, Path], first_page: PageImage) -> None:
    rule_end = red_stretches(first_page, 22)[1][1]
    marks = [one for one in characters(drawn["letter"])[0] if 48 < one.top < 58]
    assert "".join(one.text for one in marks) == "加急通民盼督〔2026〕3号"
    assert min(one.top for one in marks) - rule_end == pytest.approx(7 / 8 * 16 * MM, abs=0.7)
    assert min(one.left for one in marks) == pytest.approx(28, abs=0.7)
    assert max(one.right for one in marks) == pytest.approx(210 - 26, abs=0.7)


def test_secrecy_stands_over_urgency(drawn: dict[str, Path]) -> None:
    page = text_of(drawn["marked-letter"])[0]
    assert page.index("内部") < page.index("〔2026〕3号") < page.index("特急") < page.index("督办函")


def test_the_title_stands_two_lines_below(drawn: dict[str, Path]) -> None:
    page = characters(drawn["letter"])[0]
    title = [one for one in page if 75 < one.top < 100 and one.bottom - one.top > 5]
    assert "".join(one.text for one in title).startswith("关于限期办理网民留言的督")
    marks = max(one.bottom for one in page if 48 < one.top < 58)
    between = (min(one.top for one in title) - marks) / (579 / 1440 * 25.4)
    assert between == pytest.approx(2.4, abs=0.4)  # two empty lines, and what the lines above and below leave
    middle = (min(one.left for one in title) + max(one.right for one in title)) / 2
    assert middle == pytest.approx(28 + 156 / 2, abs=1)


def test_a_full_page_holds_22_lines_of_28_characters(drawn: dict[str, Path]) -> None:
    pages = characters(drawn["full-letter"])
    full = [[one for one in page if one.top < 262] for page in pages[2:-1]]
    assert full
    for page in full:
        found = lines(page)
        assert len(found) == 22
        assert {len(line) for line in found} == {28}
        assert min(one.left for one in page) == pytest.approx(28, abs=1)
        assert max(one.right for one in page) == pytest.approx(184, abs=1)
        assert min(one.top for one in page) >= 37
        assert max(one.bottom for one in page) <= 262


def test_page_numbers_of_a_letter(drawn: dict[str, Path]) -> None:
    pages = characters(drawn["full-letter"])
    feet = [[one for one in page if one.top > 262] for page in pages]
    assert ["".join(one.text for one in foot) for foot in feet] == [
        "",
        *(f"—{number}—" for number in range(2, len(pages) + 1)),
    ]
    em = 14 * MM
    for number, foot in list(enumerate(feet, start=1))[1:]:
        dash = foot[0]
        assert (dash.top + dash.bottom) / 2 == pytest.approx(262 + 7, abs=0.7)
        if number % 2:
            assert max(one.right for one in foot) == pytest.approx(184 - em, abs=0.7)
        else:
            assert min(one.left for one in foot) == pytest.approx(28 + em, abs=0.7)


def test_the_date_ends_four_characters_from_the_edge_and_a_seal_has_room(drawn: dict[str, Path]) -> None:
    last = characters(drawn["letter"])[-1]
    rows = lines(last)
    words = ["".join(one.text for one in row) for row in rows]
    date = next(number for number, text in enumerate(words) if text == "2026年10月13日")
    assert words[date - 1] == LETTER.sender
    assert max(one.right for one in rows[date]) == pytest.approx(184 - 4 * 15.65 * MM, abs=1.2)
    # (日 ends short of its square, and LibreOffice rounds the block down to whole cells of the grid)
    end_of_text = max(one.bottom for one in rows[date - 2])
    assert words[date - 2] == "特此函告。"
    # A seal of 45 mm centred on name and date: its upper edge must not lie over the text.
    middle = (min(one.top for one in rows[date - 1]) + max(one.bottom for one in rows[date])) / 2
    assert middle + 4 - 45 / 2 > end_of_text
    note = min(one.top for one in rows[date + 1])
    assert note - max(one.bottom for one in rows[date]) > 10


def test_copies_stand_at_the_foot_of_the_last_page(drawn: dict[str, Path]) -> None:
    for name in ("letter", "merged-letters"):
        last = characters(drawn[name])[-1]
        copies = [one for one in last if 250 < one.top < 262]
        assert "".join(one.text for one in copies) == "抄送：市政府督查室，市行政审批和政务服务局。"


@pytest.mark.parametrize("name", ["slip", "done-slip", "anonymous", "reminder", "urge"])
def test_an_ordinary_form_is_one_page(drawn: dict[str, Path], name: str) -> None:
    assert len(characters(drawn[name])) == 1


def test_a_message_of_four_hundred_characters_leaves_the_slip_on_one_page(tmp_path: Path) -> None:
    facts = dataclasses.replace(SLIP_FACTS, message=("我们小区的二次供水设备老化，盼望尽快检修。" * 20)[:400])
    file = tmp_path / "slip.docx"
    file.write_bytes(load_form(SLIP).fill(slip_values(facts)).bytes)
    assert len(characters(all_to_pdf([file], tmp_path)[0])) == 1


def test_a_long_slip_repeats_its_numbers_and_keeps_its_signatures_together(drawn: dict[str, Path]) -> None:
    pages = text_of(drawn["long-slip"])
    assert len(pages) > 3
    for page in pages[1:]:
        assert page.startswith("编号藏督留承〔2026〕3号留言编号登记号2026-0003")
    signed = [page for page in pages if "是否宜公开" in page]
    assert len(signed) == 1
    assert (
        signed[0].index("主要负责人审签：扎西") and "（公章）" in signed[0] and "2026年10月9日" in signed[0]
    )


def test_the_whole_message_is_on_paper(drawn: dict[str, Path]) -> None:
    everything = "".join(text_of(drawn["long-slip"]))
    assert everything.count("恳请督促有关部门尽快检修二次供水设备") == 30
    assert everything.count("{{标题}}") == 30
    assert everything.count("<w:p>&amp;") == 30


def test_merged_papers_begin_on_a_page_of_their_own_numbered_from_one(drawn: dict[str, Path]) -> None:
    single, long, merged = (text_of(drawn[name]) for name in ("slip", "long-slip", "merged"))
    assert merged == [*single, *long, *single]
    letters = text_of(drawn["merged-letters"])
    assert letters == text_of(drawn["letter"]) * 2


# ------------------------------------------------------------------ the code of a slip


def grey_page(file: Path, dpi: float) -> Image.Image:
    page = next(iter(pdf_pages(file, dpi)))
    return Image.frombytes("RGB", (page.width, page.height), page.pixels).convert("L")


@pytest.mark.parametrize("name", ["slip", "done-slip", "long-slip", "anonymous", "merged"])
@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_the_code_of_a_slip_is_read_off_its_page(drawn: dict[str, Path], name: str, dpi: int) -> None:
    page = next(iter(pdf_pages(drawn[name], dpi)))
    facts = DONE_SLIP if name in ("done-slip", "long-slip") else SLIP_FACTS
    assert codes_in(page) == (facts.code,)


def test_the_code_is_large_enough_and_nothing_stands_in_its_quiet_zone(drawn: dict[str, Path]) -> None:
    image = grey_page(drawn["slip"], DPI)
    left, top = 190 - 25.4, 6.0
    quiet = 25.4 * 4 / 37
    corner = image.crop(tuple(round(10 * mm) for mm in (left + 1, top, 190, top + 25.4)))  # type: ignore[arg-type]
    ink = ImageOps.invert(corner).point(lambda level: 255 if level > 128 else 0).getbbox()
    assert ink is not None
    side = (ink[2] - ink[0]) / 10
    assert side >= 18 and abs(side - (ink[3] - ink[1]) / 10) < 0.2
    assert abs(ink[0] / 10 + 1 - quiet) < 0.2 and abs(ink[1] / 10 - quiet) < 0.2
    beneath = [one for one in characters(drawn["slip"])[0] if one.left > left - 15 and one.top < 35]
    number = "".join(one.text for one in beneath if one.top > top + 25.4 - quiet)
    assert SLIP_FACTS.code.endswith(number) and len(number) > 20
    assert all(one.top > top + 25.4 for one in beneath if one.right > left)
