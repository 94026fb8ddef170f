"""docs/paper-fields.md is what the dictionary of fields says."""

from __future__ import annotations

from desktop_app.documents import field_page
from desktop_app.documents.fields import FIELDS, fields_of
from desktop_app.documents.paper_catalogue import TEMPLATES
from desktop_app.services import regulations


def test_the_page_is_what_is_generated() -> None:
    written = field_page.place().read_text(encoding="utf-8")
    assert written == field_page.page(regulations.load_all()), (
        "字段改过了，请运行 python -m desktop_app.documents.field_page"
    )


def test_every_paper_has_its_chapter_and_every_field_its_line() -> None:
    page = field_page.page(regulations.load_all())
    shared, _, papers = page.partition("## 各种文书\n")
    chapters = {one.splitlines()[0]: one for one in papers.split("### ")[1:]}
    assert list(chapters) == [paper.title for paper in TEMPLATES.values()]
    for form, paper in TEMPLATES.items():
        for name in fields_of(form):
            assert f"| `{name}` |" in shared + chapters[paper.title]
        assert f"`{paper.file_name}`" in chapters[paper.title]


def test_what_tells_of_the_citizen_is_marked() -> None:
    page = field_page.page(regulations.load_all())
    for name, field in FIELDS.items():
        lines = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        assert lines and all(line.split("|")[5].strip() == field.cover for line in lines)
        assert field.protected is (field.cover == "身份")
