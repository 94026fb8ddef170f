"""Reading the keys of a step: required ones present, words of the regulation whole, units known, numbers numbers.

What comes out is canonical: the regulation's full words, units by their full names, dates ISO.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop_app.domain.actions import ACTIONS, LIST_MARK, NO, YES, Key, KeyKind
from desktop_app.domain.corrections import NONE
from desktop_app.domain.message_text import well_formed
from desktop_app.domain.privacy import find_protected
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.situation import Situation
from desktop_app.errors import Refusal

_COUNT = re.compile("0*[1-9][0-9]{0,3}")
"""1 to 9999; longer numbers are nobody's working days, and Python reads no number of thousands of digits."""


def read_keys(situation: Situation, rule: ActionRule, given: Mapping[str, str]) -> dict[str, str]:
    """The keys as they will be recorded. Refusals: missing_key first, then unknown_value and unknown_unit."""
    shape = ACTIONS[rule.name]
    keys = given_keys(given)
    _check_required(situation.regulation, rule, keys)
    for name in sorted(set(given) - {key.name for key in shape.keys}):
        known = "、".join(key.name for key in shape.keys) or "无"
        raise Refusal(
            "unknown_value", f"“{rule.title}”没有 {name} 这一项；可填：{known}。", rule.article or None
        )
    return {key.name: _read(situation, rule, key, keys[key.name]) for key in shape.keys if key.name in keys}


def given_keys(given: Mapping[str, str]) -> dict[str, str]:
    """What was said at all: a key left blank says nothing."""
    return {name: well_formed(value.strip()) for name, value in given.items() if value.strip()}


def required_keys(rule: ActionRule) -> frozenset[str]:
    """Keys that must always be given: the marked ones and the regulation's own (alternatives left out)."""
    marked = {key.name for key in ACTIONS[rule.name].keys if key.required}
    return frozenset(marked | {entry for entry in rule.requires if "|" not in entry and "+" not in entry})


def _check_required(regulation: Regulation, rule: ActionRule, keys: Mapping[str, str]) -> None:
    shape = ACTIONS[rule.name]
    wanted = [key.name for key in shape.keys if key.required]
    wanted += [entry for entry in rule.requires if entry not in wanted]
    for key in shape.keys:
        if key.kind is KeyKind.TERM and key.name in keys:
            term = regulation.term(key.vocabulary, keys[key.name])
            wanted += [name for name in (term.requires if term is not None else ()) if name not in wanted]
    for entry in wanted:
        if not any(all(name in keys for name in way.split("+")) for way in entry.split("|")):
            _missing(rule, entry)


def _missing(rule: ActionRule, entry: str) -> None:
    shape = ACTIONS[rule.name]

    def words(name: str) -> str:
        key = shape.key(name)
        return f"{key.title if key is not None else name}（{name}）"

    ways = ["、".join(words(name) for name in way.split("+")) for way in entry.split("|")]
    raise Refusal("missing_key", f"“{rule.title}”缺少{'，或者'.join(ways)}。", rule.article or None)


def _read(situation: Situation, rule: ActionRule, key: Key, value: str) -> str:
    match key.kind:
        case KeyKind.TERM:
            return _term(situation.regulation, rule, key, value)
        case KeyKind.TERMS:
            return LIST_MARK.join(dict.fromkeys(_terms(situation.regulation, rule, key, value)))
        case KeyKind.CASE:
            return _case(situation, rule, key, value)
        case KeyKind.YES_NO:
            if value not in (YES, NO):
                _unknown(rule, key, value, (YES, NO))
            return value
        case KeyKind.COUNT:
            if _COUNT.fullmatch(value) is None:
                raise Refusal(
                    "unknown_value",
                    f"{key.title}（{key.name}）应为正整数，现为“{value}”。",
                    rule.article or None,
                )
            return value.lstrip("0")
        case KeyKind.DATE:
            return _date(rule, key, value)
        case KeyKind.UNIT:
            return _unit(situation, rule, key, value)
        case KeyKind.UNITS:
            return _units(situation, rule, key, value)
        case _:
            if key.counted:
                _check_nothing_protected(situation, rule, key, value)
            return value


def _check_nothing_protected(situation: Situation, rule: ActionRule, key: Key, value: str) -> None:
    hits = find_protected(value, situation.citizen)
    if hits:
        raise Refusal(
            "protected_data_in_public_text",
            f"{key.title}（{key.name}）会进入统计和通报，不能写受保护的信息：{'、'.join(hit.text for hit in hits)}。",
            rule.article or None,
            "请改写。",
        )


def _term(regulation: Regulation, rule: ActionRule, key: Key, value: str) -> str:
    term = regulation.term(key.vocabulary, value)
    if term is None and key.free:
        return value
    if term is None:
        _unknown(rule, key, value, regulation.values(key.vocabulary))
        raise AssertionError  # _unknown always raises
    return term.value


def _terms(regulation: Regulation, rule: ActionRule, key: Key, value: str) -> list[str]:
    """Several words of a list. A word may itself hold 、 or a full comma (条理清晰、措辞得当), so it is tried whole first."""
    found: list[str] = []
    for part in (part.strip() for part in value.split(LIST_MARK)):
        words = [part] if regulation.term(key.vocabulary, part) is not None else _parts(part)
        found += [_term(regulation, rule, key, word) for word in words]
    return found


def _unknown(rule: ActionRule, key: Key, value: str, values: tuple[str, ...]) -> None:
    raise Refusal(
        "unknown_value",
        f"{key.title}（{key.name}）没有“{value}”；可填：{'；'.join(values)}。",
        rule.article or None,
    )


def _date(rule: ActionRule, key: Key, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Refusal(
            "unknown_value",
            f"{key.title}（{key.name}）应为 2026-10-09 这样的日期，现为“{value}”。",
            rule.article or None,
        ) from None


def _units(situation: Situation, rule: ActionRule, key: Key, value: str) -> str:
    if value == NONE:
        return NONE
    names = [_unit(situation, rule, key, part) for part in _parts(value)]
    return LIST_MARK.join(dict.fromkeys(names)) or NONE


def _parts(value: str) -> list[str]:
    """A list as people type it: half or full commas, or 、."""
    parts = value.replace("、", LIST_MARK).replace("，", LIST_MARK).split(LIST_MARK)
    return [part.strip() for part in parts if part.strip()]


def _case(situation: Situation, rule: ActionRule, key: Key, value: str) -> str:
    other = situation.others.get(value)
    if other is None:
        raise Refusal(
            "unknown_case",
            f"登记簿中没有 {value}（{key.title}）。",
            rule.article or None,
            "请核对登记号。",
        )
    return other.number


def _unit(situation: Situation, rule: ActionRule, key: Key, value: str) -> str:
    unit = situation.units.find(value)
    if unit is None:
        raise Refusal(
            "unknown_unit",
            f"单位名册中没有“{value.strip()}”（{key.title}）。",
            rule.article or None,
            "请核对名称，或先把该单位录入名册。",
        )
    return unit.name
