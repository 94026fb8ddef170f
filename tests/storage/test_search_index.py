from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.message_text import fold
from desktop_app.storage.database import Database
from desktop_app.storage.index_terms import Search
from tests import engines

MakeRow = Callable[..., CaseRow]

# Few characters, so that they meet often; and what Unicode has in store for those who fold.
ALPHABET = "水压不足小区Aaａﬁß \n\t.,%_*\"'()<>{}-é\u0301\u200bİǅ⑩㎡𠮷😀\x00"
WORDS = st.text(alphabet=ALPHABET, max_size=12)


def _found(office: Database, term: str) -> list[str]:
    with office.read() as work:
        by_number = work.cases.numbers(CaseQuery(text=term))
        by_page = [row.number for row in work.cases.page(CaseQuery(text=term), limit=1000).rows]
        by_due = [row.number for row in work.cases.page(CaseQuery(text=term, sort="due"), limit=1000).rows]
    assert by_number == by_page == by_due
    return by_number


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(WORDS, max_size=3), min_size=1, max_size=6), data=st.data())
def test_a_search_finds_exactly_what_in_finds(
    office: Database, make_row: MakeRow, texts: list[list[str]], data: st.DataObject
) -> None:
    everything = "".join(word for words in texts for word in words)
    start = data.draw(st.integers(0, max(len(everything) - 1, 0)))
    term = data.draw(WORDS | st.just(everything[start : start + data.draw(st.integers(1, 5))]))
    numbers = [f"2026-{serial:04d}" for serial in range(1, len(texts) + 1)]
    with pytest.raises(RuntimeError, match="undo"), office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, len(texts) + 1)])
        work.search.put_many(list(zip(numbers, texts, strict=True)))
        looked_for = fold(term)
        wanted = [
            number
            for number, words in zip(numbers, texts, strict=True)
            if any(looked_for in fold(word) for word in words) or not looked_for
        ]
        assert work.cases.numbers(CaseQuery(text=term)) == wanted
        assert [row.number for row in work.cases.page(CaseQuery(text=term)).rows] == wanted
        raise RuntimeError("undo")


@pytest.fixture
def filled(office: Database, make_row: MakeRow) -> Database:
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, 5)])
        work.search.put("2026-0001", ["二次供水水压不足", "市住建局"])
        work.search.put("2026-0002", ["水费太高", "压力大"])
        work.search.put_many([("2026-0003", ["ＷｉＦｉ信号差"]), ("2026-0004", [])])
    return office


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("水", ["2026-0001", "2026-0002"]),
        ("水压", ["2026-0001"]),
        ("水压不足", ["2026-0001"]),
        ("高压", []),
        ("wifi", ["2026-0003"]),
        ("ＷＩＦＩ", ["2026-0003"]),
        ("供水水压", ["2026-0001"]),
        ("水供", []),
        ('"', []),
        ("*", []),
        ("水*", []),
        ("NOT", []),
    ],
)
def test_what_is_found(filled: Database, term: str, wanted: list[str]) -> None:
    assert _found(filled, term) == wanted


def test_words_of_two_texts_do_not_run_together(filled: Database) -> None:
    assert _found(filled, "足市") == []
    assert _found(filled, "不足市住") == []


