"""Which pages of a file belong together, to which case, and what keeps them from being filed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.paper_codes import PaperCode
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import attachments, cases, office, papers, pressure, registration, scans
from desktop_app.services.scans import PageRun, ScanPart, runs_of
from desktop_app.services.session import OfficeClock, Session
from tests.engines import copy_office, place

TODAY = date(2026, 10, 13)
PASSWORD = "gou-chang-de-mi-ma"
OFFICE = "483920"
A, B = (str(PaperCode(OFFICE, f"2026-000{one}", "slip", one)) for one in (1, 2))
A_AGAIN = str(PaperCode(OFFICE, "2026-0001", "extension", 7))
FOREIGN = str(PaperCode("520714", "2026-0001", "slip", 1))
MISREAD = A[:-1] + str((int(A[-1]) + 1) % 10)

NONE: tuple[str, ...] = ()


def spans(*pages: tuple[str, ...]) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(run.first, run.last, run.codes) for run in runs_of(pages, OFFICE)]


# ------------------------------------------------------------------ pages that belong together


def test_pages_without_a_code_follow_the_one_before() -> None:
    assert spans((A,), NONE, (B,), NONE, NONE) == [(1, 2, (A,)), (3, 5, (B,))]
    assert [run.without for run in runs_of([(A,), NONE, (B,), NONE, NONE], OFFICE)] == [1, 2]


def test_the_same_code_goes_on_and_another_of_the_same_case_begins_anew() -> None:
    assert spans((A,), (A,), NONE, (A_AGAIN,)) == [(1, 3, (A,)), (4, 4, (A_AGAIN,))]


def test_pages_before_the_only_code_of_a_file_are_its_own() -> None:
    (run,) = runs_of([NONE, (A,), NONE], OFFICE)
    assert run == PageRun(1, 3, (A,), 2)


def test_pages_before_the_first_of_several_codes_belong_to_nobody() -> None:
    assert spans(NONE, (A,), (B,)) == [(1, 1, NONE), (2, 2, (A,)), (3, 3, (B,))]


def test_a_file_without_a_code_is_one_run() -> None:
    assert spans(NONE, NONE) == [(1, 2, NONE)]
    assert spans() == []


def test_another_offices_code_or_a_misread_one_begins_a_run_of_its_own() -> None:
    assert spans((A,), (FOREIGN,), NONE) == [(1, 1, (A,)), (2, 3, (FOREIGN,))]
    assert spans((A,), (MISREAD,), NONE) == [(1, 1, (A,)), (2, 3, (MISREAD,))]
    assert spans((A,), ("unreadable",)) == [(1, 1, (A,)), (2, 2, ("unreadable",))]


def test_of_several_codes_on_a_page_ours_counts() -> None:
    assert spans((FOREIGN, A)) == [(1, 1, (A,))]
    assert spans((A, A_AGAIN)) == [(1, 1, (A,))]
    assert spans((A, B)) == [(1, 1, (A, B))]


@given(st.lists(st.lists(st.sampled_from([A, B, A_AGAIN, FOREIGN, MISREAD]), max_size=2), max_size=12))
def test_every_page_is_in_one_run_and_no_run_holds_two_cases(pages: list[list[str]]) -> None:
    runs = runs_of(pages, OFFICE)
    assert [page for run in runs for page in range(run.first, run.last + 1)] == list(range(1, len(pages) + 1))
    for run in runs:
        others = {code for page in pages[run.first - 1 : run.last] for code in page}
        numbers = {"2026-0001" for one in (A, A_AGAIN) if one in others} | {
            "2026-0002" for one in (B,) if one in others
        }
        assert len(numbers) <= 1 or len(run.codes) > 1


# ------------------------------------------------------------------ to which case


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An office with two cases, and its data key: opening a copy of it derives nothing a second time."""
    folder = tmp_path_factory.mktemp("office") / "data"
    office.found(place(folder), "甲市运维中心", "tongliao-2023", "王敏", PASSWORD, OfficeClock(TODAY))
    opened = office.enter(folder, "王敏", PASSWORD, TODAY)
    office.bring_in_units(opened, [Unit("市教育局")])
    for title in ("路灯不亮", "学校收费"):
        entry = Registration("tongliao-2023", date(2026, 10, 9), "市长板块", Message(title, f"{title}。"))
        number = registration.register_one(opened, entry).number
        cases.act(opened, number, "accept", {"category": "投诉", "urgency": "一般"}, date(2026, 10, 9))
    key = opened.database.key
    opened.close()
    return folder, key


@pytest.fixture
def session(template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Session]:
    copy_office(template[0], tmp_path / "office")
    opened = office.enter_with_key(tmp_path / "office", "王敏", template[1], TODAY)
    yield opened
    opened.close()


def part(content: bytes, *codes: str, whole: bool = True) -> ScanPart:
    return ScanPart("扫描.pdf", PageRun(1, 2, codes, 1), whole, hashlib.sha256(content).hexdigest())


def own(session: Session, number: str = "2026-0001", event: int = 0) -> str:
    return str(PaperCode(scans.own_office(session), number, "slip", event))


def events(session: Session, number: str) -> list[dict[str, str]]:
    with session.read() as work:
        return [dict(one.keys) for one in work.journal.of_case(number) if one.action == "attach"]


