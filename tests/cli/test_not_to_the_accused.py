"""Attacks: by whatever step, correction, paper or alias, a 控告、检举 does not reach the accused (X 第六条).

Units of the sample office: 甲市第一中学 stands below 甲市教育局; 赵局长 heads the latter.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.offices import Office, X

REFUSED = "unit_complained_of"
HELD = "被反映单位在办"


def clause(there: Office) -> str | None:
    return "第六条" if there.regulation == X else None


def accuse(there: Office, number: str, on: str = "2026-09-18", **whom: str) -> None:
    there.act(number, "complained-of", on, kind="控告检举", **whom)


@pytest.fixture
def accusing(both: Office) -> tuple[Office, str]:
    """A case that accuses 甲市教育局, and has been given to nobody."""
    number = both.accepted()
    accuse(both, number, unit="市教育局")
    return both, number


# ------------------------------------------------------------------ steps


@pytest.mark.parametrize(
    "keys",
    [
        {"lead": "教育局"},
        {"lead": "甲市教育局"},
        {"lead": "一中"},
        {"lead": "住建局", "supporting": "教育局"},
        {"lead": "住建局", "supporting": "交通局、一中"},
    ],
)
def test_by_no_dispatch(accusing: tuple[Office, str], keys: dict[str, str]) -> None:
    there, number = accusing
    assert there.act_refused(number, "dispatch", "2026-09-19", **keys) == (REFUSED, clause(there))
    assert there.show(number)["status"] == "待交办"


@pytest.mark.parametrize("keys", [{"lead": "教育局"}, {"supporting": "一中"}])
def test_by_no_change_of_units(accusing: tuple[Office, str], keys: dict[str, str]) -> None:
    there, number = accusing
    there.act(number, "dispatch", "2026-09-19", lead="住建局")
    refusal = there.act_refused(number, "change-units", "2026-09-19", reason="调整", **keys)
    assert refusal == (REFUSED, clause(there))


def test_not_where_the_unit_that_returns_it_suggests_them(accusing: tuple[Office, str]) -> None:
    there, number = accusing
    there.act(number, "dispatch", "2026-09-19", lead="住建局")
    there.act(
        number, "return", "2026-09-19", reason="不属我局职责", signer="周副局长", suggested_unit="甲市教育局"
    )
    there.act(number, "accept-return", "2026-09-19", reason="同意")
    assert there.act_refused(number, "dispatch", "2026-09-21", lead="教育局") == (REFUSED, clause(there))


def test_not_after_it_is_taken_up_again(accusing: tuple[Office, str]) -> None:
    there, number = accusing
    there.act(
        number,
        "refuse",
        "2026-09-19",
        ground=_ground(there),
        explanation="已由法院受理。",
        suggestion="请依判决。",
    )
    there.act(number, "tell-refusal", "2026-09-19", channel="电话")
    there.act(number, "reopen", "2026-09-21", reason="又来反映")
    there.act(number, "accept", "2026-09-21", category="投诉")
    assert there.act_refused(number, "dispatch", "2026-09-21", lead="教育局") == (REFUSED, clause(there))


def _ground(there: Office) -> str:
    actions = {one["action"]: one for one in there.ok("actions", "--regulation", there.regulation)}
    (ground,) = [key for key in actions["refuse"]["keys"] if key["key"] == "ground"]
    return str(next(word for word in ground["values"] if "司法" in word or "诉讼" in word or "法院" in word))


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("remind", {"to": "甲市教育局"}),
        ("urge", {"to": "甲市教育局"}),
        ("supervise", {"to": "甲市教育局", "ground": "敷衍塞责"}),
        ("serve", {"paper": "slip", "manner": "当面"}),
    ],
)
def test_nothing_more_is_sent_to_the_unit_that_had_it_before_it_was_accused(
    both: Office, action: str, keys: dict[str, str]
) -> None:
    number = both.received()
    accuse(both, number, "2026-09-22", unit="教育局")
    assert both.act_refused(number, action, "2026-09-23", **keys) == (REFUSED, clause(both))


def test_what_was_sent_before_is_recorded_as_it_was(both: Office) -> None:
    number = both.received()
    accuse(both, number, "2026-09-22", unit="教育局")
    both.act(number, "serve", "2026-09-21", paper="slip", manner="当面")
    both.act(number, "remind", "2026-09-21", to="甲市教育局", channel="电话")


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("remind", {"to": "甲市教育局主要负责同志赵局长"}),
        (
            "supervise",
            {"to": "甲市住房和城乡建设局", "copies": "市政府督查室，甲市教育局", "ground": "敷衍塞责"},
        ),
        ("investigate", {"by": "督查室", "units": "住建局、甲市第一中学", "findings": "已查看。"}),
    ],
)
def test_no_copy_and_no_part_in_the_inquiry(
    accusing: tuple[Office, str], action: str, keys: dict[str, str]
) -> None:
    there, number = accusing
    there.act(number, "dispatch", "2026-09-19", lead="住建局")
    there.act(number, "receive", "2026-09-21", manner="签收")
    assert there.act_refused(number, action, "2026-09-22", **keys) == (REFUSED, clause(there))


def test_the_case_already_with_the_accused_is_a_blocking_item_and_on_the_desk(both: Office) -> None:
    number = both.received()
    accuse(both, number, "2026-09-22", unit="教育局")
    blocking = [one["kind"] for one in both.show(number)["open_items"] if one["blocking"]]
    assert HELD in blocking
    assert any(
        one["number"] == number and one["kind"] == HELD
        for one in both.ok("todo", "--on", "2026-09-23")["items"]
    )
    both.act(number, "change-units", "2026-09-23", lead="住建局", reason="被控告单位不得承办")
    assert HELD not in [one["kind"] for one in both.show(number)["open_items"]]


# ------------------------------------------------------------------ by a person


@pytest.mark.parametrize(
    "person", ["赵建国", "教育局局长赵建国", "赵建国、某科长", "甲市教育局某科长", "钱志明副局长"]
)
@pytest.mark.parametrize("lead", ["教育局", "一中"])
def test_the_unit_of_a_person_accused_is_barred_as_well(both: Office, person: str, lead: str) -> None:
    _put_people(both)
    number = both.accepted()
    accuse(both, number, person=person)
    assert both.act_refused(number, "dispatch", "2026-09-19", lead=lead) == (REFUSED, clause(both))
    both.act(number, "dispatch", "2026-09-19", lead="住建局")


@pytest.mark.parametrize("person", ["赵建国民", "赵局长", "某科长", "老赵"])
def test_others_of_a_like_name_bar_nobody(both: Office, person: str) -> None:
    _put_people(both)
    number = both.accepted()
    accuse(both, number, person=person)
    both.act(number, "dispatch", "2026-09-19", lead="住建局")


def test_the_person_accused_gets_no_letter_wherever_he_works(both: Office) -> None:
    number = both.accepted()
    accuse(both, number, person="李卫东")
    both.act(number, "dispatch", "2026-09-19", lead="住建局")
    both.act(number, "receive", "2026-09-21", manner="签收")
    refusal = both.act_refused(number, "remind", "2026-09-22", to="住建局李卫东")
    assert refusal == (REFUSED, clause(both))


def _put_people(there: Office) -> None:
    sheet = there.folder.parent / "单位.csv"
    sheet.write_text(
        "单位名称,简称,上级单位,主要负责人,分管领导,具体科室,经办人,联系电话,地区,职责\n"
        "甲市教育局,教育局、市教育局,,赵建国局长,钱志明,办公室,孙科员,0475-8230001,市本级,教育。\n"
        "甲市第一中学,一中,甲市教育局,陈校长,,,,0475-8230004,市本级,本校。\n"
        "甲市住房和城乡建设局,住建局、市住建局,,李局长,周副局长,信访科,吴科员,0475-8230002,市本级,物业。\n",
        encoding="utf-8",
    )
    there.ok("units", "import", sheet)


# ------------------------------------------------------------------ other names


def test_the_same_unit_entered_twice_is_one_unit(both: Office) -> None:
    sheet = both.folder.parent / "单位.csv"
    sheet.write_text(
        "单位名称,简称,上级单位\n甲市教育体育局,甲市教育局,\n甲市第二中学,二中,甲市教育体育局\n",
        encoding="utf-8",
    )
    both.ok("units", "import", sheet)
    number = both.accepted()
    accuse(both, number, unit="甲市教育局")
    for lead in ("甲市教育体育局", "二中", "一中", "教育局"):
        assert both.act_refused(number, "dispatch", "2026-09-19", lead=lead) == (REFUSED, clause(both))


# ------------------------------------------------------------------ duplicates


def test_not_into_a_case_that_the_accused_has(both: Office) -> None:
    main, number = both.received(), both.accepted()
    accuse(both, number, unit="教育局")
    assert both.act_refused(number, "link-duplicate", "2026-09-22", of=main) == (REFUSED, clause(both))


def test_not_into_a_case_that_the_accused_has_answered(both: Office) -> None:
    main, number = both.reviewed(), both.accepted()
    both.act(main, "publish", "2026-09-24")
    accuse(both, number, unit="教育局")
    assert both.act_refused(number, "link-duplicate", "2026-09-25", of=main) == (REFUSED, clause(both))


def test_the_main_case_obeys_an_accusation_that_comes_after_the_link(both: Office) -> None:
    main, number = both.accepted(), both.accepted()
    both.act(number, "link-duplicate", "2026-09-18", of=main)
    accuse(both, number, "2026-09-19", unit="教育局")
    assert both.act_refused(main, "dispatch", "2026-09-19", lead="一中") == (REFUSED, clause(both))


def test_a_link_is_not_corrected_into_the_accuseds_hands(both: Office) -> None:
    theirs, free, number = both.received(), both.accepted(), both.accepted()
    accuse(both, number, unit="教育局")
    both.act(number, "link-duplicate", "2026-09-18", of=free)
    event = both.show(number)["events"][-1]["id"]
    refusal = both.act_refused(number, "correct", "2026-09-22", event=str(event), reason="并错了", of=theirs)
    assert refusal == (REFUSED, clause(both))


# ------------------------------------------------------------------ corrections


def test_no_correction_of_an_earlier_step_gives_it_to_them(both: Office) -> None:
    number = both.dispatched("住建局")
    event = both.show(number)["events"][-1]["id"]
    accuse(both, number, "2026-09-20", unit="教育局")
    for keys in ({"lead": "教育局"}, {"lead": "一中"}, {"supporting": "教育局"}):
        refusal = both.act_refused(number, "correct", "2026-09-21", event=str(event), reason="写错了", **keys)
        assert refusal == (REFUSED, clause(both)), keys


def test_no_correction_is_taken_back_to_give_it_to_them(both: Office) -> None:
    number = both.dispatched("教育局")
    event = both.show(number)["events"][-1]["id"]
    both.act(number, "correct", "2026-09-20", event=str(event), reason="写错了", lead="住建局")
    correction = both.show(number)["events"][-1]["id"]
    accuse(both, number, "2026-09-20", unit="教育局")
    refusal = both.act_refused(number, "correct", "2026-09-21", event=str(correction), reason="没有错")
    assert refusal == (REFUSED, clause(both))


def test_an_accusation_corrected_to_another_unit_bars_that_one(accusing: tuple[Office, str]) -> None:
    there, number = accusing
    event = there.show(number)["events"][-1]["id"]
    there.act(number, "correct", "2026-09-19", event=str(event), reason="写错了单位", unit="住建局")
    assert there.act_refused(number, "dispatch", "2026-09-19", lead="住建局") == (REFUSED, clause(there))
    there.act(number, "dispatch", "2026-09-19", lead="教育局")


# ------------------------------------------------------------------ papers


@pytest.mark.parametrize("form", ["slip", "slip-anonymous"])
def test_no_slip_is_printed_for_them(both: Office, tmp_path: Path, form: str) -> None:
    number = both.dispatched("教育局")
    accuse(both, number, "2026-09-20", unit="教育局")
    assert both.refused("form", number, form, "-o", tmp_path / "a.docx") == (REFUSED, clause(both))
    assert both.refused("form", "--batch", form, number, "-o", tmp_path / "out")[0] == REFUSED


def test_no_slip_names_them_as_helpers(both: Office, tmp_path: Path) -> None:
    number = both.accepted()
    both.act(number, "dispatch", "2026-09-19", lead="住建局", supporting="教育局")
    accuse(both, number, "2026-09-20", unit="教育局")
    assert both.refused("form", number, "slip", "-o", tmp_path / "a.docx") == (REFUSED, clause(both))


@pytest.mark.parametrize(("action", "form"), [("remind", "reminder"), ("urge", "urge")])
def test_no_joint_paper_tells_them_of_the_case_among_others(
    both: Office, tmp_path: Path, action: str, form: str
) -> None:
    harmless, accused = both.received(), both.received()
    both.ok("act", f"{harmless},{accused}", action, "to=甲市教育局", "--on", "2026-10-20")
    both.ok("form", harmless, form, "-o", tmp_path / "before.docx")
    accuse(both, accused, "2026-10-21", unit="教育局")
    for number in (harmless, accused):
        assert both.refused("form", number, form, "-o", tmp_path / "a.docx")[0] == REFUSED
    refusal = both.refused("act", f"{harmless},{accused}", action, "to=甲市教育局", "--on", "2026-10-22")
    assert refusal == (REFUSED, clause(both))
    both.act(harmless, action, "2026-10-22", to="甲市教育局")
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("which", ["slip", "reminder"])
def test_no_paper_is_printed_a_second_time_for_them(
    both: Office, tmp_path: Path, which: str, again: Callable[[Office, str], tuple[str, str | None]]
) -> None:
    number = both.received()
    both.act(number, "remind", "2026-09-25", to="甲市教育局")
    both.ok("form", number, which, "-o", tmp_path / "a.docx")
    accuse(both, number, "2026-09-26", unit="教育局")
    assert again(both, number) == (REFUSED, clause(both))


@pytest.fixture
def again() -> Callable[[Office, str], tuple[str, str | None]]:
    """The first paper of a case once more, by the service that the window calls."""
    from datetime import date

    from desktop_app.documents.papers_again import remake
    from desktop_app.errors import Refusal
    from desktop_app.services import office
    from tests.cli.offices import FIRST, PASSWORD

    def remade(there: Office, number: str) -> tuple[str, str | None]:
        session = office.enter(there.folder, FIRST, PASSWORD, date(2026, 10, 30))
        try:
            with session.read() as work:
                (paper,) = work.papers.of_case(number)
            with pytest.raises(Refusal) as caught:
                remake(session, number, paper.id)
            return caught.value.code, caught.value.clause
        finally:
            session.close()

    return remade


# ------------------------------------------------------------------ what goes round to all units


def test_the_bulletin_counts_the_case_and_never_names_it(both: Office, tmp_path: Path) -> None:
    number = both.received(留言主题="举报校长克扣伙食费")
    both.act(number, "mark-major", "2026-09-22", reason="影响较大")
    accuse(both, number, "2026-09-22", unit="一中")
    file = tmp_path / "bulletin.docx"
    both.ok("bulletin", "--from", "2026-09-01", "--to", "2026-09-30", "-o", file)
    told = _words_of(file)
    assert "举报校长克扣伙食费" not in told and number not in told


def _words_of(file: Path) -> str:
    import docx

    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_accused_is_suggested_to_nobody(both: Office) -> None:
    for _ in range(3):
        both.dispatched(
            "教育局", 留言主题="学校食堂伙食费", 留言详情="中学食堂的伙食费收得太高，请教育局管一管。"
        )
    number = both.accepted(留言主题="学校食堂伙食费", 留言详情="中学食堂的伙食费收得太高，请教育局管一管。")
    accuse(both, number, unit="教育局")
    unit = both.ok("suggest", number)["unit"]
    assert unit is None or unit["name"] not in ("甲市教育局", "甲市第一中学")


# ------------------------------------------------------------------ what stays allowed


def test_the_superior_looks_into_it_and_an_ordinary_complaint_may_go_to_the_unit(both: Office) -> None:
    number = both.accepted()
    accuse(both, number, unit="一中")
    both.act(number, "dispatch", "2026-09-19", lead="教育局")
    ordinary = both.accepted()
    both.act(ordinary, "complained-of", "2026-09-18", kind="投诉", unit="教育局")
    both.act(ordinary, "dispatch", "2026-09-19", lead="教育局")
    assert any("隐去" in one["kind"] for one in both.show(ordinary)["open_items"])
