"""The vocabulary of steps: every action an office can record, and the keys each carries.

What stands here is the shape (docs/command-line.md promises it); which actions a regulation knows, from which
state, to which, and what more it requires, is in the regulation's file.
"""

from __future__ import annotations

from desktop_app.domain.action_keys import Action, Key, KeyKind, day, term, text, words, yes_no

__all__ = ["ACTIONS", "LIST_MARK", "NO", "YES", "Action", "Key", "KeyKind"]

YES, NO = "yes", "no"
LIST_MARK = ","

_BY = words("by", "经手人", required=True)
_REASON = text("reason", "理由", required=True)
_OPINION = text("opinion", "意见")
_URGENCY = term("urgency", "急缓", "urgency")
_CLEARED = (yes_no("cleared", "已核对受保护信息"), text("cleared_reason", "核对后可以公开的理由"))
HANDED_DOWN = (
    words("handed_down_by", "上级交办单位"),
    day("handed_down_on", "上级交办日期"),
    day("upstream_due", "上级时限"),
)
"""Of a case that came from above (T 第三条); the unit's limit may not pass the last."""

_SCREENING = (
    Action(
        "accept",
        (
            term("category", "类别", "category", required=True),
            _URGENCY,
            term("ground", "受理依据", "acceptance_ground"),
            Key("topic", KeyKind.WORDS, "主题词", counted=True),
            *HANDED_DOWN,
        ),
    ),
    Action(
        "refuse",
        (
            term("ground", "不予受理情形", "refusal_ground", required=True),
            text("explanation", "说明"),
            text("suggestion", "合理建议"),
            term("not_told_reason", "不告知的原因", "not_told_reason", free=True),
            words("duplicate_of", "重复于"),
        ),
    ),
    Action("tell-refusal", (words("channel", "告知方式", required=True), *_CLEARED)),
    Action(
        "assess",
        (
            term("demand", "诉求性质", "demand", free=True),
            yes_no("trend", "苗头性、倾向性问题"),
            text("note", "研判意见"),
            *HANDED_DOWN,
        ),
    ),
    Action("link-duplicate", (Key("of", KeyKind.CASE, "并入的办件", required=True),)),
    Action(
        "answer-with",
        (Key("of", KeyKind.CASE, "主件", required=True), words("channel", "答复方式")),
    ),
    Action("return-upward", (text("reason", "退回理由", required=True), words("to", "退回单位"))),
    Action("report-up", (words("to", "报送单位", required=True), text("text", "报送内容"))),
)
_UNITS_WORK = (
    Action(
        "dispatch",
        (
            Key("lead", KeyKind.UNIT, "牵头单位", required=True),
            Key("supporting", KeyKind.UNITS, "协办单位"),
            _URGENCY,
            Key("days", KeyKind.COUNT, "办理时限（工作日）"),
            text("opinion", "拟办意见"),
        ),
    ),
    Action(
        "change-units",
        (
            Key("lead", KeyKind.UNIT, "牵头单位"),
            Key("supporting", KeyKind.UNITS, "协办单位"),
            text("reason", "变更理由", required=True),
        ),
    ),
    Action("receive", (words("by", "签收人"), term("manner", "签收方式", "receive_manner"))),
    Action(
        "return",
        (
            text("reason", "退件原因", required=True),
            words("basis", "职责依据"),
            words("signer", "签字人"),
            words("suggested_unit", "建议承办单位"),
            Key("unit", KeyKind.UNIT, "退件单位"),
        ),
    ),
    Action("accept-return", (text("reason", "处理意见"),)),
    Action("refuse-return", (text("reason", "不予退件的理由", required=True),)),
    Action(
        "apply-extension",
        (
            Key("days", KeyKind.COUNT, "申请天数", required=True),
            text("reason", "延期原因", required=True),
            words("applicant", "申请人", required=True),
            text("progress", "工作进度"),
            yes_no("citizen_told", "已向网民解释"),
        ),
    ),
    Action(
        "approve-extension",
        (
            term("level", "审批层级", "approval_level", required=True),
            words("by", "审批人", required=True),
            Key("days", KeyKind.COUNT, "批准天数"),
            _OPINION,
        ),
    ),
    Action(
        "refuse-extension",
        (
            term("level", "审批层级", "approval_level", required=True),
            words("by", "审批人", required=True),
            _OPINION,
        ),
    ),
    Action(
        "explain",
        (
            words("consent_by", "同意人"),
            words("upstream_consent_by", "上级同意人"),
            text("text", "解释说明", required=True),
        ),
    ),
)
_ANSWER = (
    Action(
        "reply",
        (
            text("text", "答复内容", required=True),
            text("handling", "办理情况"),
            yes_no("suggested_public", "建议公开"),
            term("private_reason", "不公开理由", "private_reason", free=True),
            words("signer", "签发人"),
            yes_no("stamped", "已盖章"),
            words("handler", "经办人"),
            words("phone", "联系电话"),
        ),
    ),
    Action(
        "pass-review",
        (
            words("by", "审核人", required=True),
            yes_no("public", "公开答复", required=True),
            term("private_reason", "不公开理由", "private_reason", free=True),
            text("public_text", "拟公开稿"),
            Key("checks", KeyKind.TERMS, "审核要点", vocabulary="review_check"),
            text("points", "逐点核对"),
            _OPINION,
            *_CLEARED,
        ),
    ),
    Action(
        "rework",
        (
            term("ground", "退回情形", "rework_ground", required=True),
            day("due", "重办期限", required=True),
            text("opinion", "退回意见"),
        ),
    ),
    Action("sign-off", (words("by", "审定人", required=True), text("opinion", "审定意见"))),
    Action("decline-sign-off", (words("by", "审定人", required=True), _REASON)),
    Action("publish", (text("text", "公开答复稿"), words("place", "公开位置"), *_CLEARED)),
    Action(
        "answer-privately",
        (
            words("by", "答复人", required=True),
            words("channel", "答复方式", required=True),
            text("text", "答复的内容"),
        ),
    ),
    Action("post-note", (text("text", "公开说明", required=True), words("place", "公开位置"), *_CLEARED)),
    Action(
        "contact",
        (
            term("when", "办前或办后", "contact_time", required=True),
            words("channel", "联系方式", required=True),
            text("result", "联系情况", required=True),
        ),
    ),
    Action(
        "follow-up",
        (
            term("result", "满意度", "follow_up_result", required=True),
            words("channel", "方式"),
            yes_no("solved", "问题是否解决"),
            text("note", "网民说明"),
        ),
    ),
)
_PRESSURE = (words("channel", "方式"), words("by", "经手人"), text("answer", "对方答复"))
_SUPERVISION = (
    Action("remind", (words("to", "提醒对象", required=True), *_PRESSURE)),
    Action("urge", (words("to", "催办对象", required=True), *_PRESSURE)),
    Action(
        "supervise",
        (
            words("to", "主送", required=True),
            term("ground", "督办情形", "supervision_ground", required=True),
            text("problems", "存在问题"),
            text("demands", "办理要求"),
            day("new_due", "督办期限"),
            words("feedback", "反馈方式"),
            words("copies", "抄送"),
            words("channel", "方式"),
            words("by", "经手人"),
        ),
    ),
    Action(
        "transfer",
        (
            words("to", "移交机关", required=True),
            words("decided_by", "决定移交的人", required=True),
            text("violation", "涉嫌违纪违法线索", required=True),
            text("consequences", "后果和影响", required=True),
            day("reported_on", "报督查室日期", required=True),
            text("persons", "涉及单位和人员"),
            text("evidence", "证据材料"),
        ),
    ),
    Action(
        "special-supervision", (words("by", "督办单位", required=True), text("text", "专项督办情况", True))
    ),
    Action(
        "hold-accountable",
        (
            term("ground", "问责情形", "accountability_ground", required=True),
            words("by", "决定人", required=True),
            text("note", "问责情况"),
        ),
    ),
    Action(
        "serve",
        (
            Key("paper", KeyKind.PAPER, "文书", required=True),
            term("manner", "送达方式", "service_manner"),
            words("received_by", "收件人"),
        ),
    ),
    Action(
        "instruct",
        (
            words("leader", "批示领导", required=True),
            yes_no("principal", "主要领导", required=True),
            text("text", "批示原文", required=True),
            day("feedback_due", "反馈期限"),
            term("rhythm", "反馈频次", "feedback_rhythm"),
        ),
    ),
    Action(
        "feedback",
        (
            words("to", "反馈对象", required=True),
            text("text", "办理结果", required=True),
            text("next", "下一步"),
        ),
    ),
    Action("mark-major", (text("reason", "重大影响的理由", required=True),)),
    Action(
        "investigate",
        (
            words("by", "调研负责人", required=True),
            words("units", "参加单位"),
            text("findings", "调研情况", required=True),
            text("conclusion", "结论"),
        ),
    ),
    Action(
        "complained-of",
        (
            term("kind", "性质", "complaint_kind", required=True),
            Key("unit", KeyKind.UNIT, "被反映单位"),
            text("person", "被反映人"),
        ),
    ),
)
_ENDING = (
    Action("waive", (words("item", "事项", required=True), _REASON, _BY)),
    Action("close", ()),
    Action("archive", (term("retention", "保管期限", "retention", free=True),)),
    Action("reopen", (_REASON, words("to", "退到哪一步"))),
    Action(
        "correct",
        (Key("event", KeyKind.EVENT, "更正的记录", required=True), _REASON, day("on", "更正后的日期")),
    ),
)

ACTIONS: dict[str, Action] = {
    action.name: action for action in (*_SCREENING, *_UNITS_WORK, *_ANSWER, *_SUPERVISION, *_ENDING)
}
"""All actions by name. `correct` also takes any key of the event it corrects."""
