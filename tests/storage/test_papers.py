"""Papers that were made, and what each was made of."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from desktop_app.domain.office_records import PaperMade
from desktop_app.storage.database import Database
from tests.engines import behind

SLIP = PaperMade("slip", "2026-0001", "2026-01-02", "王敏", "ab", "〔2026〕1号", "cd", 5, "承办单.docx")


def test_papers_belong_to_their_case(with_cases: Database) -> None:
    letter = PaperMade("supervision-letter", "2026-0001", "2026-01-03", "王敏", "ef")
    with with_cases.change() as work:
        work.papers.add(SLIP)
        work.papers.add(letter)
        work.papers.add(replace(letter, case="2026-0002"))
        assert work.papers.of_case("2026-0001") == [replace(SLIP, id=1), replace(letter, id=2)]
        assert work.papers.of_case("2026-0003") == []


def test_what_was_filled_in_is_kept_once_however_often_the_paper_is_made(with_cases: Database) -> None:
    joint = replace(SLIP, filled='{"标题": "水压\\n不足"}', joint=True)
    with with_cases.change() as work:
        work.papers.add(joint)
        work.papers.add(replace(joint, case="2026-0002"))
        assert work.papers.get(1) == replace(joint, id=1)
        assert work.papers.get(2) == replace(joint, case="2026-0002", id=2)
        kept = work._connection.exec_driver_sql("SELECT count(*) FROM paper_values").scalar()
        assert kept == 1


def test_a_paper_tells_that_its_number_was_voided_since(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = work.numbers.issue("督办", 2026, lambda serial: f"督〔2026〕{serial}号", "2026-0001")
        work.papers.add(replace(SLIP, number=number))
        assert [one.void for one in work.papers.of_case("2026-0001")] == [False]
        work.issued.settle("2026-0001", {}, "卡纸")
        (paper,) = work.papers.of_case("2026-0001")
        assert paper.void and work.papers.get(paper.id) == paper


def test_a_paper_of_an_earlier_program_has_nothing_filled_in(with_cases: Database) -> None:
    with with_cases.change() as work:
        work.papers.add(SLIP)
        found = work.papers.get(1)
        assert found is not None and found.filled == ""
        assert work.papers.get(2) is None


def test_a_template_is_kept_once_under_its_digest(with_cases: Database) -> None:
    content = bytes(range(256))
    with with_cases.change() as work:
        sha256 = work.papers.keep_template(content)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert work.papers.keep_template(content) == sha256
        assert work.papers.template(sha256) == content
        assert work.papers.template("00") is None
        assert list(work.papers.check()) == []


def test_a_template_that_was_altered_is_found(with_cases: Database) -> None:
    with with_cases.change() as work:
        sha256 = work.papers.keep_template(b"template")
    with behind(with_cases.folder, with_cases.key) as driver:
        driver.execute("UPDATE paper_templates SET content = ?", (b"\0",))
    with with_cases.read() as work:
        (problem,) = work.papers.check()
    assert (problem.kind, problem.where) == ("paper", sha256)
