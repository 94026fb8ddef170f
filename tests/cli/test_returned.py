"""`liuyan returned`: a filled slip comes back and becomes the reply of its case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.offices import Office, T
from tests.cli.test_promise import named, section, table
from tests.documents.returned_samples import ANSWER, filled, save


def sent_back(office: Office, number: str, folder: Path, **answer: str) -> Path:
    """The slip of the case, printed, filled in by the unit and saved."""
    office.ok("form", number, "slip", "-o", folder / "slip.docx")
    return save(filled((folder / "slip.docx").read_bytes(), {**ANSWER, **answer}), folder, "回.docx")


def test_it_is_shown_first_and_then_recorded(both: Office, tmp_path: Path) -> None:
    number = both.received()
    file = sent_back(both, number, tmp_path)
    trial = both.ok("returned", file, "--dry-run")
    assert (trial["number"], trial["event"], trial["signed"]) == (number, None, "2026-10-09")
    assert trial["understood"]["text"] == ANSWER["回复意见"]
    assert trial["understood"].get("stamped") == ("no" if both.regulation == T else None)
    assert both.show(number)["attachments"] == []
    done = both.ok("returned", file, "stamped=yes", "--on", "2026-10-09")
    assert done["status"] == both.show(number)["status"] == "待审核"
    event = next(one for one in both.show(number)["events"] if one["id"] == done["event"])
    assert (event["action"], event["on"]) == ("reply", "2026-10-09")
    (kept,) = both.show(number)["attachments"]
    assert (kept["name"], kept["as"]) == ("回.docx", "signed-reply")


def test_what_a_person_says_outweighs_what_was_read(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.received()
    file = sent_back(tongliao, number, tmp_path, 经办人="", 联系电话="")
    assert tongliao.refused("returned", file)[0] == "missing_key"
    assert tongliao.show(number)["attachments"] == []
    done = tongliao.ok("returned", file, "handler=赵刚", "phone=0475-1", "suggested_public=no")
    assert done["understood"]["handler"] == "赵刚" and done["understood"]["suggested_public"] == "no"
    assert "“经办人”是空的。" in done["doubts"]


def test_a_second_time_the_rules_refuse_it(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.received()
    file = sent_back(tongliao, number, tmp_path)
    tongliao.ok("returned", file)
    assert any("已经在" in doubt for doubt in tongliao.ok("returned", file, "--dry-run")["doubts"])
    assert tongliao.refused("returned", file)[0] == "wrong_state"
    assert len(tongliao.show(number)["attachments"]) == 1


def test_every_field_is_told(tongliao: Office, tmp_path: Path) -> None:
    file = sent_back(tongliao, tongliao.received(), tmp_path)
    assert set(tongliao.ok("returned", file)) == set(table("`returned` 的字段"))
    assert {"reply", "stamped"} <= named(section("returned"))


def test_for_people_it_says_what_was_read_and_what_to_look_at(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.received()
    file = sent_back(tongliao, number, tmp_path, 主要负责人审签="")
    trial = tongliao.call("returned", file, "--dry-run", json_wanted=False).out
    assert trial.startswith(f"{number} 的答复，还没有登记：")
    assert "经办人：李伟" in trial and "请核对：“主要负责人审签”是空的" in trial
    done = tongliao.call("returned", file, json_wanted=False).out
    assert done.startswith(f"{number} 已登记答复，现为“待审核”")


@pytest.mark.parametrize("content", [b"", b"not a docx"])
def test_what_is_no_docx_is_told(tongliao: Office, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "回.docx"
    file.write_bytes(content)
    answer = tongliao.call("returned", file)
    assert (answer.code, answer.error["code"]) == (2, "bad_data")
    assert tongliao.call("returned", tmp_path / "none.docx").code == 2


def test_who_may_not_record_a_reply_is_refused(tongliao: Office, tmp_path: Path) -> None:
    file = sent_back(tongliao, tongliao.received(), tmp_path)
    assert tongliao.refused("returned", file, user="钱领导")[0] == "not_allowed_for_role"
    assert tongliao.refused("returned", file, user="李审核")[0] == "not_allowed_for_role"
    assert tongliao.ok("returned", file, "--dry-run", user="李审核")["event"] is None
