"""Every paper under both regulations, ordinary, bare and extreme: what went in is what python-docx reads out of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache

import docx
import pytest
from docx.document import Document

from desktop_app.documents.fields import FIELDS, fields_of, required_fields
from desktop_app.documents.forms import Template, load_form
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.papers.registry import values_for
from desktop_app.documents.recorded_values import Values
from desktop_app.services import regulations
from tests.documents.paper_cases import BARE, CITIZEN, EXTREME, ORDINARY, T, X, joint_source, paper_source

_CANNOT_PRINT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

KINDS = (ORDINARY, BARE, EXTREME)
ALL = [(form, one) for one in (X, T) for form in regulations.load(one).forms if form in PAPERS]


@lru_cache
def template(form: str) -> Template:
    return load_form(form)


def made(form: str, regulation: str, kind: str) -> tuple[Values, Document]:
    values = values_for(paper_source(form, regulation, kind))
    return values, docx.Document(io.BytesIO(template(form).fill(values).bytes))


def shown(text: str) -> str:
    return _CANNOT_PRINT.sub("□", text.replace("\r\n", "\n").replace("\r", "\n"))


def stories(document: Document) -> Iterator[str]:
    """The text of body, cells, headers and footers; a paragraph a line."""
    roots = [document.element.body]
    for section in document.sections:
        for part in (section.footer, section.even_page_footer, section.first_page_footer):
            roots.append(part._element)
    for root in roots:
        yield "\n".join(_text(paragraph) for paragraph in root.iter(f"{_W}p"))


def _text(paragraph: object) -> str:
    marks = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    pieces = paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")  # type: ignore[attr-defined]
    return "".join(marks.get(one.tag) or one.text or "" for one in pieces if one.getparent().tag == f"{_W}r")


def test_both_regulations_know_only_papers_that_can_be_made() -> None:
    known = {form for one in (X, T) for form in regulations.load(one).forms}
    assert known == set(PAPERS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("form", "regulation"), ALL)
def test_the_text_of_a_paper_is_what_went_into_it(form: str, regulation: str, kind: str) -> None:
    values, document = made(form, regulation, kind)
    everything = "\n".join(stories(document))
    for name in template(form).fields:
        group, _, key = name.partition(".")
        texts = [str(values[name])] if not key else [str(row[key]) for row in values[group]]  # type: ignore[index]
        for text in texts:
            assert shown(text) in everything, f"{form}: {name}"
    assert "liuyan" not in document.element.xml


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("form", "regulation"), ALL)
def test_every_field_of_a_paper_has_a_value_of_its_own_kind(form: str, regulation: str, kind: str) -> None:
    values = values_for(paper_source(form, regulation, kind))
    for name, field in fields_of(form).items():
        if field.group is None:
            assert isinstance(values[name], str), name
        else:
            rows = values[field.group]
            assert not isinstance(rows, str)
            assert all(isinstance(row[name.partition(".")[2]], str) for row in rows), name
    assert set(values) <= {FIELDS[name].group or name for name in fields_of(form)}


@pytest.mark.parametrize(("form", "regulation"), ALL)
def test_a_paper_without_identity_tells_nobody_who_wrote(form: str, regulation: str) -> None:
    _, document = made(form, regulation, ORDINARY)
    everything = "\n".join(stories(document))
    if not PAPERS[form].identity:
        assert CITIZEN.name not in everything and CITIZEN.contact not in everything
        assert not any(field.protected for field in fields_of(form).values())


@pytest.mark.parametrize("form", PAPERS)
def test_a_template_uses_what_it_must_and_the_code_where_it_comes_back(form: str) -> None:
    assert set(required_fields(form)) <= set(template(form).fields)
    comes_back = {"slip", "slip-anonymous", "reminder", "urge", "supervision-slip", "extension", "return"}
    comes_back |= {"rework", "approval", "transfer-letter", "investigation", "follow-up", "explanation"}
    if form in comes_back:
        assert "识别码" in template(form).fields


@pytest.mark.parametrize("regulation", [X, T])
@pytest.mark.parametrize("form", ["reminder", "urge", "supervision-letter", "supervision-slip"])
def test_a_joint_paper_has_a_row_for_each_of_twenty_cases(form: str, regulation: str) -> None:
    if form not in regulations.load(regulation).forms:
        return
    values = values_for(joint_source(form, regulation, 20))
    assert [row["编号"] for row in values["件"]] == [f"2026-{number:04d}" for number in range(312, 332)]  # type: ignore[index]
    document = docx.Document(io.BytesIO(template(form).fill(values).bytes))
    assert "\n".join(stories(document)).count("某小区二次供水水压不足") >= 20
