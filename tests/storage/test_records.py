"""The small repositories: what is put comes back, and what is replaced or dropped is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.office_records import HolidayNotice, ImportBatch, IncomingKey
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.storage.chunks import CHUNK
from desktop_app.storage.database import Database

MakeRow = Callable[..., CaseRow]

MESSAGE = Message(
    title="水压不足",
    text="第一行\n第二行 <&{{ 😀",
    citizen=Citizen("李某", "13800000000", "某厂", "某路1号", "10.0.0.1"),
    board_number="0012345",
    board="市长",
    kind="投诉/求助",
    domain="城建",
    written="2026-02-28 11:25:05",
    raw_title=" 水压不足_x000D_",
    raw_text="\t第一行",
    answer="已答复",
    answered_at="2026-03-01",
    answered_by="市住建局",
    ratings={"解决程度": "5"},
    extra={"点赞数": "3"},
)


def test_a_message_comes_back_as_it_was(with_cases: Database) -> None:
    with with_cases.change() as work:
        work.messages.insert("2026-0001", MESSAGE)
        work.messages.insert_many([("2026-0002", Message("a", "b")), ("2026-0003", Message("c", "d"))])
        work.messages.insert_many([])
        work.messages.replace("2026-0003", Message("e", "f"))
        assert work.messages.get("2026-0001") == MESSAGE
        assert work.messages.titles(["2026-0003", "2026-0001", "2026-0009"]) == {
            "2026-0001": "水压不足",
            "2026-0003": "e",
        }
        assert work.messages.get_many(["2026-0001", "2026-0009"]) == {"2026-0001": MESSAGE}
        assert work.messages.citizens(["2026-0001", "2026-0009"]) == {"2026-0001": MESSAGE.citizen}
        with pytest.raises(LookupError):
            work.messages.get("2026-0009")


def test_more_messages_than_one_statement_takes(with_cases: Database) -> None:
    numbers = [f"2026-{serial:04d}" for serial in range(1, CHUNK + 3)]
    with with_cases.change() as work:
        work.messages.insert_many([(number, Message(number, "")) for number in numbers])
        assert work.messages.titles(numbers) == {number: number for number in numbers}


def test_units_keep_their_order(office: Database) -> None:
    first = Unit(
        "市住房和城乡建设局",
        ("市住建局", "住建"),
        "市政府",
        "赵",
        "钱",
        "城建科",
        "孙",
        "0475-1",
        "全市",
        "供水",
    )
    second, third = Unit("市水务局"), Unit("市教育局")
    with office.change() as work:
        work.units.replace([first, second])
        assert work.units.all() == [first, second]
        work.units.upsert([third, replace(first, head="周")])
        assert work.units.all() == [replace(first, head="周"), second, third]
        work.units.replace([third])
        work.units.upsert([])
        assert work.units.all() == [third]
        work.units.replace([])
        assert work.units.all() == []


def test_settings_are_replaced_and_forgotten(office: Database) -> None:
    with office.change() as work:
        work.settings.put("office", "甲")
        work.settings.put("office", "乙")
        work.settings.put("a", "")
        assert work.settings.all() == {"a": "", "office": "乙"}
        work.settings.drop("office")
        assert work.settings.get("office") is None
        assert work.settings.get("a") == ""


def test_users_keep_their_roles(office: Database) -> None:
    admin = User("王敏", frozenset({Role.OPERATOR, Role.ADMINISTRATOR}), "王敏（信访科）", True, "2026-01-01")
    viewer = User("李强", frozenset(), active=False, created="2026-01-02")
    with office.change() as work:
        work.users.put(viewer)
        work.users.put(User("王敏", frozenset()))
        work.users.put(admin)
        assert work.users.all() == [admin, viewer]
        assert work.users.get("李强") == viewer
        assert work.users.get("无此人") is None


def test_roles_have_the_office_s_words() -> None:
    user = User("a", frozenset({Role.REVIEWER, Role.OPERATOR}))
    assert user.role_labels == "经办、审核"
    assert user.has(Role.OPERATOR)
    assert not user.has(Role.ADMINISTRATOR)
    assert not replace(user, active=False).has(Role.OPERATOR)


def test_an_import_is_counted_and_undone(office: Database) -> None:
    batch = ImportBatch("a.xlsx", "ab", "王敏", "2026-01-01", rows=3, imported=1, duplicates=1, rejected=1)
    with office.change() as work:
        first, second = work.batches.add(batch), work.batches.add(replace(batch, file="b.xlsx"))
        work.batches.count(first, rows=9, imported=8, duplicates=0, rejected=1)
        work.batches.mark_undone(second, "2026-01-03")
        assert work.batches.get(first) == replace(
            batch, id=first, rows=9, imported=8, duplicates=0, rejected=1
        )
        assert [one.id for one in work.batches.all()] == [second, first]
        assert work.batches.all()[0] == replace(batch, id=second, file="b.xlsx", undone="2026-01-03")
        assert work.batches.get(99) is None
        with pytest.raises(LookupError):
            work.batches.mark_undone(99, "")


def test_incoming_messages_are_known_again(with_cases: Database) -> None:
    with with_cases.change() as work:
        work.content_index.add_many(
            [
                IncomingKey("2026-0002", "d1", "7", "l1"),
                IncomingKey("2026-0001", "d1", "7", "l1"),
                IncomingKey("2026-0003", "d2"),
            ]
        )
        work.content_index.add_many([])
        index = work.content_index
        assert index.by_board_numbers({"7", "8", ""}) == {"7": [("d1", "2026-0001"), ("d1", "2026-0002")]}
        assert index.by_digests({"d1", "d2", "d3"}) == {"d1": ["2026-0001", "2026-0002"], "d2": ["2026-0003"]}
        assert index.by_likeness({"l1", ""}) == {"l1": ["2026-0001", "2026-0002"]}
        index.drop("2026-0001")
        assert index.by_digests({"d1"}) == {"d1": ["2026-0002"]}


def test_more_keys_than_one_statement_takes(with_cases: Database) -> None:
    keys = [IncomingKey(f"2026-{serial:04d}", f"d{serial}") for serial in range(1, CHUNK + 3)]
    with with_cases.change() as work:
        work.content_index.add_many(keys)
        found = work.content_index.by_digests(key.content_digest for key in keys)
    assert found == {key.content_digest: [key.number] for key in keys}


def test_a_notice_is_replaced_by_year_and_region(office: Database) -> None:
    national = HolidayNotice(2027, "", '{"days":[]}', "国办发明电", "2026-11-01", "王敏")
    local = replace(national, region="西藏", source="藏政办发")
    with office.change() as work:
        work.notices.put(local)
        work.notices.put(replace(national, text="{}"))
        work.notices.put(national)
        assert work.notices.all() == [national, local]
        work.notices.drop(2027, "西藏")
        assert work.notices.all() == [national]


def test_a_draft_is_one_user_s_for_one_action(office: Database) -> None:
    with office.change() as work:
        work.drafts.put("王敏", "2026-0001", "reply", "1")
        work.drafts.put("王敏", "2026-0001", "reply", "2")
        work.drafts.put("李强", "2026-0001", "reply", "3")
        assert work.drafts.get("王敏", "2026-0001", "reply") == "2"
        assert work.drafts.get("王敏", "2026-0001", "rework") is None
        work.drafts.drop("王敏", "2026-0001", "reply")
        assert work.drafts.get("王敏", "2026-0001", "reply") is None
        assert work.drafts.get("李强", "2026-0001", "reply") == "3"
