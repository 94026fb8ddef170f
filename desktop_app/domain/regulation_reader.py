"""Strict reading of a regulation's data: what is unknown, missing or of the wrong kind refuses to load.

Input is the parsed TOML and the articles' text; output a `Regulation`, or BadData naming every fault with the
file, the place in it and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.office_items import OFFICE_TRIGGERS, YEAR
from desktop_app.domain.regulation import (
    CALENDAR_DAYS,
    LIMIT_NAMES,
    VOCABULARIES,
    WORKING_DAYS,
    ActionRule,
    AppraisalRule,
    BulletinRule,
    Clause,
    Clock,
    FailingRule,
    FormRule,
    Limit,
    OfficeItemRule,
    OfficeWords,
    OpenItemRule,
    Regulation,
    Series,
    State,
    Term,
)
from desktop_app.domain.regulation_checks import FINDS, PERIODS, findings
from desktop_app.domain.strict_tables import TABLES, StrictTables, Table, read_articles
from desktop_app.errors import BadData

_HEAD = "文件开头"
_MONTH_AND_DAY = re.compile(r"[01][0-9]-[0-3][0-9]")


def read(
    data: Table,
    articles_text: str,
    file: str,
    guards: Collection[str] | None,
    triggers: Collection[str] | None,
) -> Regulation:
    """Build the regulation. `guards` and `triggers` are the names that code knows; others refuse to load.

    None leaves those names unchecked.
    """
    return _Reader(file, read_articles(articles_text), guards, triggers).regulation(data)


class _Reader(StrictTables):
    def __init__(
        self,
        file: str,
        articles: Mapping[str, str],
        guards: Collection[str] | None,
        triggers: Collection[str] | None,
    ) -> None:
        super().__init__(file, articles)
        self._texts = articles
        self._guards = guards
        self._triggers = triggers

    def regulation(self, data: Table) -> Regulation:
        head = self.table(
            data,
            _HEAD,
            id=str,
            title=str,
            short_title=str,
            issuer=str,
            issued=date,
            in_force=date,
            source=str,
            checked=date,
            initial_state=str,
            office=dict,
            clock=dict,
            limit=TABLES,
            vocabulary=dict,
            state=TABLES,
            action=TABLES,
            open_item=TABLES,
            office_item=TABLES,
            form=TABLES,
            series=TABLES,
            clause=TABLES,
            bulletin=(dict, {}),
            appraisal=(dict, {}),
            failing=(TABLES, []),
        )
        if self.faults:
            raise BadData(self.faults)
        words = self.table(
            head["office"], "[office]", office=str, board=str, message=str, citizen=str, article=str,
        )  # fmt: skip
        clock = self.table(
            head["clock"], "[clock]", starts_with=str, article=str, unclaimed_counts_from_dispatch=bool,
            remind_until_published=bool, publish_same_day=bool, reminder_article=str, publish_article=str,
        )  # fmt: skip
        limits = self.each(head["limit"], "limit", self._limit)
        vocabularies = self._vocabularies(head["vocabulary"])
        states = self.each(head["state"], "state", self._state)
        names = {state.name for state in states}
        series = self.each(head["series"], "series", self._series)
        actions = self.each(head["action"], "action", lambda t, p: self._action(t, p, names))
        items = self.each(head["open_item"], "open_item", lambda t, p: self._open_item(t, p, names))
        owed = self.each(head["office_item"], "office_item", self._office_item)
        forms = self.each(head["form"], "form", lambda t, p: self._form(t, p, names, {s.id for s in series}))
        clauses = self.each(head["clause"], "clause", self._clause)
        bulletin = self._bulletin(head["bulletin"]) if head["bulletin"] else None
        appraisal = self._appraisal(head["appraisal"]) if head["appraisal"] else None
        failings = self.each(head["failing"], "failing", self._failing)
        for place, reason in findings(
            limits, vocabularies, states, head["initial_state"], actions, items, forms, series
        ):
            self.fault(place, reason)
        if self.faults:
            raise BadData(self.faults)
        return Regulation(
            id=head["id"],
            title=head["title"],
            short_title=head["short_title"],
            issuer=head["issuer"],
            issued=head["issued"],
            in_force=head["in_force"],
            source=head["source"],
            checked=head["checked"],
            words=OfficeWords(**words),
            clock=Clock(**clock),
            all_limits=limits,
            vocabularies=vocabularies,
            states=states,
            actions={action.name: action for action in actions},
            open_items=items,
            office_items=owed,
            forms={form.form: form for form in forms},
            series={one.id: one for one in series},
            clauses=clauses,
            articles=self._texts,
            initial_state=head["initial_state"],
            bulletin=bulletin,
            appraisal=appraisal,
            failings=failings,
        )

    def _bulletin(self, table: Table) -> BulletinRule | None:
        place, before = "[bulletin]", len(self.faults)
        got = self.table(
            table, place, name=str, title=str, addressee=str, number=str, article=(str, ""), closing=(str, ""),
            demands=(list, []),
        )  # fmt: skip
        for name, parts in (("title", ("{period}",)), ("number", ("{year}", "{serial}"))):
            for part in parts:
                if part not in got.get(name, part):
                    self.fault(place, f"{name} 中缺少 {part}")
        if len(self.faults) > before:
            return None
        return BulletinRule(**{**got, "demands": tuple(got["demands"])})

    def _appraisal(self, table: Table) -> AppraisalRule | None:
        before = len(self.faults)
        got = self.table(table, "[appraisal]", title=str, addressee=str, article=(str, ""))
        return AppraisalRule(**got) if len(self.faults) == before else None

    def _failing(self, table: Table, place: str) -> FailingRule:
        got = self.table(table, place, kind=str, finds=str, article=(str, ""), ground=(str, ""))
        self.known(place, "finds", [got["finds"]], FINDS)
        return FailingRule(**got)

    def _limit(self, table: Table, place: str) -> Limit:
        got = self.table(table, place, name=str, days=int, unit=str, article=(str, ""), from_day=date)
        if got["name"] not in LIMIT_NAMES:
            self.fault(place, f"不认识的期限“{got['name']}”，应为 {'、'.join(LIMIT_NAMES)} 之一")
        if got["unit"] not in (WORKING_DAYS, CALENDAR_DAYS):
            self.fault(place, f"unit 应为 {WORKING_DAYS} 或 {CALENDAR_DAYS}，现为“{got['unit']}”")
        if isinstance(got["days"], int) and got["days"] < 1:
            self.fault(place, f"days 应为正整数，现为 {got['days']}")
        return Limit(**got)

    def _vocabularies(self, tables: Table) -> dict[str, tuple[Term, ...]]:
        for name in sorted(set(tables) - set(VOCABULARIES)):
            self.fault(f"[vocabulary] {name}", "不认识的词表")
        lists = {}
        for name in VOCABULARIES:
            if not tables.get(name):
                self.fault(f"[vocabulary] {name}", "缺少这个词表，或词表为空")
                continue
            lists[name] = self.each(tables[name], f"vocabulary.{name}", self._term)
        return lists

    def _term(self, table: Table, place: str) -> Term:
        got = self.table(
            table,
            place,
            value=str,
            article=(str, ""),
            short=(list, []),
            requires=(list, []),
            flags=(list, []),
        )
        return Term(
            got["value"], got["article"], tuple(got["short"]), tuple(got["requires"]), frozenset(got["flags"])
        )

    def _state(self, table: Table, place: str) -> State:
        return State(**self.table(table, place, name=str, open=bool, article=(str, "")))

    def _series(self, table: Table, place: str) -> Series:
        got = self.table(table, place, id=str, pattern=str)
        for part in ("{year}", "{serial}"):
            if part not in got["pattern"]:
                self.fault(place, f"pattern 中缺少 {part}")
        return Series(**got)

    def _action(self, table: Table, place: str, states: Collection[str]) -> ActionRule:
        got = self.table(
            table,
            place,
            name=str,
            title=str,
            article=(str, ""),
            from_states=list,
            to=(str, ""),
            role=(str, "operator"),
            requires=(list, []),
            guards=(list, []),
            guard_articles=(dict, {}),
            ways=(dict, {}),
            seen_by=(list, []),
            suggests=(dict, {}),
        )
        shape = ACTIONS.get(got["name"])
        if shape is None:
            self.fault(place, f"不认识的步骤“{got['name']}”")
        else:
            wanted = {key for entry in got["requires"] for key in re.split(r"[|+]", entry)}
            for key in sorted(key for key in wanted if shape.key(key) is None):
                self.fault(place, f"requires 中的“{key}”不是 {got['name']} 的项")
            self.known(place, "suggests", got["suggests"], [key.name for key in shape.keys])
        self.known(place, "from_states", got["from_states"], states)
        self.known(place, "to", [got["to"]] if got["to"] else [], states)
        self.known(place, "guards", got["guards"], self._guards)
        self.known(place, "guard_articles", got["guard_articles"], got["guards"])
        self.known(place, "role", [got["role"]], ("operator", "reviewer"))
        self.known(place, "seen_by", got["seen_by"], ("operator", "reviewer", "viewer"))
        self.known(place, "ways", got["ways"], got["from_states"])
        for targets in got["ways"].values():
            if not isinstance(targets, list) or not targets:
                self.fault(place, "ways 的每一项应为状态的列表")
            else:
                self.known(place, "ways", targets, states)
        for words in got["suggests"].values():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                self.fault(place, "suggests 的每一项应为文字的列表")
        for article in got["guard_articles"].values():
            self.article(place, article)
        return ActionRule(
            got["name"],
            got["title"],
            got["article"],
            tuple(got["from_states"]),
            got["to"] or None,
            got["role"],
            tuple(got["requires"]),
            tuple(got["guards"]),
            dict(got["guard_articles"]),
            {state: tuple(targets) for state, targets in got["ways"].items()},
            tuple(got["seen_by"]),
            {key: tuple(words) for key, words in got["suggests"].items()},
        )

    def _open_item(self, table: Table, place: str, states: Collection[str]) -> OpenItemRule:
        got = self.table(
            table, place, kind=str, trigger=str, article=(str, ""), blocking=(bool, False), verb=(str, ""),
            states=(list, []),
        )  # fmt: skip
        self.known(place, "trigger", [got["trigger"]], self._triggers)
        self.known(place, "states", got["states"], states)
        self.known(place, "verb", [got["verb"]] if got["verb"] else [], ACTIONS)
        return OpenItemRule(
            got["kind"], got["trigger"], got["article"], got["blocking"], got["verb"], tuple(got["states"])
        )

    def _office_item(self, table: Table, place: str) -> OfficeItemRule:
        got = self.table(table, place, kind=str, trigger=str, article=(str, ""), period=str, opens=(str, ""))
        self.known(place, "trigger", [got["trigger"]], OFFICE_TRIGGERS)
        self.known(place, "period", [got["period"]], PERIODS)
        if got["opens"] and not _is_month_and_day(got["opens"]):
            self.fault(place, f"opens 应为 12-01 这样的月日，现为“{got['opens']}”")
        if got["trigger"] == "before_year_end" and not (got["opens"] and got["period"] == YEAR):
            self.fault(place, "before_year_end 须写 opens（从哪一天起列出），period 应为 year")
        return OfficeItemRule(**got)

    def _form(self, table: Table, place: str, states: Collection[str], series: Collection[str]) -> FormRule:
        got = self.table(
            table,
            place,
            form=str,
            title=str,
            article=(str, ""),
            after=list,
            states=(list, []),
            series=(str, ""),
            public=(bool, False),
            addressee=(str, ""),
        )
        self.known(place, "after", got["after"], ACTIONS)
        self.known(place, "states", got["states"], states)
        self.known(place, "series", [got["series"]] if got["series"] else [], series)
        return FormRule(
            got["form"],
            got["title"],
            got["article"],
            tuple(got["after"]),
            tuple(got["states"]),
            got["series"],
            got["public"],
            got["addressee"],
        )

    def _clause(self, table: Table, place: str) -> Clause:
        got = self.table(
            table, place, article=str, says=str, does=str, later=(str, ""), where=(list, []), tests=(list, []),
        )  # fmt: skip
        return Clause(**{**got, "where": tuple(got["where"]), "tests": tuple(got["tests"])})


def _is_month_and_day(text: str) -> bool:
    """Whether every year has that day."""
    try:
        return _MONTH_AND_DAY.fullmatch(text) is not None and bool(date.fromisoformat(f"2023-{text}"))
    except ValueError:
        return False
