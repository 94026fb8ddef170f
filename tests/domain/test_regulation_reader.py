"""A regulation's file is read strictly: what is wrong is named with its file, its place and what was expected."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop_app.domain import regulation_reader
from desktop_app.domain.guards import GUARDS
from desktop_app.domain.open_items import TRIGGERS
from desktop_app.domain.regulation import LIMIT_NAMES, VOCABULARIES, Regulation
from desktop_app.domain.strict_tables import read_articles
from desktop_app.errors import BadData
from desktop_app.services import regulations

FILE = "tongliao-2023/regulation.toml"
FOLDER = regulations.folder() / "tongliao-2023"
DATA = tomllib.loads((FOLDER / "regulation.toml").read_text(encoding="utf-8"))
ARTICLES = (FOLDER / "articles.md").read_text(encoding="utf-8")

Table = dict[str, Any]


def read(data: Table) -> Regulation:
    return regulation_reader.read(data, ARTICLES, FILE, GUARDS.keys(), TRIGGERS.keys())


def faults(change: Callable[[Table], Any]) -> list[str]:
    """What the reader says to the file with this change."""
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(BadData) as caught:
        read(data)
    assert all(fault.file == FILE and fault.place and fault.reason for fault in caught.value.faults)
    return [f"{fault.place}：{fault.reason}" for fault in caught.value.faults]


def entry(data: Table, table: str, name: str) -> Table:
    """The entry of that name in `[[table]]`."""
    key = {"open_item": "kind", "office_item": "kind", "form": "form", "series": "id"}.get(table, "name")
    found: Table = next(one for one in data[table] if one[key] == name)
    return found


def test_the_file_as_it_is_loads() -> None:
    assert read(copy.deepcopy(DATA)).id == "tongliao-2023"


def test_articles_are_the_headings_and_what_stands_below() -> None:
    text = "# 名\n\n前言\n\n## 第一条\n\n甲\n\n乙\n\n## 第二条（一）\n\n丙\n"
    assert read_articles(text) == {"第一条": "甲\n\n乙", "第二条（一）": "丙"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(colour="红"), "文件开头：不认识的项“colour”"),
        (lambda d: d.pop("title"), "文件开头：缺少“title”（文字）"),
        (lambda d: d.update(issued="2023-05-12"), "文件开头：“issued”应为日期，现为 '2023-05-12'"),
        (lambda d: d.update(limit={}), "文件开头：“limit”应为列表"),
        (lambda d: d["office"].update(fax="1"), "[office]：不认识的项“fax”"),
        (lambda d: d["office"].pop("board"), "[office]：缺少“board”"),
        (lambda d: d["clock"].update(publish_same_day="yes"), "[clock]：“publish_same_day”应为true 或 false"),
        (
            lambda d: d["clock"].update(reminder_article="第九十条"),
            "[clock]：条文“第九十条”不在 articles.md 中",
        ),
        (lambda d: d.update(initial_state="梦里"), "文件开头：initial_state 中的“梦里”不认识"),
        (lambda d: d["limit"][0].update(unit="weeks"), "[[limit]] 第 1 项：unit 应为 working_days 或"),
        (lambda d: d["limit"][0].update(days=0), "[[limit]] 第 1 项：days 应为正整数"),
        (lambda d: d["limit"][0].update(days=True), "[[limit]] 第 1 项：“days”应为整数，现为 True"),
        (lambda d: d["limit"][0].update(name="tea"), "[[limit]] 第 1 项：不认识的期限“tea”"),
        (lambda d: d["limit"].pop(0), "[[limit]]：缺少期限 reply"),
        (lambda d: d["limit"].append(dict(d["limit"][0])), "[[limit]]：期限“reply 2023-05-12”写了两次"),
        (lambda d: d["limit"].insert(0, 5), "[[limit]] 第 1 项：应为表"),
        (lambda d: d["vocabulary"].pop("category"), "[vocabulary] category：缺少这个词表，或词表为空"),
        (lambda d: d["vocabulary"].update(colour=[]), "[vocabulary] colour：不认识的词表"),
        (lambda d: d["vocabulary"].update(category="咨询"), "[[vocabulary.category]]：应为列表"),
        (
            lambda d: d["vocabulary"]["category"].append({"value": "咨询"}),
            "[vocabulary] category：“咨询”出现两次",
        ),
        (
            lambda d: d["vocabulary"]["category"].append({"value": "别的", "short": ["其他"]}),
            "[vocabulary] category：“其他”出现两次",
        ),
        (
            lambda d: d["vocabulary"]["urgency"].append({"value": "缓", "article": "第八十条"}),
            "[[vocabulary.urgency]] 第 4 项：条文“第八十条”不在 articles.md 中",
        ),
        (
            lambda d: d["vocabulary"]["urgency"].append({"value": "缓", "short": [1]}),
            "[[vocabulary.urgency]] 第 4 项：“short”应为文字的列表",
        ),
        (
            lambda d: d["vocabulary"]["receive_manner"][0].update(flags=["claim"]),
            "[vocabulary] receive_manner：“签收”的 flags 中的“claim”不认识",
        ),
        (
            lambda d: d["vocabulary"]["refusal_ground"][0].update(requires=["reason_why"]),
            "的 requires 中的“reason_why”不认识",
        ),
        (lambda d: d["vocabulary"]["contact_time"].pop(), "[vocabulary] contact_time：应有两项"),
        (
            lambda d: [one.update(flags=["upstream"]) for one in d["vocabulary"]["approval_level"]],
            "[vocabulary] approval_level：至少要有一级不是 upstream",
        ),
        (lambda d: d["state"].append({"name": "梦里", "open": True}), "[[state]]：没有任何步骤通向“梦里”"),
        (lambda d: d["state"].append(dict(d["state"][0])), "[[state]]：状态“待初审”写了两次"),
        (
            lambda d: (
                entry(d, "state", "已归档").update(open=True),
                entry(d, "action", "reopen").pop("ways"),
            ),
            "[[state]]：没有任何步骤离开“已归档”",
        ),
        (lambda d: entry(d, "action", "reopen")["ways"].update(梦里=["待交办"]), "ways 中的“梦里”不认识"),
        (lambda d: entry(d, "action", "reopen")["ways"].update(已归档=["梦里"]), "ways 中的“梦里”不认识"),
        (lambda d: entry(d, "action", "reopen")["ways"].update(已归档=[]), "ways 的每一项应为状态的列表"),
        (lambda d: entry(d, "action", "transfer").update(seen_by=["过路人"]), "seen_by 中的“过路人”不认识"),
        (
            lambda d: entry(d, "action", "transfer").update(suggests={"colour": ["红"]}),
            "suggests 中的“colour”不认识",
        ),
        (
            lambda d: entry(d, "action", "transfer").update(suggests={"to": "市纪委"}),
            "suggests 的每一项应为文字的列表",
        ),
        (lambda d: d["office_item"][0].update(period="week"), "period 中的“week”不认识"),
        (lambda d: d["office_item"][0].update(opens="13-01"), "opens 应为 12-01 这样的月日"),
        (lambda d: d["office_item"][0].update(trigger="tea"), "trigger 中的“tea”不认识"),
        (lambda d: entry(d, "action", "accept").update(name="fly"), "不认识的步骤“fly”"),
        (lambda d: entry(d, "action", "accept").update(to="梦里"), "to 中的“梦里”不认识"),
        (lambda d: entry(d, "action", "accept").update(from_states=["梦里"]), "from_states 中的“梦里”不认识"),
        (lambda d: entry(d, "action", "accept").update(role="boss"), "role 中的“boss”不认识"),
        (lambda d: entry(d, "action", "accept").update(guards=["dog"]), "guards 中的“dog”不认识"),
        (
            lambda d: entry(d, "action", "accept").update(requires=["fee"]),
            "requires 中的“fee”不是 accept 的项",
        ),
        (
            lambda d: entry(d, "action", "refuse").update(requires=["explanation+fee|not_told_reason"]),
            "requires 中的“fee”不是 refuse 的项",
        ),
        (
            lambda d: entry(d, "action", "rework").update(guard_articles={"return_pending": ""}),
            "guard_articles 中的“return_pending”不认识",
        ),
        (
            lambda d: entry(d, "action", "dispatch")["guard_articles"].update(
                limit_within_regulation="第零条"
            ),
            "条文“第零条”不在 articles.md 中",
        ),
        (lambda d: entry(d, "action", "accept").update(article="第五条（九）"), "条文“第五条（九）”不在"),
        (lambda d: entry(d, "action", "accept").pop("from_states"), "缺少“from_states”（列表）"),
        (lambda d: d["action"].append(dict(d["action"][0])), "[[action]]：步骤“accept”写了两次"),
        (lambda d: entry(d, "open_item", "逾期").update(trigger="moon"), "trigger 中的“moon”不认识"),
        (lambda d: entry(d, "open_item", "逾期").update(verb="fly"), "verb 中的“fly”不认识"),
        (
            lambda d: entry(d, "open_item", "逾期").update(verb="sign-off"),
            "[[open_item]]：“逾期”的 verb “sign-off”不是本办法的步骤",
        ),
        (lambda d: entry(d, "open_item", "逾期").update(states=["梦里"]), "states 中的“梦里”不认识"),
        (
            lambda d: entry(d, "open_item", "逾期").update(kind="待交办"),
            "[[open_item]]：待办事项“待交办”写了两次",
        ),
        (
            lambda d: entry(d, "office_item", "通报期到").update(trigger="moon"),
            "trigger 中的“moon”不认识",
        ),
        (lambda d: entry(d, "office_item", "通报期到").update(period="week"), "period 中的“week”不认识"),
        (
            lambda d: entry(d, "office_item", "考核意见待报").update(opens="02-29"),
            "opens 应为 12-01 这样的月日，现为“02-29”",
        ),
        (
            lambda d: entry(d, "office_item", "考核意见待报").update(period="month"),
            "before_year_end 须写 opens（从哪一天起列出），period 应为 year",
        ),
        (lambda d: entry(d, "form", "slip").update(after=["fly"]), "after 中的“fly”不认识"),
        (lambda d: entry(d, "form", "slip").update(after=["sign-off"]), "不是本办法的步骤"),
        (lambda d: entry(d, "form", "slip").update(series="x"), "series 中的“x”不认识"),
        (lambda d: entry(d, "form", "slip").update(form="urge"), "[[form]]：文书“urge”写了两次"),
        (lambda d: entry(d, "series", "slip").update(pattern="第{serial}号"), "pattern 中缺少 {year}"),
        (lambda d: entry(d, "series", "slip").update(id="urge"), "[[series]]：字号“urge”写了两次"),
        (lambda d: d["clause"][0].update(article="第一百条"), "[[clause]] 第 1 项：条文“第一百条”不在"),
        (lambda d: d["clause"][0].pop("does"), "[[clause]] 第 1 项：缺少“does”（文字）"),
    ],
)
def test_refuses_to_load(change: Callable[[Table], Any], said: str) -> None:
    found = faults(change)
    assert any(said in fault for fault in found), found


def test_all_faults_are_named_at_once() -> None:
    def change(data: Table) -> None:
        data["limit"][0]["unit"] = "weeks"
        entry(data, "action", "accept")["guards"] = ["dog"]
        data["clause"][0]["colour"] = "红"

    assert len(faults(change)) == 3


def test_names_of_rules_may_be_left_unchecked() -> None:
    data = copy.deepcopy(DATA)
    entry(data, "action", "accept")["guards"] = ["dog"]
    assert regulation_reader.read(data, ARTICLES, FILE, None, None).actions["accept"].guards == ("dog",)


def test_values_carry_the_day_they_come_into_force() -> None:
    data = copy.deepcopy(DATA)
    later = {**data["limit"][0], "days": 4, "from_day": date(2025, 1, 1)}
    data["limit"].append(later)
    found = read(data)
    days = [found.limits_on(date(year, 6, 1)).reply.days for year in (2020, 2023, 2024, 2025, 2026)]
    assert days == [5, 5, 5, 4, 4] and found.limits.reply.days == 4
    assert found.before_in_force(date(2023, 5, 11)) and not found.before_in_force(date(2023, 5, 12))


# ---------------------------------------------------------------- the shipped files


@pytest.fixture(params=regulations.known_ids())
def regulation(request: pytest.FixtureRequest) -> Regulation:
    return regulations.load(request.param)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_clause_says_what_its_article_says(regulation: Regulation) -> None:
    """Word for word, with …… where something is left out."""
    for clause in regulation.clauses:
        text, place = squeezed(regulation.articles[clause.article]), 0
        for part in clause.says.split("……"):
            place = text.find(squeezed(part), place)
            assert place >= 0, (clause.article, part)


def test_every_article_has_its_clauses(regulation: Regulation) -> None:
    assert {clause.article for clause in regulation.clauses} == set(regulation.articles)
    assert all(clause.does.endswith("。") for clause in regulation.clauses)
    assert all(clause.later.endswith("（后续）") for clause in regulation.clauses if clause.later)


def test_every_list_and_limit_is_there(regulation: Regulation) -> None:
    assert set(regulation.vocabularies) == set(VOCABULARIES)
    assert {limit.name for limit in regulation.all_limits} == set(LIMIT_NAMES)


def test_every_state_can_be_reached_and_left_for_the_archive(regulation: Regulation) -> None:
    onward: dict[str, set[str]] = {state.name: set() for state in regulation.states}
    for rule in regulation.actions.values():
        for state in rule.from_states:
            onward[state] |= set(rule.ways.get(state, (rule.to,) if rule.to else ()))

    def reached(start: str) -> set[str]:
        seen, ahead = {start}, [start]
        while ahead:
            fresh = onward[ahead.pop()] - seen
            seen |= fresh
            ahead += fresh
        return seen

    assert reached(regulation.initial_state) == set(onward)
    assert all("已归档" in reached(state) for state in onward)
    assert [state.name for state in regulation.states if not state.open] == ["已归档"]


def test_the_worth_of_the_two_regulations() -> None:
    xizang, tongliao = regulations.load("xizang-2017"), regulations.load("tongliao-2023")
    figures = [(one.limits.reply.days, one.limits.extension.days) for one in (xizang, tongliao)]
    assert figures == [(10, 20), (5, 3)]
    articles = [(one.limits.reply.article, one.limits.extension.article) for one in (xizang, tongliao)]
    assert articles == [("第五条（四）", "第五条（四）"), ("第十一条", "第十四条")]
    assert len(tongliao.vocabularies["refusal_ground"]) == 9
    assert len(tongliao.vocabularies["acceptance_ground"]) == 6
    assert len(xizang.vocabularies["acceptance_ground"]) == 4
    assert (
        xizang.values("category") == tongliao.values("category") == ("咨询", "投诉", "求助", "建议", "其它")
    )
    assert xizang.values("urgency") == ("一般", "加急", "特急")
    assert xizang.values("follow_up_result") == ("满意", "基本满意", "不满意", "未联系上")


def test_every_ground_in_the_regulations_own_words_stands_in_its_article(regulation: Regulation) -> None:
    for name in ("acceptance_ground", "refusal_ground"):
        for term in regulation.vocabularies[name]:
            known = squeezed(regulation.articles[term.article])
            if not term.value.startswith(("其他", "内容重复的留言")):
                assert squeezed(term.value).removeprefix("针对") in known, term.value


def test_words_are_found_by_value_and_by_short_form(regulation: Regulation) -> None:
    for name, terms in regulation.vocabularies.items():
        for term in terms:
            assert all(regulation.term(name, word) is term for word in (term.value, *term.short))
    assert regulation.term("category", "闲聊") is None and regulation.term("nothing", "咨询") is None
