"""A bulletin measured on paper: the standard's text block, the red head over it, tables and charts in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.documents.charts import Bars, Series, png
from desktop_app.documents.forms import load_form
from desktop_app.documents.office_suite import all_to_pdf
from desktop_app.documents.office_templates import sample_values
from desktop_app.documents.paper_catalogue import BULLETIN
from desktop_app.documents.pdf_pages import pdf_pages
from desktop_app.documents.recorded_values import Values
from tests.documents.drawn_papers import (
    DPI,
    WITH_LIBREOFFICE,
    characters,
    lines,
    red_extent,
    red_stretches,
    rows,
    text_of,
)

pytestmark = WITH_LIBREOFFICE

_PLAIN = "督办事项办理要求测试文字每行二十八字用以检验版心是否准确"


def _values(**changed: str) -> Values:
    import base64

    picture = png(Bars("", ("供暖", "入学"), (Series("收到", (12.0, 7.0)),)), dpi=100)
    values: Values = {**sample_values(BULLETIN), "图二": base64.b64encode(picture).decode(), **changed}
    for name in ("图一名称", "图三名称"):
        values[name] = ""
    return values


def _papers() -> dict[str, bytes]:
    template = load_form(BULLETIN)
    many = [{"名称": f"市第{place}局", "承办": str(place)} for place in range(80)]
    return {
        "usual": template.fill(_values()).bytes,
        "full": template.fill(_values(工作要求=_PLAIN * 90)).bytes,
        "many": template.fill({**_values(), "单位": many}).bytes,
        **{
            f"demands-{count}": template.fill(_values(工作要求="\n".join(["请抓紧办理。"] * count))).bytes
            for count in range(0, 24, 4)
        },
    }


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    files = []
    for name, data in _papers().items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(data)
    return {file.stem: file for file in all_to_pdf(files, folder)}


def test_a_full_page_holds_22_lines_of_28_characters(drawn: dict[str, Path]) -> None:
    page = next(
        page for page in characters(drawn["full"]) if sum(one.text in _PLAIN for one in page) == 22 * 28
    )
    body = [line for line in lines(page) if "—" not in {one.text for one in line}]
    assert [len(line) for line in body] == [28] * 22
    assert min(one.left for line in body for one in line) == pytest.approx(28, abs=1)
    assert max(one.right for line in body for one in line) == pytest.approx(210 - 26, abs=1)


def test_the_head_stands_over_a_red_rule_of_the_text_s_width(drawn: dict[str, Path]) -> None:
    page = next(iter(pdf_pages(drawn["usual"], DPI)))
    (rule,) = red_stretches(page, 30)[-1:]
    assert rule[1] - rule[0] == pytest.approx(0.7, abs=0.2)
    left, _, right, _ = red_extent(page, rule[0], rule[1])
    assert (left, right) == (pytest.approx(27, abs=0.3), pytest.approx(183, abs=0.3))
    above = [row for row in rows(characters(drawn["usual"])[0]) if row[0].bottom < rule[0]]
    words = ["".join(one.text for one in row) for row in above]
    assert words[0] == "督查通报" and words[1] == "〔2026〕第3期"
    assert words[2].startswith("自治区人民政府督查室") and words[2].endswith("2026年10月9日")
    assert rule[0] - max(one.bottom for one in above[-1]) > 1


def test_it_is_numbered_from_its_first_page(drawn: dict[str, Path]) -> None:
    pages = text_of(drawn["many"])
    assert len(pages) > 4
    assert all(f"—{number}—" in page for number, page in enumerate(pages, start=1))


def test_a_table_repeats_its_head_on_every_page_it_runs_to(drawn: dict[str, Path]) -> None:
    pages = [page for page in text_of(drawn["many"]) if "市第" in page]
    assert len(pages) > 1 and all("名次单位承办" in page for page in pages)


def test_a_chart_keeps_its_shape_and_one_without_a_caption_leaves_no_gap(drawn: dict[str, Path]) -> None:
    text = "".join(text_of(drawn["usual"]))
    assert "图2" in text and "图1" not in text and "图3" not in text


@pytest.mark.parametrize("count", range(0, 24, 4))
def test_a_signature_is_never_parted_from_its_closing_words(drawn: dict[str, Path], count: int) -> None:
    (page,) = [page for page in text_of(drawn[f"demands-{count}"]) if "特此通报。" in page]
    assert page.index("特此通报。") < page.index("2026年10月9日", page.index("特此通报。"))


def test_what_figures_mean_stands_on_pages_of_its_own(drawn: dict[str, Path]) -> None:
    pages = text_of(drawn["usual"])
    (place,) = [number for number, page in enumerate(pages) if "指标说明" in page]
    assert pages[place].startswith("附件") and "特此通报" in pages[place - 1]
