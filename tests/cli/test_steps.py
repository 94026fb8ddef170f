"""`liuyan act` and `actions`: keys and their values, the order of checks, roles, files as values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.actions import ACTIONS
from tests.cli.offices import BOTH, Cli, Office, T, X, reply_keys


def test_an_act_answers_with_the_case_as_it_stands_now(both: Office) -> None:
    number = both.accepted()
    document = both.act(number, "dispatch", "2026-09-19", lead="市教育局", supporting="住建局,交通局")
    assert set(document) >= {"number", "status", "event", "due"}
    case = both.show(number)
    assert (document["number"], document["status"]) == (number, "待签收") == (case["number"], case["status"])
    assert document["due"] == case["due"] is not None
    assert document["event"] == case["events"][-1]["id"]
    assert case["events"][-1]["keys"]["lead"] == "甲市教育局"
    assert case["lead"] == "甲市教育局" and case["supporting"] == ["甲市住房和城乡建设局", "甲市交通运输局"]
    assert document["document"] == case["assignments"][0]["document"]


def test_the_date_of_the_fact_is_on_or_today(both: Office) -> None:
    number = both.message()
    both.act(number, "accept", category="投诉")
    assert both.show(number)["events"][-1]["on"] == both.today
    other = both.message()
    both.act(other, "accept", "2026-09-20", category="投诉")
    assert both.show(other)["events"][-1]["on"] == "2026-09-20"


def test_values_are_the_regulation_s_words_whole_or_short(both: Office) -> None:
    number = both.message()
    both.act(number, "accept", category="其他", urgency="特急", ground="其他")
    keys = both.show(number)["events"][-1]["keys"]
    assert keys["category"] == "其它" and keys["urgency"] == "特急" and len(keys["ground"]) > 2


def test_a_value_is_read_from_a_file(both: Office) -> None:
    number = both.received()
    file = both.folder.parent / "答复.txt"
    file.write_text("第一段。\n\n第二段：a=b，@不是文件。\n", encoding="utf-8-sig")
    keys = reply_keys() | {"text": f"@{file}"}
    both.act(number, "reply", "2026-09-24", **keys)
    assert both.show(number)["events"][-1]["keys"]["text"] == "第一段。\n\n第二段：a=b，@不是文件。"
    file.write_bytes("答复".encode("gb18030"))
    words = both._act(number, "reply", None, {"text": f"@{file}"})
    assert both.call(*words).code == 2


def test_a_value_may_hold_an_equals_sign_and_spaces(both: Office) -> None:
    number = both.message()
    both.act(number, "accept", category="投诉", topic=" 水压 = 0.1 MPa ")
    assert both.show(number)["events"][-1]["keys"]["topic"] == "水压 = 0.1 MPa"


def test_the_order_of_checks(tongliao: Office) -> None:
    """Each call has all the faults that follow the one it is refused for."""
    number = tongliao.message()

    def code(who: str, name: str, action: str, on: str, **keys: str) -> str:
        return tongliao.act_refused(name, action, on, user=who, **keys)[0]

    future = "2026-12-01"
    assert code("钱领导", "2026-0404", "dispatch", future, days="9", lead="天文局") == "unknown_case"
    assert code("钱领导", number, "dispatch", future, days="9", lead="天文局") == "not_allowed_for_role"
    assert code("周经办", number, "dispatch", future, days="9", lead="天文局") == "wrong_state"
    tongliao.act(number, "accept", "2026-09-18", category="投诉")
    assert code("周经办", number, "dispatch", future, days="9", urgency="火急") == "missing_key"
    assert code("周经办", number, "dispatch", future, days="九", lead="天文局") in (
        "unknown_value",
        "unknown_unit",
    )
    assert code("周经办", number, "dispatch", future, days="9", lead="天文局") == "unknown_unit"
    assert code("周经办", number, "dispatch", future, days="9", lead="教育局") == "date_in_future"
    assert code("周经办", number, "dispatch", "2026-09-17", days="9", lead="教育局") == "date_before_previous"
    assert (
        code("周经办", number, "dispatch", "2026-09-18", days="9", lead="教育局")
        == "limit_longer_than_regulation"
    )
    tongliao.act(number, "dispatch", "2026-09-18", user="周经办", days="4", lead="教育局")


def test_a_refused_step_changes_nothing(both: Office) -> None:
    number = both.accepted()
    before = both.show(number)
    both.act_refused(number, "dispatch", "2026-09-19", lead="教育局", days="99")
    both.act_refused(number, "dispatch", "2026-12-19", lead="教育局")
    assert both.show(number) == before
    # No document number was used up.
    both.act(number, "dispatch", "2026-09-19", lead="教育局")
    assert both.show(number)["assignments"][0]["document"].endswith("〔2026〕1号")


REVIEWER_ACTS = {
    *(
        "approve-extension",
        "refuse-extension",
        "pass-review",
        "rework",
        "sign-off",
        "decline-sign-off",
        "waive",
        "transfer",
        "hold-accountable",
        "reopen",
    )
}


def test_each_role_does_its_own_steps(both: Office) -> None:
    number = both.message()
    for action in both.ok("actions", "--regulation", both.regulation):
        name = action["action"]
        able = "李审核" if name in REVIEWER_ACTS else "周经办"
        for user in ("周经办", "李审核", "钱领导", "孙管理"):
            if name == "correct" and user == "李审核":
                continue
            code, clause = both.act_refused(number, name, "2026-12-01", user=user, colour="red")
            assert (code == "not_allowed_for_role") == (user != able), (name, user, code)
            if code == "not_allowed_for_role":
                assert clause is None


def test_steps_that_no_regulation_has(both: Office) -> None:
    number = both.message()
    assert both.act_refused(number, "dance")[0] == "unknown_value"
    assert both.act_refused(number, "register")[0] == "unknown_value"
    elsewhere = "sign-off" if both.regulation == T else "post-note"
    assert both.act_refused(number, elsewhere) == ("wrong_state", None)


@pytest.mark.parametrize("regulation", BOTH)
def test_the_shape_of_actions(cli: Cli, regulation: str) -> None:
    document = cli("actions", "--regulation", regulation, "--json").document
    names = [one["action"] for one in document]
    assert len(set(names)) == len(names)
    only_t = {"post-note", "return-upward", "report-up", "transfer", "special-supervision"}
    assert set(names) == set(ACTIONS) - ({"sign-off", "decline-sign-off"} if regulation == T else only_t)
    for one in document:
        assert set(one) >= {"action", "keys", "states", "clause"} and one["states"]
        for key in one["keys"]:
            assert set(key) >= {"key", "required", "values"} and isinstance(key["required"], bool)
            assert key["values"] is None or key["values"]


def by_name(cli: Cli, *words: str) -> dict[str, dict[str, Any]]:
    """key → its description, for `action.key`."""
    return {
        f"{one['action']}.{key['key']}": key
        for one in cli("actions", *words, "--json").document
        for key in one["keys"]
    }


def test_which_keys_each_regulation_requires(cli: Cli) -> None:
    marked = {
        *("accept.category", "refuse.ground", "tell-refusal.channel", "dispatch.lead", "change-units.reason"),
        *("return.reason", "refuse-return.reason", "apply-extension.days", "apply-extension.reason"),
        *("apply-extension.applicant", "approve-extension.level", "approve-extension.by"),
        *(
            "refuse-extension.level",
            "refuse-extension.by",
            "reply.text",
            "pass-review.by",
            "pass-review.public",
        ),
        *("rework.ground", "rework.due", "answer-privately.by", "answer-privately.channel", "contact.when"),
        *("contact.channel", "contact.result", "follow-up.result", "remind.to", "urge.to", "supervise.to"),
        *("supervise.ground", "serve.paper", "complained-of.kind", "waive.item", "waive.reason", "waive.by"),
        *("correct.event", "correct.reason", "reopen.reason", "link-duplicate.of", "answer-with.of"),
        *("instruct.leader", "instruct.principal", "instruct.text", "feedback.to", "feedback.text"),
        *("mark-major.reason", "investigate.by", "investigate.findings", "explain.text"),
        *("hold-accountable.ground", "hold-accountable.by"),
    }
    xizang = {"apply-extension.progress", "sign-off.by", "decline-sign-off.by", "decline-sign-off.reason"}
    only_t = {
        *("post-note.text", "return-upward.reason", "report-up.to"),
        *("special-supervision.by", "special-supervision.text"),
        *(f"transfer.{key}" for key in ("to", "decided_by", "violation", "consequences", "reported_on")),
    }
    tongliao = {
        "reply.signer",
        "reply.stamped",
        "reply.handler",
        "reply.phone",
        "explain.consent_by",
    } | only_t

    def required(*words: str) -> set[str]:
        return {name for name, key in by_name(cli, *words).items() if key["required"]}

    assert required("--regulation", X) == marked | xizang
    assert required("--regulation", T) == marked | tongliao
    # Without a regulation: what both ask for, and what only one of them knows.
    only_x = {name for name in xizang if "sign-off" in name}
    assert required() == marked | only_x | only_t


def test_values_of_keys(cli: Cli) -> None:
    x, t, all_of_them = by_name(cli, "--regulation", X), by_name(cli, "--regulation", T), by_name(cli)
    for keys in (x, t, all_of_them):
        assert keys["accept.urgency"]["values"] == ["一般", "加急", "特急"]
        assert keys["accept.category"]["values"] == ["咨询", "投诉", "求助", "建议", "其它"]
        assert keys["pass-review.public"]["values"] == ["yes", "no"]
        assert keys["follow-up.result"]["values"] == ["满意", "基本满意", "不满意", "未联系上"]
        assert keys["dispatch.lead"]["values"] is None
    assert x["approve-extension.level"]["values"] == ["交办单位"]
    assert t["approve-extension.level"]["values"] == ["承办单位主要负责人", "交办单位", "政研室"]
    assert set(all_of_them["approve-extension.level"]["values"]) == set(
        t["approve-extension.level"]["values"]
    )
    assert len(x["refuse.ground"]["values"]) >= 4 and len(t["refuse.ground"]["values"]) == 9


def test_actions_need_no_data_folder_and_know_their_regulations(cli: Cli) -> None:
    unknown = cli("actions", "--regulation", "mars-2030", "--json")
    assert (unknown.code, unknown.error["code"]) == (1, "unknown_value")
    table = cli("actions", "--regulation", X).out
    assert table.startswith("步骤") and "approve-extension" in table and "progress*" in table


def test_attach(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.message()
    file = tmp_path / "答复扫描件.pdf"
    file.write_bytes(b"%PDF-1.4 \x00\xff" * 1000)
    for kind in ("signed-reply", "scan", "other"):
        kept = tongliao.ok("attach", number, file, "--as", kind)
        assert (kept["number"], kept["as"], kept["size"]) == (number, kind, file.stat().st_size)
    import hashlib

    assert kept["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [one["as"] for one in tongliao.show(number)["attachments"]] == ["signed-reply", "scan", "other"]
    stored = b"".join(one.read_bytes() for one in (tongliao.folder / "attachments").iterdir())
    assert b"%PDF" not in stored
    assert (
        tongliao.refused("attach", number, file, "--as", "scan", user="钱领导")[0] == "not_allowed_for_role"
    )
    tongliao.verified()


def test_whoever_makes_a_text_public_is_told_how_to_clear_it(tongliao: Office) -> None:
    number = tongliao.replied(联系方式="13904750001", text="已致电13904750001说明。")
    words = tongliao._act(number, "pass-review", "2026-09-24", {"by": "主任", "public": "yes"})
    assert "cleared=yes" in tongliao.call(*words).error["message"]
    tongliao.act(number, "pass-review", "2026-09-24", by="主任", public="no", private_reason="个人隐私")
    tongliao.act(number, "answer-privately", "2026-09-24", by="孙科员", channel="电话")
    note = tongliao.call(*tongliao._act(number, "post-note", "2026-09-24", {"text": "已致电13904750001。"}))
    assert note.error["code"] == "protected_data_in_public_text"
    assert "cleared=yes" in note.error["message"]
