"""The chain of evidence: what passed between office, unit and leaders, and what is kept of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain.evidence import Evidence, KeptFile, evidence_of, unserved
from desktop_app.domain.late_steps import late_steps
from desktop_app.domain.office_records import PaperMade

Walks = Any


def chain(
    walk: Any, papers: tuple[PaperMade, ...] = (), files: tuple[KeptFile, ...] = ()
) -> tuple[Evidence, ...]:
    late = late_steps(walk.case, walk.regulation, walk.calendar)
    return evidence_of(walk.case, walk.regulation, papers, files, late)


def of_kind(links: tuple[Evidence, ...], kind: str) -> Evidence:
    (found,) = [one for one in links if one.kind == kind]
    return found


def test_a_slip_is_served_by_its_receipt(both: Walks) -> None:
    walk = both.received()
    links = chain(walk)
    assert [one.kind for one in links][:2] == ["dispatch", "receive"]
    slip = of_kind(links, "dispatch")
    assert slip.document and slip.to == walk.case.lead.unit
    assert slip.served is not None and slip.served.on == walk.case.lead.received
    assert unserved(links) == ()


def test_service_stands_with_its_letter_and_the_last_one_recorded_holds(both: Walks) -> None:
    walk = both.received().act("urge", "2026-10-20", to="甲市教育局张局", channel="书面", by="王敏")
    urge = of_kind(chain(walk), "urge")
    assert urge.served is None and unserved(chain(walk)) == (urge.document,)
    walk.act("serve", "2026-10-20", paper=urge.document, manner="传真", received_by="值班室")
    walk.act("serve", "2026-10-21", paper=urge.document, manner="当面", received_by="孙科")
    served = of_kind(chain(walk), "urge").served
    assert served is not None
    assert (served.on, served.manner, served.received_by) == (date(2026, 10, 21), "当面", "孙科")
    assert served.event == walk.last
    assert [one.kind for one in chain(walk)].count("serve") == 0


def test_service_of_a_paper_without_a_number_is_a_link_of_its_own(both: Walks) -> None:
    walk = both.new().act(
        "refuse", "2026-09-21", ground="其他", explanation="不属受理范围", suggestion="向法院反映"
    )
    walk.act("tell-refusal", "2026-09-22", channel="邮寄")
    walk.act("serve", "2026-09-23", paper="refusal", manner="邮寄", received_by="本人")
    links = chain(walk)
    assert [one.kind for one in links] == ["refuse", "tell-refusal", "serve"]
    assert of_kind(links, "serve").outcome == "不予受理告知，邮寄"


def test_the_chain_of_returns_tells_who_asked_and_what_was_answered(both: Walks) -> None:
    walk = both.received().act(
        "return", "2026-09-22", reason="不属职责", signer="钱副局", suggested_unit="甲市住建局"
    )
    assert "待处理" in of_kind(chain(walk), "return").outcome
    walk.act("accept-return", "2026-09-23", reason="同意").act("dispatch", "2026-09-23", lead="住建局")
    links = chain(walk)
    returned = of_kind(links, "return")
    assert (returned.to, returned.by) == ("甲市教育局", "钱副局")
    assert returned.outcome.startswith("建议由甲市住建局承办，迟退：应于")
    assert of_kind(links, "accept-return").on == date(2026, 9, 23)
    assert [one.to for one in links if one.kind == "dispatch"] == ["甲市教育局", "甲市住建局"]


def test_each_level_of_an_extension_is_a_link(both: Walks) -> None:
    walk = both.extension(both.received(), "2026-09-22", "3")
    assert of_kind(chain(walk), "apply-extension").outcome == "申请 3 日，待批"
    links = chain(both.grant(walk, "2026-09-23", "2"))
    assert of_kind(links, "apply-extension").outcome == "申请 3 日"
    decided = [one.outcome for one in links if one.kind == "approve-extension"]
    assert decided == [f"{level}同意 2 日" for level in both.levels(walk)]


def test_instructions_and_what_was_reported_back(both: Walks) -> None:
    walk = both.received().act(
        "instruct", "2026-09-22", leader="主席甲", principal="yes", text="请速办并报结果", rhythm="每周",
        feedback_due="2026-10-09",
    )  # fmt: skip
    walk.act("feedback", "2026-09-23", to="主席甲", text="正在办理")
    links = chain(walk)
    assert of_kind(links, "instruct").outcome == "主要领导，每周，限 2026年10月9日 反馈"
    assert of_kind(links, "feedback").to == "主席甲"


def test_free_text_and_accountability_are_not_in_the_chain(both: Walks) -> None:
    walk = both.received()
    ground = walk.regulation.values("accountability_ground")[0]
    walk.act("hold-accountable", "2026-09-22", ground=ground, by="市政府", note="约谈")
    both.reply(walk, "2026-09-23")
    links = chain(walk)
    assert "hold-accountable" not in [one.kind for one in links]
    said = "".join(f"{one.to}{one.by}{one.outcome}" for one in links)
    assert "约谈" not in said and walk.case.reply_in.text not in said


def test_papers_and_scans_stand_with_the_step_they_are_of(both: Walks) -> None:
    walk = both.received().act("urge", "2026-10-20", to="教育局")
    urge = of_kind(chain(walk), "urge")
    slip = of_kind(chain(walk), "dispatch")
    both.reply(walk, "2026-10-21")
    papers = (
        PaperMade("urge", "2026-0001", "2026-10-20T09:00:00+08:00", "王敏", "0" * 64, urge.document),
        PaperMade("urge", "2026-0001", "2026-10-20T09:05:00+08:00", "王敏", "1" * 64, urge.document),
        PaperMade("deadline-note", "2026-0001", "2026-10-22T09:00:00+08:00", "王敏", "2" * 64),
    )
    day = date(2026, 10, 22)
    files = (
        KeptFile("扫描0001.pdf", "scan", day, event=slip.event, form="slip"),
        KeptFile(f"{urge.document.replace('〔', '[').replace('〕', ']')}回执.jpg", "scan", day),
        KeptFile("答复.pdf", "signed-reply", day),
        KeptFile("现场照片.jpg", "other", day),
    )
    links = chain(walk, papers, files)
    assert of_kind(links, "urge").papers == ("urge",)
    assert of_kind(links, "urge").files == (files[1].name,)
    assert of_kind(links, "dispatch").files == ("扫描0001.pdf",)
    assert of_kind(links, "reply").files == ("答复.pdf",)
    assert links[-1].kind == "attach" and links[-1].files == ("现场照片.jpg",)
    assert [one.papers for one in links if "deadline-note" in one.papers] != []