def test_a_part_is_kept_with_the_case_of_its_code_once(session: Session) -> None:
    sheet = part(b"scan", own(session))
    (sorted_part,) = scans.sort_parts(session, [sheet])
    assert sorted_part.paper is not None and sorted_part.paper.number == "2026-0001"
    (kept,) = scans.keep_part(session, ["2026-0001"], sheet, b"scan", "扫描.pdf")
    assert (kept.kind, kept.name, kept.sha256) == ("scan", "扫描.pdf", sheet.sha256)
    assert attachments.read_attachment(session, "2026-0001", kept.id) == b"scan"
    (told,) = events(session, "2026-0001")
    assert told["code"] == sheet.run.codes[0] and told["sha256"] == sheet.sha256
    (again,) = scans.sort_parts(session, [sheet])
    assert again.kept == "2026-0001"
    assert scans.keep_part(session, ["2026-0001"], sheet, b"scan", "扫描.pdf") == []
    assert len(events(session, "2026-0001")) == 1


def test_pages_of_a_larger_file_are_noted(session: Session) -> None:
    scans.keep_part(
        session, ["2026-0001"], part(b"scan", own(session), whole=False), b"scan", "扫描 第1-2页.pdf"
    )
    assert events(session, "2026-0001")[0]["pages"] == "1-2"


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ((), "no_code"),
        (("unreadable",), "code_unreadable"),
        ((A, B), "several_codes"),
        ((FOREIGN,), "code_of_other_office"),
        ((MISREAD,), "code_misread"),
    ],
)
def test_what_cannot_be_trusted_is_left_for_a_person(
    session: Session, codes: tuple[str, ...], reason: str
) -> None:
    (found,) = scans.sort_parts(session, [part(b"scan", *codes)])
    assert (found.paper, found.reason, found.kept) == (None, reason, "")
    assert found.message.endswith("。")


def test_a_code_of_a_case_or_event_that_is_not_here_is_left_for_a_person(session: Session) -> None:
    found = scans.sort_parts(
        session, [part(b"1", own(session, "2026-0404")), part(b"2", own(session, event=999))]
    )
    assert [one.reason for one in found] == ["unknown_case", "code_mismatch"]


def test_what_was_filed_by_hand_is_known_again(session: Session) -> None:
    sheet = part(b"scan")
    scans.keep_part(session, ["2026-0002"], sheet, b"scan", "扫描.pdf")
    (found,) = scans.sort_parts(session, [sheet])
    assert found.kept == "2026-0002"


def test_a_sheet_filed_by_hand_to_another_case_still_goes_to_its_own(session: Session) -> None:
    sheet = part(b"scan", own(session))
    scans.keep_part(session, ["2026-0002"], sheet, b"scan", "扫描.pdf")
    (found,) = scans.sort_parts(session, [sheet])
    assert found.paper is not None and (found.paper.number, found.kept) == ("2026-0001", "")


def test_other_bytes_than_those_that_were_read_are_never_kept(session: Session) -> None:
    with pytest.raises(ValueError, match="not the bytes"):
        scans.keep_part(session, ["2026-0001"], part(b"scan", own(session)), b"other", "扫描.pdf")


def test_who_may_only_look_files_nothing(session: Session) -> None:
    sheet = part(b"scan", own(session))
    session.user = User("赵科长", frozenset((Role.VIEWER,)))
    for attempt in (
        lambda: scans.own_office(session),
        lambda: scans.sort_parts(session, [sheet]),
        lambda: scans.keep_part(session, ["2026-0001"], sheet, b"scan", "扫描.pdf"),
    ):
        with pytest.raises(Refusal) as caught:
            attempt()
        assert caught.value.code == "not_allowed_for_role"


def test_a_slip_that_was_printed_finds_its_case(session: Session) -> None:
    cases.act(session, "2026-0002", "dispatch", {"lead": "市教育局"}, TODAY)
    source = papers.paper_source(session, "2026-0002", "slip")
    (found,) = scans.sort_parts(session, [part(b"scan", source.code)])
    assert found.paper is not None
    assert (found.paper.number, found.paper.form, found.paper.document) == (
        "2026-0002",
        "slip",
        source.document,
    )


def test_a_joint_paper_belongs_to_all_its_cases(session: Session) -> None:
    for number in ("2026-0001", "2026-0002"):
        cases.act(session, number, "dispatch", {"lead": "市教育局"}, date(2026, 10, 9))
        cases.act(session, number, "receive", {"by": "李某", "manner": "签收"}, date(2026, 10, 9))
    pressure.press_many(session, ["2026-0001", "2026-0002"], "remind", {"to": "市教育局"}, TODAY)
    source = papers.paper_source(session, "2026-0002", "reminder")
    sheet = part(b"scan", source.together[0].code)
    (found,) = scans.sort_parts(session, [sheet])
    assert found.paper is not None and found.paper.numbers == ("2026-0001", "2026-0002")
    kept = scans.keep_part(session, found.paper.numbers, sheet, b"scan", "提醒单.pdf")
    assert [one.case for one in kept] == ["2026-0001", "2026-0002"]
    (again,) = scans.sort_parts(session, [sheet])
    assert again.kept == "2026-0001"
