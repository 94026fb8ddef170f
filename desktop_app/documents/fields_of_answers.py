"""Fields of what the citizen is told, of its approval, and of records that stay in the file."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact, field, public

_REFUSAL, _PRIVATE, _EXPLANATION = (forms.REFUSAL,), (forms.PRIVATE_ANSWER,), (forms.EXPLANATION,)
_INVESTIGATION, _APPROVAL, _REPLY = (forms.INVESTIGATION,), (forms.APPROVAL,), (forms.REPLY,)
_FOLLOW_UP = (forms.FOLLOW_UP,)

REFUSAL_FIELDS = (
    field("来件说明", "正文第一句：收到了哪一件留言", "您于2026年9月21日在人民网领导留言板的留言《某小区停水》已收到。",
          _REFUSAL, _REFUSAL),
    fact("受理情形", "不予受理的情形，用办法的原话", "已经进入司法机关、仲裁机关等受理程序或已通过上述法定程序处理的事项",
          _REFUSAL, _REFUSAL),
    fact("不予受理依据", "这一情形在办法的哪一条",
          "《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第五条", _REFUSAL, _REFUSAL),
    field("不予受理说明", "对网民的说明", "您反映的合同纠纷已由科尔沁区人民法院立案审理。", _REFUSAL, _REFUSAL,
          paragraphs=True, vanishes=True),
    field("合理建议", "给网民的建议", "请按照法院通知参加诉讼；对判决不服的，可以依法上诉。", _REFUSAL, _REFUSAL,
          paragraphs=True, vanishes=True),
    field("重复于", "与哪一件重复", "与已登记的2026-0301号留言重复", _REFUSAL),
    field("告知方式", "怎样告知网民的；未告知时留空", "留言板回复", _REFUSAL),
    fact("告知日期", "告知日期；未告知时留空", "2026年9月22日", _REFUSAL),
    field("未告知原因", "不告知的原因", "无法联系", _REFUSAL),
)  # fmt: skip

PRIVATE_FIELDS = (
    field("答复人", "谁答复了网民", "孙科", _PRIVATE, _PRIVATE),
    field("答复方式", "电话、电子邮件等", "电话", _PRIVATE, _PRIVATE),
    fact("答复日期", "答复网民的日期；审定单上为承办单位报来答复的日期", "2026年10月9日", (*_PRIVATE, *_APPROVAL), _PRIVATE),
    field("答复内容", "答复的内容", "您咨询的低保复核结果为：符合条件，自10月起发放。", _PRIVATE, _PRIVATE, paragraphs=True),
    public("公开说明", "对公众的说明", "该留言涉及个人隐私，承办单位已直接答复留言人。", _PRIVATE, paragraphs=True),
    fact("公开说明日期", "公开说明的日期", "2026年10月9日", _PRIVATE),
)  # fmt: skip

EXPLANATION_FIELDS = (
    fact("解释日期", "向网民解释的日期", "2026年10月9日", _EXPLANATION, _EXPLANATION),
    field("解释内容", "解释的内容", "该路段已列入明年改造计划，今年资金尚未落实。", _EXPLANATION, _EXPLANATION, paragraphs=True),
    field("同意人", "交办单位的同意人", "中心主任", _EXPLANATION),
    field("上级同意人", "上级交办的件，上级单位的同意人", "上级单位同意人：自治区政府政研室", _EXPLANATION, vanishes=True),
)  # fmt: skip

INVESTIGATION_FIELDS = (
    fact("调研日期", "调研日期", "2026年9月28日", _INVESTIGATION, _INVESTIGATION),
    field("调研负责人", "牵头人", "政府督查室", _INVESTIGATION),
    field("参加单位", "参加单位", "市住房和城乡建设局、市水务集团", _INVESTIGATION, _INVESTIGATION),
    field("调研缘由", "为什么列为反映强烈、影响较大", "多名住户反映，当地媒体已报道。", _INVESTIGATION, paragraphs=True),
    field("调研情况", "调研的情况", "现场查看了泵房，查阅了维修基金账目。", _INVESTIGATION, _INVESTIGATION, paragraphs=True),
    field("调研结论", "调研的结论", "设备老化属实，应动用维修基金更换。", _INVESTIGATION, _INVESTIGATION, paragraphs=True),
)  # fmt: skip

APPROVAL_FIELDS = (
    public("拟公开稿", "拟公开的全文，一字不改；不公开的写明不公开", "经核实，二次供水设备已检修，水压恢复正常。",
          _APPROVAL, _APPROVAL, paragraphs=True),
    fact("是否公开", "审核的决定：√是　□否", "√是　□否", _APPROVAL, _APPROVAL),
    fact("审核要点", "办法列出的审核要点，核过的打勾", "√ 逐点答复，没有答非所问\n√ 主要负责人审签并盖章",
          _APPROVAL, paragraphs=True),
    field("逐点核对", "逐点核对的记录", "一、停水原因：已答。\n二、维修基金：已答。", _APPROVAL, paragraphs=True),
    field("审核意见", "审核意见", "内容准确，同意公开。", _APPROVAL, _APPROVAL, paragraphs=True),
    field("审核人", "审核人", "李建国", _APPROVAL),
    fact("审核日期", "审核日期", "2026年10月9日", _APPROVAL),
    fact("审定栏名", "审定意见；办法没有审定环节的为负责人意见", "审定意见", _APPROVAL, _APPROVAL),
    field("审定意见", "审定意见；未审定时留空", "同意。", _APPROVAL, _APPROVAL, paragraphs=True),
    field("审定人", "审定人；未审定时留空", "秘书长", _APPROVAL),
    fact("审定日期", "审定日期；未审定时留空待填", "2026年10月9日", _APPROVAL),
    field("此前未予审定", "以前呈送未予审定的，何时、何人、为什么", "2026年10月8日秘书长未予审定：措辞不当", _APPROVAL,
          paragraphs=True, vanishes=True),
)  # fmt: skip

REPLY_FIELDS = (
    field("公开标题", "公开答复的标题", "关于“某小区二次供水水压不足”网民留言的答复", _REPLY, _REPLY),
    public("公开答复", "公开答复的全文，一字不改", "经核实，二次供水设备已检修，水压恢复正常。", (*_REPLY, *_FOLLOW_UP), _REPLY,
          paragraphs=True),
    fact("公开日期", "公开日期；未公开时留空", "2026年10月9日", _REPLY),
    field("公开位置", "在哪里公开；未公开时留空", "人民网领导留言板", _REPLY),
)  # fmt: skip

FOLLOW_UP_FIELDS = (
    fact("回访日期", "回访日期", "2026年10月12日", _FOLLOW_UP, _FOLLOW_UP),
    field("回访方式", "电话等", "电话", _FOLLOW_UP),
    fact("是否解决", "问题是否解决：√是　□否", "√是　□否", _FOLLOW_UP, _FOLLOW_UP),
    fact("满意度", "办法列出的各项，选中的打勾", "√满意　□基本满意　□不满意　□未联系上", _FOLLOW_UP, _FOLLOW_UP),
    field("网民说明", "网民的说明，已遮盖身份", "水压已经正常，感谢。", _FOLLOW_UP, paragraphs=True),
)  # fmt: skip
