"""docs/regulations.md is what the regulations' own files say, and its tables hold together."""

from __future__ import annotations

import pytest

from desktop_app.documents import regulation_page
from desktop_app.services import regulations


def rows_under(page: str, chapter: str, heading: str) -> list[list[str]]:
    """The cells of the table under `### heading` of the chapter that begins with `## chapter`."""
    text = page.split(f"## {chapter}", 1)[1].split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_page_is_what_is_generated() -> None:
    written = regulation_page.place().read_text(encoding="utf-8")
    assert written == regulation_page.page(regulations.load_all()), (
        "数据改过了，请运行 python -m desktop_app.documents.regulation_page"
    )


@pytest.mark.parametrize("regulation_id", regulations.known_ids())
def test_every_entry_of_the_data_has_its_row(regulation_id: str) -> None:
    regulation = regulations.load(regulation_id)
    page = regulation_page.page([regulation])

    def first_cells(heading: str) -> list[str]:
        return [row[0] for row in rows_under(page, regulation.title, heading)]

    assert first_cells("逐条") == [clause.article for clause in regulation.clauses]
    assert len(first_cells("期限")) == len(regulation.all_limits)
    assert len(first_cells("情形与用词")) == sum(map(len, regulation.vocabularies.values()))
    assert first_cells("状态") == [state.name for state in regulation.states]
    assert first_cells("步骤") == [rule.title for rule in regulation.actions.values()]
    assert first_cells("待办事项") == [rule.kind for rule in regulation.open_items]
    assert first_cells("本单位的事") == [rule.kind for rule in regulation.office_items]
    assert first_cells("文书") == [form.title for form in regulation.forms.values()]


def test_a_step_shows_its_states_and_its_keys() -> None:
    page = regulation_page.page([regulations.load("tongliao-2023")])
    assert "| 不予受理 | `refuse` | 待初审、待交办、办理中、待审核 | 不予受理 |" in page
    assert "`ground`、`explanation` 和 `suggestion`，或 `not_told_reason`" in page
    assert "| 把一件的全部文书、扫描件和记录连同目录、校验值做成归档包。 | 后续：归档包 |" in page
    assert "| 重新办理 | `reopen` | 不予受理、已归档 | 不予受理的到待初审；已归档的到待交办或待归档 |" in page
    assert "| 上报结果 | `report-up` | 待公开、已回复、待归档 | 待公开的到已回复；其余不变 |" in page
    assert "| 审核（登记的内容只有审核、领导查看能看） |" in page


def test_a_clause_names_where_it_lives_and_what_shows_it() -> None:
    page = regulation_page.page([regulations.load("tongliao-2023")])
    assert "`domain.clocks`" in page and "`regulations/test_worked_examples.py::test_example`" in page


@pytest.mark.parametrize("regulation_id", regulations.known_ids())
def test_every_row_has_as_many_cells_as_its_head(regulation_id: str) -> None:
    lines = regulation_page.page([regulations.load(regulation_id)]).splitlines()
    tables: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("|"):
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    widths = [{line.count("|") for line in table} for table in tables if table]
    assert widths and all(len(width) == 1 for width in widths)
