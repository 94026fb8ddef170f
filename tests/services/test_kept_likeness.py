"""`verify` over what likeness goes by: keys that are lacking, left behind or too many; made anew by a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.likeness import TELLS_UP_TO, keys_of
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.errors import Cancelled
from desktop_app.services import kept_likeness, office, searched_words
from desktop_app.services.registration import register_all, register_one
from desktop_app.services.session import Session
from desktop_app.services.taking_back import take_back
from desktop_app.services.verification import verify
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

TEXT = "碧水华庭小区的二次供水设备老化，六楼以上住户早晚高峰时段经常停水，老人孩子洗澡做饭都成问题。"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    yield opened
    opened.close()


def given(text: str = TEXT, title: str = "停水") -> Registration:
    return Registration(T, date(2026, 9, 18), "市长板块", Message(title, text, Citizen("晨雾")))


def told(session: Session) -> list[tuple[str, str, str]]:
    return [(one.kind, one.where, one.message) for one in verify(session).problems]


def words(what: str) -> tuple[str, str, str]:
    why = f"查找相似留言的索引与留言不一致：{what}；可用 verify --rebuild 重建。"
    return "search", "likeness_keys", why


def test_lacking_keys_are_found_and_made_anew(session: Session) -> None:
    number = register_one(session, given()).number
    assert told(session) == []
    with session.change() as work:
        work.likeness.drop(number, keys_of("停水", TEXT)[:1])
    assert told(session) == [words(f"1 件缺少，如 {number}")]
    searched_words.rebuild(session)
    assert told(session) == []


def test_keys_of_no_message_are_found_and_dropped(session: Session) -> None:
    number = register_one(session, given()).number
    with session.change() as work:
        work.likeness.add({number: (1,), "2026-0099": (2,)})
    assert told(session) == [words("多出 2 条")]
    searched_words.rebuild(session)
    assert told(session) == []


def test_a_key_that_tells_nothing_need_not_be_kept(session: Session) -> None:
    with session.change() as work:
        for _ in range(TELLS_UP_TO + 5):
            register_all(session, work, [given()])
    with session.read() as work:
        assert work.likeness.total() == TELLS_UP_TO * len(keys_of("停水", TEXT))
    assert told(session) == []
    with session.change() as work:
        take_back(session, work, list(work.cases.all())[:3], 1, "登错了")
    # The later ones bear keys that are not kept for them: when they came in, enough others bore them.
    assert told(session) == []
    searched_words.rebuild(session)
    assert told(session) == []
    with session.read() as work:
        assert set(work.likeness.counts(keys_of("停水", TEXT)).values()) == {TELLS_UP_TO}


def test_of_an_index_that_is_gone_not_every_case_is_looked_up(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_likeness, "_AT_ONCE", 2)
    monkeypatch.setattr(kept_likeness, "_MOST_TOLD", 3)
    with session.change() as work:
        register_all(session, work, [given(f"{TEXT}第{at}件", f"停水{at}") for at in range(9)])
        work.likeness.clear()
    assert told(session) == [words("至少 3 件缺少，如 2026-0001")]


def test_it_is_told_how_far_the_looking_is_and_it_can_be_stopped(session: Session) -> None:
    with session.change() as work:
        register_all(session, work, [given(f"{TEXT}第{at}件") for at in range(200)])
    seen: list[tuple[int, int]] = []

    def until(last: int) -> None:
        def progress(done: int, total: int) -> bool:
            seen.append((done, total))
            return done < last

        verify(session, progress=progress)

    until(601)
    assert {total for _, total in seen} == {600}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {200, 300, 400, 600} <= {done for done, _ in seen}
    with pytest.raises(Cancelled):
        until(300)
    with pytest.raises(Cancelled):
        searched_words.rebuild(session, lambda done, total: done < 500)
    assert told(session) == []
