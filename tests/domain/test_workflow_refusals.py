"""What is refused, with its code and clause, and in the promised order of checks (docs/command-line.md)."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.workflow import offers
from desktop_app.errors import Refusal

Walks = Any


def test_the_order_of_checks(both: Walks) -> None:
    """Everything is wrong at once; mending one thing brings up the next."""
    walk = both.accepted()
    wrong = {"days": "x", "supporting": "天文台", "surplus": "1"}
    far = "2027-01-01"

    def code(on: str, roles: frozenset[str] = frozenset(("operator",)), **keys: str) -> str:
        return walk.refused("dispatch", on, roles, **keys).code

    waiting = both.dispatched()
    assert waiting.refused("dispatch", far, frozenset(), **wrong).code == "not_allowed_for_role"
    assert waiting.refused("dispatch", far, **wrong).code == "wrong_state"
    assert code(far, **wrong) == "missing_key"
    assert code(far, lead="教育局", surplus="1") == "unknown_value"
    assert code(far, lead="教育局", days="x") == "unknown_value"
    assert code(far, lead="天文台") == "unknown_unit"
    assert code(far, lead="教育局", days="99") == "date_in_future"
    assert code("2026-09-17", lead="教育局", days="99") == "date_before_previous"
    assert code("2026-09-18", lead="教育局", days="99") == "limit_longer_than_regulation"


def test_what_is_not_pending_is_told_before_the_keys(both: Walks) -> None:
    walk = both.received()
    for action in ("accept-return", "refuse-return", "approve-extension", "refuse-extension"):
        assert walk.refused(action, "2027-01-01").code == "wrong_state"
    both.extension(walk, "2026-09-22", "2")
    assert walk.refused("apply-extension").code == "wrong_state"
    assert walk.refused("approve-extension", "2027-01-01").code == "missing_key"


def test_a_missing_reason_is_told_before_the_date(both: Walks) -> None:
    refused = both.replied().refused("pass-review", "2027-01-01", by="审核员", public="no")
    assert (refused.code, refused.clause) == ("missing_key", "第五条（三）" if both.is_x else "第十八条")


def test_a_missing_reason_is_told_before_a_word_that_nobody_knows(both: Walks) -> None:
    walk = both.replied()
    wrong = {"by": "审核员", "checks": "写得好", "surplus": "1"}
    assert walk.refused("pass-review", public="no", **wrong).code == "missing_key"
    assert walk.refused("pass-review", public="no", private_reason="隐私", **wrong).code == "unknown_value"
    assert walk.refused("pass-review", public="也许", by="审核员").code == "unknown_value"


def test_steps_nobody_knows_and_steps_of_the_other_regulation(tongliao: Walks, xizang: Walks) -> None:
    assert tongliao.new().refused("fly").code == "unknown_value"
    assert tongliao.reviewed().refused("sign-off", by="秘书长").code == "wrong_state"
    assert xizang.to_publish("no").refused("post-note", text="说明").code == "wrong_state"


def test_a_voided_case_takes_no_step(both: Walks) -> None:
    from dataclasses import replace

    walk = both.new()
    walk.case = replace(walk.case, voided=True)
    refused = walk.refused("accept", category="咨询")
    assert refused.code == "wrong_state" and "作废" in refused.message


def test_reviewing_is_not_the_operators(both: Walks) -> None:
    operator = frozenset(("operator",))
    for walk, action in (
        (both.replied(), "pass-review"),
        (both.published(), "rework"),
        (both.new(), "waive"),
        (both.extension(both.received(), "2026-09-22", "2"), "approve-extension"),
    ):
        refused = walk.refused(action, None, operator)
        assert refused.code == "not_allowed_for_role" and "审核" in refused.message


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_from_a_wrong_state_every_step_is_refused_with_its_clause(both: Walks, action: str) -> None:
    """One case in every state; where the file does not let the step begin, it is refused and says so."""
    rule = both.new().regulation.actions.get(action)
    if rule is None:
        assert both.new().refused(action).code == "wrong_state"
        return
    ways = [
        *(both.new(), both.accepted(), both.dispatched(), both.received(), both.replied(), both.to_publish()),
        *(both.published(), both.closed(), both.closed().act("archive")),
        both.new().act("refuse", ground="无法联系", not_told_reason="无法联系"),
        *(both.explained(), both.merged()),
        *([both.reviewed()] if both.is_x else [both.sent_up()]),
    ]
    states = {state.name for state in ways[0].regulation.states}
    assert {walk.status for walk in ways} == states
    for walk in ways:
        if walk.status not in rule.from_states:
            refused = walk.refused(action)
            assert (refused.code, refused.clause) == ("wrong_state", rule.article or None)
            assert walk.status in refused.message


def test_what_the_window_offers_is_what_may_begin(both: Walks) -> None:
    walk = both.received()
    offered = {offer.action: offer for offer in offers(walk.situation(), ("operator", "reviewer"))}
    assert set(offered) == set(walk.regulation.actions)
    possible = {name for name, offer in offered.items() if offer.possible}
    assert {"reply", "apply-extension", "return", "change-units", "remind"} <= possible
    assert not possible & {"accept", "accept-return", "approve-extension", "rework", "publish", "archive"}
    assert offered["accept-return"].clause == ("第五条（五）" if both.is_x else "第十五条")
    assert all(offer.reason for offer in offered.values() if not offer.possible)
    viewer = offers(walk.situation(), ("viewer",))
    assert not any(offer.possible for offer in viewer)


def test_offers_know_what_stands_in_the_way(both: Walks) -> None:
    private = {one.action: one for one in offers(both.to_publish("no").situation(), ("operator",))}
    assert not private["publish"].possible and private["answer-privately"].possible
    public = {one.action: one for one in offers(both.to_publish().situation(), ("operator",))}
    assert public["publish"].possible and not public["answer-privately"].possible


def test_every_refusal_says_why_in_words(both: Walks) -> None:
    refused: list[Refusal] = [
        both.new().refused("dispatch"),
        both.accepted().refused("dispatch"),
        both.accepted().refused("dispatch", lead="天文台"),
        both.replied().refused("publish"),
        both.to_publish("no").refused("publish"),
    ]
    assert all(len(one.message) > 8 and one.message.endswith("。") for one in refused)
