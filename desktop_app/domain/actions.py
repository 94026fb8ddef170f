"""The vocabulary of steps: every action an office can record, and the keys each carries.

What stands here is the shape (docs/command-line.md promises it); which actions a regulation knows, from which
state, to which, and what more it requires, is in the regulation's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KeyKind(StrEnum):
    """What a key's value is; decides how it is read, checked, shown and kept."""

    WORDS = "words"
    TEXT = "text"
    TERM = "term"
    YES_NO = "yes_no"
    DATE = "date"
    COUNT = "count"
    UNIT = "unit"
    UNITS = "units"
    EVENT = "event"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. TEXT is free text that may name a citizen, so it is kept apart from the journal; WORDS are short
    and name officials, channels and places only. `vocabulary` names the regulation's list for a TERM."""

    name: str
    kind: KeyKind
    title: str
    required: bool = False
    vocabulary: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


def _words(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.WORDS, title, required)


def _text(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.TEXT, title, required)


def _term(name: str, title: str, vocabulary: str, required: bool = False) -> Key:
    return Key(name, KeyKind.TERM, title, required, vocabulary)


def _yes_no(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.YES_NO, title, required)


_CHANNEL = _words("channel", "方式")
_BY = _words("by", "经手人", required=True)
_REASON = _text("reason", "理由", required=True)
_OPINION = _text("opinion", "意见")
_URGENCY = _term("urgency", "急缓", "urgency")

ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            "accept",
            (
                _term("category", "类别", "category", required=True),
                _URGENCY,
                _term("ground", "受理依据", "acceptance_ground"),
                _words("topic", "主题词"),
            ),
        ),
        Action(
            "refuse",
            (
                _term("ground", "不予受理情形", "refusal_ground", required=True),
                _text("explanation", "说明"),
                _text("suggestion", "合理建议"),
                _term("not_told_reason", "不告知的原因", "not_told_reason"),
                _words("duplicate_of", "重复于"),
            ),
        ),
        Action("tell-refusal", (_words("channel", "告知方式", required=True),)),
        Action(
            "dispatch",
            (
                Key("lead", KeyKind.UNIT, "牵头单位", required=True),
                Key("supporting", KeyKind.UNITS, "协办单位"),
                _URGENCY,
                Key("days", KeyKind.COUNT, "办理时限（工作日）"),
                _text("opinion", "拟办意见"),
            ),
        ),
        Action(
            "change-units",
            (
                Key("lead", KeyKind.UNIT, "牵头单位"),
                Key("supporting", KeyKind.UNITS, "协办单位"),
                _text("reason", "变更理由", required=True),
            ),
        ),
        Action("receive", (_words("by", "签收人"), _term("manner", "签收方式", "receive_manner"))),
        Action(
            "return",
            (
                _text("reason", "退件原因", required=True),
                _words("signer", "签字人"),
                _words("suggested_unit", "建议承办单位"),
                Key("unit", KeyKind.UNIT, "退件单位"),
            ),
        ),
        Action("accept-return", (_text("reason", "处理意见"),)),
        Action("refuse-return", (_text("reason", "不予退件的理由", required=True),)),
        Action(
            "apply-extension",
            (
                Key("days", KeyKind.COUNT, "申请天数", required=True),
                _text("reason", "延期原因", required=True),
                _words("applicant", "申请人", required=True),
                _text("progress", "工作进度"),
                _yes_no("citizen_told", "已向网民解释"),
            ),
        ),
        Action(
            "approve-extension",
            (
                _term("level", "审批层级", "approval_level", required=True),
                _words("by", "审批人", required=True),
                Key("days", KeyKind.COUNT, "批准天数"),
                _OPINION,
            ),
        ),
        Action(
            "refuse-extension",
            (
                _term("level", "审批层级", "approval_level", required=True),
                _words("by", "审批人", required=True),
                _OPINION,
            ),
        ),
        Action(
            "reply",
            (
                _text("text", "答复内容", required=True),
                _yes_no("suggested_public", "建议公开"),
                _term("private_reason", "不公开理由", "private_reason"),
                _words("signer", "签发人"),
                _yes_no("stamped", "已盖章"),
                _words("handler", "经办人"),
                _words("phone", "联系电话"),
            ),
        ),
        Action(
            "pass-review",
            (
                _words("by", "审核人", required=True),
                _yes_no("public", "公开答复", required=True),
                _term("private_reason", "不公开理由", "private_reason"),
                _text("public_text", "拟公开稿"),
                _yes_no("cleared", "已核对受保护信息"),
            ),
        ),
        Action(
            "rework",
            (
                _term("ground", "退回情形", "rework_ground", required=True),
                Key("due", KeyKind.DATE, "重办期限", required=True),
                _text("opinion", "退回意见"),
            ),
        ),
        Action("sign-off", (_words("by", "审定人", required=True),)),
        Action("decline-sign-off", (_words("by", "审定人", required=True), _REASON)),
        Action(
            "publish",
            (
                _text("text", "公开答复稿"),
                _words("place", "公开位置"),
                _yes_no("cleared", "已核对受保护信息"),
            ),
        ),
        Action(
            "answer-privately",
            (_words("by", "答复人", required=True), _words("channel", "答复方式", required=True)),
        ),
        Action("post-note", (_text("text", "公开说明", required=True), _words("place", "公开位置"))),
        Action(
            "contact",
            (
                _term("when", "办前或办后", "contact_time", required=True),
                _words("channel", "联系方式", required=True),
                _text("result", "联系情况", required=True),
            ),
        ),
        Action(
            "follow-up",
            (
                _term("result", "满意度", "follow_up_result", required=True),
                _CHANNEL,
                _text("note", "网民说明"),
            ),
        ),
        Action("remind", (_words("to", "提醒对象", required=True), _CHANNEL, _words("by", "经手人"))),
        Action("urge", (_words("to", "催办对象", required=True), _CHANNEL, _words("by", "经手人"))),
        Action(
            "supervise",
            (
                _words("to", "主送", required=True),
                _CHANNEL,
                _words("by", "经手人"),
                _term("ground", "督办情形", "supervision_ground", required=True),
            ),
        ),
        Action(
            "serve",
            (
                Key("paper", KeyKind.PAPER, "文书", required=True),
                _term("manner", "送达方式", "service_manner"),
                _words("received_by", "收件人"),
            ),
        ),
        Action(
            "complained-of",
            (
                _term("kind", "性质", "complaint_kind", required=True),
                Key("unit", KeyKind.UNIT, "被反映单位"),
                _text("person", "被反映人"),
            ),
        ),
        Action("waive", (_words("item", "事项", required=True), _REASON, _BY)),
        Action("close", ()),
        Action("archive", (_term("retention", "保管期限", "retention"),)),
        Action("correct", (Key("event", KeyKind.EVENT, "更正的记录", required=True), _REASON)),
    )
}
"""All actions by name. `correct` also takes `on` and any key of the event it corrects."""

YES, NO = "yes", "no"
LIST_MARK = ","
