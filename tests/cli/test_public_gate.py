"""Protected words before a text goes public, answered one by one on the command line (X 第六条, T 第七条（二）)."""

from __future__ import annotations

import pytest

from tests.cli.offices import BOTH, Office, T

TEXT = "已联系网友 13912345678，邮箱 office@example.com 可咨询，车牌蒙G12345已登记。"
GATE = "protected_data_in_public_text"
BY = {"by": "主任", "public": "yes"}


def clause(there: Office) -> str | None:
    return "第七条（二）" if there.regulation == T else "第六条"


def test_each_place_is_told_with_its_number(both: Office) -> None:
    number = both.replied(text=TEXT)
    answer = both.call("act", number, "pass-review", "by=主任", "public=yes", "--on", "2026-09-24")
    assert (answer.error["code"], answer.error["clause"]) == (GATE, clause(both))
    for told in (
        "1. 手机号码“13912345678”（第 7 字）",
        "2. 电子邮箱“office@example.com”",
        "3. 车牌号“蒙G12345”",
    ):
        assert told in answer.error["message"]


def test_each_is_covered_or_stands_for_a_reason(both: Office) -> None:
    number = both.replied(text=TEXT)
    both.act(number, "pass-review", "2026-09-24", **BY, cleared="1=遮盖，2=单位公开邮箱,对外公布；3：遮盖")
    keys = both.ok("show", number, "--reveal", "--reason", "核对")["events"][-2]["keys"]
    assert (
        keys["public_text"] == f"已联系网友 {'*' * 11}，邮箱 office@example.com 可咨询，车牌{'*' * 7}已登记。"
    )
    assert keys["cleared"] == "yes"
    assert keys["cleared_reason"] == "电子邮箱“office@example.com”：单位公开邮箱,对外公布"


def test_what_is_covered_whole_needs_no_clearing(both: Office) -> None:
    number = both.replied(text="网友 13912345678 已回访。")
    both.act(number, "pass-review", "2026-09-24", **BY, cleared="1=遮盖")
    keys = both.show(number)["events"][-1]["keys"]
    assert keys["public_text"] == f"网友 {'*' * 11} 已回访。" and "cleared" not in keys


@pytest.mark.parametrize(
    ("cleared", "code"),
    [
        ("1=遮盖", GATE),
        ("1=遮盖,3=遮盖", GATE),
        ("1=遮盖,2=遮盖,3=遮盖,4=遮盖", "unknown_value"),
        ("maybe", "unknown_value"),
    ],
)
def test_none_is_passed_over(both: Office, cleared: str, code: str) -> None:
    number = both.replied(text=TEXT)
    assert both.act_refused(number, "pass-review", "2026-09-24", **BY, cleared=cleared)[0] == code
    assert both.show(number)["status"] == "待审核"


def test_the_state_is_told_before_the_answers_are_read(both: Office) -> None:
    number = both.received()
    assert both.act_refused(number, "pass-review", "2026-09-24", **BY, cleared="maybe")[0] == "wrong_state"


def test_all_at_once_as_it_always_was(both: Office) -> None:
    number = both.replied(text=TEXT)
    both.act(number, "pass-review", "2026-09-24", **BY, cleared="yes")
    assert both.show(number)["events"][-1]["keys"]["cleared"] == "yes"


def test_another_text_at_publication_is_looked_at_again(both: Office) -> None:
    number = both.reviewed()
    refusal = both.act_refused(number, "publish", "2026-09-24", text="请打 13912345678。")
    assert refusal == (GATE, clause(both))
    both.act(number, "publish", "2026-09-24", text="请打 13912345678。", cleared="1=遮盖")
    assert both.show(number)["events"][-1]["keys"]["text"] == f"请打 {'*' * 11}。"


def test_a_note_in_public_passes_the_gate_as_well(make_office) -> None:  # type: ignore[no-untyped-def]
    there: Office = make_office(T)
    number = there.reviewed(public="no")
    there.act(number, "answer-privately", "2026-09-24", by="孙科", channel="电话")
    note = "已通过 13912345678 答复留言人。"
    assert there.act_refused(number, "post-note", "2026-09-24", text=note) == (GATE, "第七条（二）")
    there.act(number, "post-note", "2026-09-24", text=note, cleared="1=遮盖")
    assert "13912345678" not in there.show(number)["events"][-1]["keys"]["text"]


@pytest.mark.parametrize("regulation", BOTH)
def test_a_refusal_told_on_the_board_passes_it_and_one_told_in_private_need_not(
    make_office, regulation
) -> None:  # type: ignore[no-untyped-def]
    there: Office = make_office(regulation)
    words = {"explanation": "网友 13912345678 反映的事项已由法院受理。", "suggestion": "请依照判决办理。"}
    for channel, passes in (("留言板回复", False), ("电话", True)):
        number = there.message()
        there.act(number, "refuse", "2026-09-19", ground=_ground(there), **words)
        if passes:
            there.act(number, "tell-refusal", "2026-09-19", channel=channel)
            continue
        assert there.act_refused(number, "tell-refusal", "2026-09-19", channel=channel) == (
            GATE,
            clause(there),
        )
        refusal = there.act_refused(number, "tell-refusal", "2026-09-19", channel=channel, cleared="1=遮盖")
        assert refusal[0] == "unknown_value"
        there.act(number, "tell-refusal", "2026-09-19", channel=channel, cleared="1=网友同意公开")


@pytest.mark.parametrize("topic", ["张三路灯 13912345678", "常乐来信"])
def test_no_word_by_which_figures_are_summed_up_holds_any(both: Office, topic: str) -> None:
    number = both.message()
    assert both.act_refused(number, "accept", "2026-09-18", category="投诉", topic=topic)[0] == GATE
    both.act(number, "accept", "2026-09-18", category="投诉", topic="路灯")


def _ground(there: Office) -> str:
    actions = {one["action"]: one for one in there.ok("actions", "--regulation", there.regulation)}
    (ground,) = [key for key in actions["refuse"]["keys"] if key["key"] == "ground"]
    return str(next(word for word in ground["values"] if "司法" in word or "诉讼" in word or "法院" in word))
