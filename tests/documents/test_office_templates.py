"""The templates in use: shipped, or the office's own; samples of every paper out of the examples of its fields."""

from __future__ import annotations

import io

import docx
import pytest

from desktop_app.documents.fields import fields_of
from desktop_app.documents.forms import load_form
from desktop_app.documents.office_templates import sample_values
from desktop_app.documents.paper_catalogue import TEMPLATES


@pytest.mark.parametrize("form", TEMPLATES)
def test_the_examples_of_the_fields_fill_the_paper(form: str) -> None:
    values = sample_values(form)
    assert set(values) == {field.group or name for name, field in fields_of(form).items()}
    paper = load_form(form).fill(values)
    assert paper.unprintable == ()
    assert "{{" not in docx.Document(io.BytesIO(paper.bytes)).element.xml


def test_lists_have_rows_to_look_at() -> None:
    rows = sample_values("reminder")["件"]
    assert not isinstance(rows, str)
    assert [row["序号"] for row in rows] == ["1", "2", "3"]
