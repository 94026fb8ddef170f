"""What is open on a case on every day at once. That it is what the rules find day by day, for every rule, is held by
`Walk.items` in all tests of this floor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop_app.domain import open_items as items_by_rules
from desktop_app.domain.open_spells import OpenSpells, Spell, open_spells, read_spells, write_spells
from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.trigger_spans import Span, Trigger

Walks = Any


def spells_of(walk: Any) -> OpenSpells:
    found = open_spells(walk.situation())
    assert found is not None
    return found


def by_kind(walk: Any) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for one in spells_of(walk).spells:
        found.setdefault(one.kind, []).append((one.first, one.last))
    return found


def test_what_begins_and_ends_with_a_day_says_which(both: Walks) -> None:
    walk = both.received()
    reminder, due = walk.clock.reminder, walk.clock.due
    found = by_kind(walk)
    assert found["今日须提醒"] == [(reminder.isoformat(), due.isoformat())]
    assert found["今日到期"] == [(due.isoformat(), due.isoformat())]
    assert found["逾期"] == [((due + timedelta(days=1)).isoformat(), "")]


def test_what_hangs_on_no_day_is_open_on_all(both: Walks) -> None:
    assert by_kind(both.accepted())["待交办"] == [("", "")]


def test_an_archived_case_has_nothing_open(both: Walks) -> None:
    assert spells_of(both.closed().act("archive", retention="10年")).spells == ()


def test_what_was_set_aside_is_not_open(both: Walks) -> None:
    walk = both.received()
    due = walk.clock.due
    late = (due + timedelta(days=3)).isoformat()
    waived = walk.act("waive", late, item="逾期", by="张三", reason="已约定")
    assert "逾期" not in by_kind(waived)


def test_pressure_is_told_since_the_unit_leads(both: Walks) -> None:
    walk = both.received()
    reminder = walk.clock.reminder
    assert not spells_of(walk).pressed_since("remind", reminder)
    spells = spells_of(walk.act("remind", reminder.isoformat(), to="赵局"))
    assert spells.pressed_since("remind", reminder)
    assert not spells.pressed_since("remind", reminder + timedelta(days=1))
    assert not spells.pressed_since("urge", reminder)
    assert read_spells(write_spells(spells)) == spells


@pytest.mark.parametrize(
    "looks_closer",
    [
        lambda situation, rule: (situation.today, None),
        lambda situation, rule: (situation.today - timedelta(days=1), None),
        lambda situation, rule: (situation.case.received, None) if situation.today.day == 1 else None,
        lambda situation, rule: (situation.case.received, max(situation.today, situation.case.received)),
    ],
)
def test_a_rule_that_looks_at_the_day_itself_must_be_asked_day_by_day(
    both: Walks, looks_closer: Trigger, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = both.accepted()
    monkeypatch.setitem(items_by_rules.TRIGGERS, "in_state", looks_closer)
    assert open_spells(walk.situation()) is None


def test_what_two_rules_of_one_day_tell_alike_is_one_spell(
    both: Walks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_both_sides(situation: Situation, rule: OpenItemRule) -> Span | None:
        assert situation.today < situation.case.received or situation.today >= situation.case.received
        return situation.case.received, None

    walk = both.accepted()
    monkeypatch.setitem(items_by_rules.TRIGGERS, "in_state", on_both_sides)
    assert by_kind(walk)["待交办"] == [("", "")]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"open":[["逾期"]]}', '{"open":1}', "null", '{"open":[],"pressed":[1]}']
)
def test_what_is_no_text_of_spells_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no open items|Expecting"):
        read_spells(text)


def test_an_empty_list_is_a_list() -> None:
    assert read_spells('{"open":[]}') == OpenSpells(())
    assert read_spells('{"open":[["a","","","2026-01-01",""]]}').spells == (
        Spell("a", "", "", "2026-01-01", ""),
    )