def test_the_same_bigrams_in_another_order_are_no_match(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        work.search.put_many([("2026-0001", ["甲乙，乙丙"]), ("2026-0002", ["甲乙丙"])])
    assert _found(office, "甲乙丙") == ["2026-0002"]


def test_what_is_put_again_or_dropped_is_found_no_more(filled: Database) -> None:
    with filled.change() as work:
        work.search.put("2026-0001", ["供电"])
        work.search.drop("2026-0002")
    assert _found(filled, "水") == []
    assert _found(filled, "供电") == ["2026-0001"]


def test_a_very_long_term_is_still_exact(office: Database, make_row: MakeRow) -> None:
    long = "".join(chr(0x4E00 + place) for place in range(9000))
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        work.search.put_many([("2026-0001", [long]), ("2026-0002", [long[:8000] + "一" + long[8000:]])])
    assert _found(office, long) == ["2026-0001"]


def test_too_many_candidates_make_a_total_that_may_be_too_high(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.case_pages._RECHECK_AT_MOST", 0)
    with filled.read() as work:
        assert work.cases.total(CaseQuery(text="水压不足")) == (1, False)
        assert work.cases.total(CaseQuery(text="水")) == (2, True)
        assert work.cases.total(CaseQuery(text="水", open_only=True)) == (2, True)


def test_only_what_folds_to_nothing_is_no_search() -> None:
    assert Search.of("") is None
    assert Search.of(" ") is not None


def test_a_citizen_is_found_by_name_initials_and_pinyin_where_that_is_allowed(
    office: Database, make_row: MakeRow
) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2), make_row(3)])
        work.search.put_many(
            [("2026-0001", ["供水"], "王小明"), ("2026-0002", ["wxm"], "单晓"), ("2026-0003", ["水"])]
        )
        work.search.put("2026-0001", ["供电"])
    with office.read() as work:
        found = {
            term: work.cases.numbers(CaseQuery(text=term, by_name=True))
            for term in ("王小明", "小明", "王", "wx", "wxm", "wangxiao", "shanx", "danx", "明小", "网友")
        }
        assert work.cases.numbers(CaseQuery(text="王小明")) == []
        assert work.cases.numbers(CaseQuery(text="wxm")) == ["2026-0002"]
    first, both = ["2026-0001"], ["2026-0001", "2026-0002"]
    assert found == {
        "王小明": first, "小明": first, "王": first, "wx": both, "wxm": both, "wangxiao": first,
        "shanx": ["2026-0002"], "danx": [], "明小": [], "网友": [],
    }  # fmt: skip


def test_units_are_found_by_what_was_typed_of_their_pinyin(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1, lead="市住建局"), make_row(2, supporting=("市住建局",)), make_row(3)])
    with office.read() as work:
        query = CaseQuery(text="szj", spelled_units=("市住建局",))
        assert work.cases.numbers(query) == ["2026-0001", "2026-0002"]
        assert work.cases.numbers(replace(query, status="无")) == []


def test_filters_follow_each_change_of_a_row(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1, category="投诉", lead="甲")])
        work.search.put("2026-0001", ["供水"])
        work.cases.update(make_row(1, category="求助", lead="甲"))
        asked = CaseQuery(category="求助", unit="甲", text="供水")
        assert work.cases.numbers(asked) == ["2026-0001"]
    with office.change() as work:
        work.cases.update(make_row(1, category="投诉", lead="甲"))
    with office.read() as work:
        assert work.cases.numbers(asked) == []
        assert list(work.search.faults()) == []


def test_an_index_that_lost_a_case_is_told_and_made_anew(filled: Database) -> None:
    with filled.change() as work:
        column = "case_id" if engines.on_server() else "rowid"
        work._connection.exec_driver_sql(f"DELETE FROM case_search WHERE {column} = 2026000000001")
    with filled.read() as work:
        (fault,) = work.search.faults()
    assert fault.startswith("检索索引与办件不一致")
    with filled.change() as work:
        work.search.rebuild()
    with filled.read() as work:
        assert list(work.search.faults()) == []
    assert _found(filled, "水压") == ["2026-0001"]


def test_three_common_characters_are_exact_and_longer_terms_of_them_as_well(
    office: Database, make_row: MakeRow
) -> None:
    texts = ["没有没收", "没有，有没", "尊敬的领导，我们没有一个", "的领导我们的领"]
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, 5)])
        work.search.put_many([(f"2026-{serial:04d}", [text]) for serial, text in enumerate(texts, 1)])
    assert _found(office, "没有没") == ["2026-0001"]
    assert _found(office, "敬的领导") == ["2026-0003"]
    assert _found(office, "我们没有一个") == ["2026-0003"]
    assert _found(office, "的领导我们的") == ["2026-0004"]
