"""Cases for the papers' tests: the steps that lead to each paper, ordinary, bare and extreme, under either regulation.

Folded from steps without the guards: what was recorded, was; what a paper does with it is what is tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import REGISTER, approval_chain, fold
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.paper_basis import basis_of
from desktop_app.domain.paper_codes import FORM_NUMBERS, PaperCode
from desktop_app.domain.past_assignments import assignment_concerned
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit
from desktop_app.services import regulations
from desktop_app.services.case_view import masked_message
from desktop_app.services.papers import Filed, OfficeIdentity, PaperSource
from tests.documents.paper_samples import MESSAGE, NASTY

X, T = "xizang-2017", "tongliao-2023"
ORDINARY, BARE, EXTREME = "ordinary", "bare", "extreme"

OFFICES = {
    X: OfficeIdentity("自治区人民政府督查室", "达娃", "0891-6800000"),
    T: OfficeIdentity("通辽市政府门户网站运维中心", "王敏", "0475-8800000"),
}
UNITS = {
    X: Unit("自治区住房和城乡建设厅", handler="旺堆", phone="0891-6811111"),
    T: Unit("市住房和城乡建设局", handler="孙科", phone="0475-8230001"),
}
CITIZEN = Citizen(name="刘某某", contact="13800005678")
LONG = (NASTY + "反映的问题和诉求写得很长，一段接着一段，" * 8 + "\n") * 46
"""More than 9,000 characters of everything that has broken a paper."""
LONG_TITLE = (
    "某小区二次供水设备老化、维修基金不公开、物业收费不透明、"
    "楼道照明损坏、消防通道被占、垃圾无人清运等问题长期无人解决😀<&{{"
)
assert len(LONG) > 9000 and len(LONG_TITLE) >= 60


@dataclass(frozen=True)
class Words:
    """What was typed with the steps: `of(ordinary)` gives it in this kind."""

    kind: str

    def of(self, ordinary: str) -> str:
        return {ORDINARY: ordinary, BARE: "", EXTREME: LONG}[self.kind]

    def needed(self, ordinary: str) -> str:
        """Where a step cannot be without."""
        return {ORDINARY: ordinary, BARE: "有", EXTREME: LONG}[self.kind]

    def short(self, ordinary: str) -> str:
        """Names and channels: long, but of one line."""
        return {ORDINARY: ordinary, BARE: "", EXTREME: ordinary * 6}[self.kind]


Steps = list[tuple[str, str, Mapping[str, str]]]


def _dispatched(words: Words, unit: str) -> Steps:
    return [
        ("accept", "2026-09-21", {"category": "投诉", "urgency": "加急" if words.kind != BARE else "一般"}),
        (
            "dispatch",
            "2026-09-23",
            {
                "lead": unit,
                "supporting": words.short("科尔沁区人民政府,市水务集团") if words.kind == ORDINARY else "",
                "opinion": words.of("请牵头核实二次供水设备情况，提出整改方案并答复网民。"),
                "document": "通民盼办〔2026〕118号",
            },
        ),
    ]


def _received(words: Words, unit: str) -> Steps:
    return [
        *_dispatched(words, unit),
        ("receive", "2026-09-24", {"by": words.short("孙科"), "manner": "签收"}),
    ]


def _replied(words: Words, unit: str) -> Steps:
    reply = {
        "text": words.needed(
            "经核实，该小区二次供水设备已使用十二年，两台水泵损坏。我局已会同水务集团更换水泵，水压于9月29日恢复正常；"
            "维修基金使用情况已在小区公示栏公开。感谢您的监督。"
        ),
        "handling": words.of("9月25日现场勘查，9月28日更换水泵两台。"),
        "signer": words.short("赵局长"),
        "handler": words.short("孙科"),
        "phone": "0475-8230001",
        "suggested_public": "yes",
    }
    return [*_received(words, unit), ("reply", "2026-09-30", {k: v for k, v in reply.items() if v})]


def _reviewed(words: Words, unit: str, public: str = "yes") -> Steps:
    review = {
        "by": "李建国",
        "public": public,
        "private_reason": "" if public == "yes" else "涉及个人隐私",
        "public_text": words.of("经核实，该小区二次供水设备的两台水泵已更换，水压于9月29日恢复正常。"),
        "opinion": words.of("内容准确，同意公开。"),
        "points": words.of("一、停水原因：已答。\n二、维修基金：已答。"),
    }
    return [*_replied(words, unit), ("pass-review", "2026-09-30", review)]


def _pressed(words: Words, unit: str) -> Steps:
    return [
        *_received(words, unit),
        ("remind", "2026-09-29", {"to": f"{unit}主要负责同志", "channel": words.short("电话"),
                                  "answer": words.of("正在办理，月底前报送。"), "document": "通民盼提〔2026〕21号"}),
        ("urge", "2026-10-12", {"to": unit, "channel": words.short("书面"), "document": "通民盼催〔2026〕9号"}),
        ("serve", "2026-10-13", {"paper": "通民盼催〔2026〕9号", "manner": "当面", "received_by": "孙科"}),
    ]  # fmt: skip


def _supervised(words: Words, unit: str) -> Steps:
    supervise = {
        "to": unit,
        "ground": "敷衍塞责",
        "problems": words.of("至今未报送答复材料，也未说明原因。"),
        "demands": words.of("请主要负责人亲自过问，逐条说明办理情况，加盖公章后书面报送。"),
        "new_due": "2026-10-20" if words.kind != BARE else "",
        "feedback": words.short("书面报送我单位"),
        "copies": words.short("市政府督查室，市行政审批和政务服务局"),
        "document": "通民盼督〔2026〕3号",
    }
    instructed = (
        [
            (
                "instruct",
                "2026-10-14",
                {"leader": "李某某", "principal": "yes", "text": words.of("请住建局抓紧解决。")},
            )
        ]
        if words.kind != BARE
        else []
    )
    return [*_pressed(words, unit), *instructed, ("supervise", "2026-10-16", supervise)]


def _extended(words: Words, unit: str, regulation: Regulation) -> Steps:
    asked = {
        "days": "2",
        "reason": words.needed("水泵需向厂家订购，到货和安装约需两个工作日。"),
        "applicant": "赵局长",
        "progress": words.of("已完成现场勘查和方案论证，水泵已下单。"),
        "citizen_told": "yes" if words.kind != BARE else "no",
    }
    steps: Steps = [*_received(words, unit), ("apply-extension", "2026-09-29", asked)]
    if words.kind == BARE:
        return steps
    for level in approval_chain(regulation, "市长板块"):
        steps.append(
            (
                "approve-extension",
                "2026-09-30",
                {"level": level, "by": "马主任", "opinion": words.of("情况属实")},
            )
        )
    return steps


def _closed(words: Words, unit: str) -> Steps:
    asked = ("apply-extension", "2026-09-29", {"days": "2", "reason": "待检测", "applicant": "赵局长"})
    return [
        *_received(words, unit),
        asked,
        *_reviewed(words, unit)[3:],
        ("publish", "2026-10-08", {"place": words.short("人民网领导留言板")}),
        ("follow-up", "2026-10-12", {"result": "满意", "channel": words.short("电话"), "note": words.of("水压已经正常。")}),
        ("close", "2026-10-13", {}),
    ]  # fmt: skip


def _paths(words: Words, unit: str, regulation: Regulation) -> dict[str, Callable[[], Steps]]:
    """How to come to each paper."""

    def then(steps: Steps, action: str, on: str, **keys: str) -> Steps:
        return [*steps, (action, on, {name: value for name, value in keys.items() if value})]

    instruct = {"leader": "李某某", "principal": "yes", "text": words.needed("请督查室盯住，结果报我。")}
    filled = words.kind != BARE
    return {
        "slip": lambda: _replied(words, unit) if words.kind == EXTREME else _dispatched(words, unit),
        "slip-anonymous": lambda: _dispatched(words, unit),
        "reminder": lambda: _pressed(words, unit)[:-2],
        "urge": lambda: _pressed(words, unit),
        "supervision-letter": lambda: _supervised(words, unit),
        "supervision-slip": lambda: _supervised(words, unit),
        "transfer-letter": lambda: _transferred(words, unit),
        "transfer-report": lambda: _transferred(words, unit),
        "extension": lambda: _extended(words, unit, regulation),
        "return": lambda: [
            *then(
                _received(words, unit), "return", "2026-09-24",
                reason=words.needed("供水设施由水务部门管理，不属我单位职责。"), basis=words.short("“三定”规定第二条"),
                signer=words.short("钱副局长"), suggested_unit=words.short("市水务局"),
            ),
            *([("refuse-return", "2026-09-25", {"reason": words.of("小区二次供水属住建部门职责。")})] if filled else []),
        ],
        "rework": lambda: then(
            _replied(words, unit), "rework", "2026-10-08", ground="答非所问", due="2026-10-12",
            opinion=words.of("一、未说明停水原因。\n二、未答复维修基金使用情况。\n三、没有办理时限。"),
        ),
        "refusal": lambda: [
            ("refuse", "2026-09-22", {
                "ground": regulation.values("refusal_ground")[1],
                "explanation": words.of("您反映的房屋买卖合同纠纷已由科尔沁区人民法院立案审理，行政机关不能介入。"),
                "suggestion": words.of("请按照法院通知参加诉讼；对判决不服的，可以依法上诉。"),
                **({} if filled else {"not_told_reason": "无法联系"}),
            }),
            *([("tell-refusal", "2026-09-23", {"channel": "留言板回复"})] if filled else []),
        ],
        "private-answer": lambda: then(
            _reviewed(words, unit, "no"), "answer-privately", "2026-10-08", by="孙科", channel="电话",
            text=words.of("您咨询的低保复核结果为：符合条件，自10月起发放。您留的电话13800005678已核对。"),
        ) + ([("post-note", "2026-10-08", {"text": words.of("该留言涉及个人隐私，已直接答复。")})] if filled else []),
        "investigation": lambda: [
            *([("mark-major", "2026-09-25", {"reason": words.of("多名住户反映，当地媒体已报道。")})] if filled else []),
            *then(
                _received(words, unit), "investigate", "2026-09-28", by="督查室", units=words.short("住建局、水务集团"),
                findings=words.needed("现场查看泵房，两台水泵损坏；查阅维修基金账目，三年未公开。"),
                conclusion=words.of("设备老化属实，应动用维修基金更换并公开账目。"),
            ),
        ],
        "explanation": lambda: then(
            _received(words, unit), "explain", "2026-09-30", consent_by=words.short("中心主任"),
            text=words.needed("该路段已列入明年改造计划，今年资金尚未落实，已向您说明情况，请您谅解。"),
        ),
        "approval": lambda: _reviewed(words, unit) + (
            [("sign-off", "2026-10-08", {"by": "秘书长", "opinion": words.of("同意。")})]
            if filled and "sign-off" in regulation.actions else []
        ),
        "reply": lambda: _closed(words, unit)[:-2] if filled else _reviewed(words, unit),
        "instruction-report": lambda: [
            *_received(words, unit),
            ("instruct", "2026-09-25", instruct),
            *_replied(words, unit)[3:],
            ("feedback", "2026-10-09", {
                "to": "李某某", "text": words.needed("水泵已更换，水压恢复正常，网民表示满意。"),
                "next": words.of("继续督促物业公开维修基金使用情况。"),
            }),
        ],
        "follow-up": lambda: _closed(words, unit)[:-1],
        "deadline-note": lambda: _extended(words, unit, regulation) if filled else _dispatched(words, unit),
        "file-cover": lambda: _closed(words, unit),
        "file-catalogue": lambda: _closed(words, unit),
        "file-note": lambda: _closed(words, unit),
    }  # fmt: skip


def _transferred(words: Words, unit: str) -> Steps:
    transfer = {
        "to": "市纪委监委",
        "decided_by": "市政府办公室主任",
        "violation": words.needed("承办单位报称水泵已更换，现场核查并未更换，涉嫌虚报办理结果。"),
        "consequences": words.needed("网民再次留言并被多家网站转载，造成不良影响。"),
        "reported_on": "2026-10-26",
        "persons": words.of("市住房和城乡建设局物业管理科科长王某、工作人员张某"),
        "evidence": words.of("承办单位答复材料，1份，3页；现场照片 1份 6页；催办单、督办函各1份"),
        "document": "通民盼移〔2026〕1号",
    }
    return [*_supervised(words, unit), ("transfer", "2026-10-26", transfer)]


def paper_source(form: str, regulation_id: str, kind: str = ORDINARY, number: int = 312) -> PaperSource:
    """What the paper is made of, for a case of that kind."""
    steps = steps_to(form, regulation_id, kind)
    source = source_of(form, regulation_id, steps, _message(kind), number)
    unit = None if kind == BARE else source.unit
    return replace(source, unit=unit, filed=_filed(source.case.number, kind))


def steps_to(form: str, regulation_id: str, kind: str = ORDINARY) -> Steps:
    """The steps of a case, from acceptance to the one that the paper rests on."""
    regulation = regulations.load(regulation_id)
    return _paths(Words(kind), UNITS[regulation_id].name, regulation)[form]()


def source_of(
    form: str, regulation_id: str, steps: Steps, message: Message | None = None, number: int = 312
) -> PaperSource:
    """What the paper is made of, for a case of these steps; it came in on 2026-09-21."""
    regulation = regulations.load(regulation_id)
    source = dict(steps[0][2]).get("source", regulation.values("source")[0])
    recorded = [Step(100, REGISTER, date(2026, 9, 21), {"source": source})]
    for place, (action, on, keys) in enumerate(steps, start=101):
        recorded.append(Step(place, action, date.fromisoformat(on), keys))
    case = fold(f"2026-{number:04d}", recorded, regulation)
    rule = regulation.forms[form]
    basis = basis_of(case, rule)
    assert basis is not None
    message = message or _message(ORDINARY)
    return PaperSource(
        form=rule,
        regulation=regulation,
        case=case,
        message=message,
        masked=masked_message(message),
        basis=basis,
        assignment=assignment_concerned(case, basis),
        unit=UNITS[regulation_id],
        calendar=standard_calendar(),
        office=OFFICES[regulation_id],
        today=date(2026, 10, 30),
        code=str(PaperCode("483920", case.number, form, basis.event)) if form in FORM_NUMBERS else "",
    )


def joint_source(form: str, regulation_id: str, count: int) -> PaperSource:
    """A paper about several cases under one number."""
    first = paper_source(form, regulation_id)
    others = tuple(paper_source(form, regulation_id, number=312 + place) for place in range(1, count))
    return replace(first, companions=others)


def _message(kind: str) -> Message:
    if kind == BARE:
        return Message("无标题", "内容", Citizen())
    return Message(
        title="某小区二次供水水压不足，高层住户早晚停水" if kind == ORDINARY else LONG_TITLE,
        text=MESSAGE if kind == ORDINARY else LONG,
        citizen=CITIZEN,
        board_number="18734221",
        board="市长板块",
        domain="城建",
        written="2026-09-21 08:05:00",
    )


def _filed(number: str, kind: str) -> Filed:
    if kind == BARE:
        return Filed()
    many = 40 if kind == EXTREME else 1
    papers = [
        PaperMade(
            "slip",
            number,
            f"2026-09-23T09:{place:02d}:00.000+08:00",
            "王敏",
            "0" * 64,
            f"通民盼办〔2026〕{118 + place}号",
        )
        for place in range(many)
    ]
    papers += [
        PaperMade("extension", number, "2026-09-30T10:00:00.000+08:00", "王敏", "0" * 64),
        PaperMade("file-cover", number, "2026-10-13T10:00:00.000+08:00", "王敏", "0" * 64),
    ]
    attachments = (
        Attachment(1, number, "signed-reply", "签章答复.pdf", 1, "", "2026-09-30T10:00:00.000+08:00", "王敏"),
        Attachment(2, number, "scan", "承办单扫描件.pdf", 1, "", "2026-10-13T10:00:00.000+08:00", "王敏"),
    )  # fmt: skip
    return Filed(tuple(papers), attachments)
