"""No paper that may not name the citizen holds a word of theirs, whatever was typed anywhere (X 第六条, T 第七条（二）)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.documents.field import Cover
from desktop_app.documents.fields import FIELDS
from desktop_app.documents.forms import load_form
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.papers.registry import values_for
from desktop_app.documents.recorded_values import values_text
from desktop_app.domain.office_records import Attachment
from desktop_app.services import regulations
from desktop_app.services.papers import Filed, PaperSource
from tests.documents.paper_cases import T, X, paper_source, source_of, steps_to
from tests.sentinels import MESSAGE, NAME, SENTINELS, TYPED, leaks_in, typed_into

WITHOUT_IDENTITY = [
    pytest.param(regulation, form, id=f"{regulation}-{form}")
    for regulation in (X, T)
    for form in regulations.load(regulation).forms
    if form in PAPERS and not PAPERS[form].identity
]
_SCAN = Attachment(
    1, "2026-0312", "scan", f"{NAME}的{TYPED}.pdf", 10, "0" * 64, "2026-10-10T08:00:00+08:00", "王敏"
)


def sentinel_source(form: str, regulation: str) -> PaperSource:
    """The case of that paper with a citizen who can be known again, and their words typed into every free field."""
    steps = [(action, on, typed_into(action, keys)) for action, on, keys in steps_to(form, regulation)]
    made = source_of(form, regulation, steps, MESSAGE)
    papers = paper_source(form, regulation).filed.papers
    return replace(made, filed=Filed(papers, (_SCAN,)))


@pytest.mark.parametrize(("regulation", "form"), WITHOUT_IDENTITY)
def test_no_word_of_the_citizen_is_filled_in(regulation: str, form: str) -> None:
    source = sentinel_source(form, regulation)
    values = values_for(source)
    assert leaks_in(values_text(values)) == []
    assert leaks_in(load_form(form).fill({**values, "识别码": source.code}).bytes) == []


@pytest.mark.parametrize("regulation", [X, T])
@pytest.mark.parametrize("form", ["reminder", "urge", "supervision-letter"])
def test_of_several_citizens_on_one_paper_none_is_named(regulation: str, form: str) -> None:
    """The words of one case may be typed on another that stands on the same paper."""
    first, other = paper_source(form, regulation), sentinel_source(form, regulation)
    step = replace(first.case.pressure[-1], problems=TYPED, answer=TYPED, demands=TYPED)
    case = replace(first.case, pressure=(*first.case.pressure[:-1], step))
    joint = replace(
        first, case=case, companions=(replace(other, case=replace(other.case, number="2026-0313")),)
    )
    assert leaks_in(values_text(values_for(joint))) == []


def test_the_sentinels_are_there_to_be_found() -> None:
    """The slip with identity holds them, so a search that finds nothing would be seen."""
    source = sentinel_source("slip", T)
    found = leaks_in(load_form("slip").fill({**values_for(source), "识别码": source.code}).bytes)
    assert set(found) >= {NAME, SENTINELS[1]}


def test_the_slip_without_identity_covers_what_the_other_tells() -> None:
    assert leaks_in(values_text(values_for(sentinel_source("slip-anonymous", T)))) == []


def test_only_what_nobody_types_freely_is_printed_as_it_is() -> None:
    """A new field is covered unless somebody says why not."""
    as_it_is = {name for name, field in FIELDS.items() if field.cover in (Cover.PUBLIC, Cover.IDENTITY)}
    assert as_it_is == {"拟公开稿", "公开答复", "公开说明", "网民姓名", "网民联系方式"}
