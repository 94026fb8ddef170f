"""Fields of what goes between office and unit: 承办单, 延期办理申请表, 退办单, 退回重办通知."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact, field, identity, own_words
from desktop_app.documents.form_families import SLIPS, TO_CITIZENS

APPROVALS = "审批"
"""The list of levels that an extension must pass (逐级)."""

_SLIP, _EXTENSION, _RETURN, _REWORK = (forms.SLIP,), (forms.EXTENSION,), (forms.RETURN,), (forms.REWORK,)
_REPLY = (*SLIPS, forms.APPROVAL)
_HANDLED = (*SLIPS, forms.APPROVAL, forms.REPLY)

SLIP_FIELDS = (
    identity("网民姓名", "网民姓名或昵称", "刘某某", (*_SLIP, *TO_CITIZENS), _SLIP),
    identity("网民联系方式", "网民电话等", "13800005678", _SLIP, _SLIP),
    field("留言内容", "留言全文，一字不改", "我们小区自今年七月以来早晚经常停水，恳请督促检修。", SLIPS, SLIPS, paragraphs=True),
    fact("办理时限", "工作日数和起算", "5个工作日\n（自收到之日起）", SLIPS, SLIPS),
    own_words("拟办意见", "交办单位的拟办意见", "请市住建局牵头核实，提出整改方案并答复网民。", SLIPS, paragraphs=True),
    field("签收人", "承办单位签收人", "孙科", SLIPS),
    field("办前联系", "办前联系网民的时间、方式、结果", "2026年9月25日 电话 已联系", SLIPS),
    field("办后回访", "办后回访网民的时间、方式、结果", "2026年10月12日 电话 满意", SLIPS),
    field("办理情况", "承办单位的办理情况", "已更换二次供水水泵两台。", SLIPS, paragraphs=True),
    field("回复意见", "承办单位的回复意见", "经核实，二次供水设备已检修，水压恢复正常。",
          _REPLY, (forms.APPROVAL,), paragraphs=True),
    fact("是否宜公开", "承办单位的意见：√是　□否", "√是　□否", SLIPS),
    field("不宜公开理由", "不宜公开的理由", "涉及个人隐私", (*_REPLY, forms.PRIVATE_ANSWER), (forms.PRIVATE_ANSWER,)),
    field("经办人", "承办单位经办人", "孙科", _HANDLED, (forms.REPLY,)),
    field("经办人电话", "承办单位经办人电话", "0475-8230001", _HANDLED, (forms.REPLY,)),
    field("主要负责人", "审签的主要负责人", "赵局", _REPLY),
    fact("审签日期", "审签日期；未审签时留空待填", "2026年10月8日", SLIPS),
)  # fmt: skip

EXTENSION_FIELDS = (
    field("申请人", "提出申请的单位负责人", "赵局", _EXTENSION),
    fact("申请日期", "申请日期", "2026年10月8日", _EXTENSION, _EXTENSION),
    fact("原期限", "申请时的到期日期", "2026年10月9日", _EXTENSION, _EXTENSION),
    fact("申请延期", "申请延期多少天", "3个工作日", _EXTENSION, _EXTENSION),
    fact("申请延至", "照所申请的天数会延到哪一天", "2026年10月14日", _EXTENSION, _EXTENSION),
    fact("延期上限", "办法规定的上限和此前已延的天数", "一次交办内合计不超过3个工作日", _EXTENSION),
    field("延期原因", "为什么不能按期办结", "水泵需向厂家订购，到货约需三日。", _EXTENSION, _EXTENSION, paragraphs=True),
    field("已做工作", "已经做了哪些工作、进度", "已完成现场勘查和方案论证。", _EXTENSION, paragraphs=True),
    fact("向网民解释", "是否已向网民解释：√是　□否", "√是　□否", _EXTENSION),
    fact("逾期申请", "到期以后才申请的，说明曾逾期不变", "本申请在原期限届满之后提出，准予延期不改变曾逾期的事实。",
          _EXTENSION, vanishes=True),
    fact("批准期限", "批准结果和延到哪一天；未批时留空", "准予延期3个工作日，至2026年10月14日当日止", _EXTENSION, _EXTENSION),
    fact(f"{APPROVALS}.层级", "逐级审批的层级", "交办单位", _EXTENSION, _EXTENSION),
    field(f"{APPROVALS}.意见", "这一级的意见；未批时留空", "同意延期3个工作日。", _EXTENSION, _EXTENSION),
    field(f"{APPROVALS}.审批人", "审批人；未批时留空", "主任", _EXTENSION),
    fact(f"{APPROVALS}.日期", "审批日期；未批时留空待填", "2026年10月8日", _EXTENSION),
)  # fmt: skip

RETURN_FIELDS = (
    fact("退件单位", "退件的单位", "市教育局", _RETURN, _RETURN),
    fact("收到日期", "该单位收到承办单的日期", "2026年9月24日", _RETURN),
    fact("退件日期", "退件日期", "2026年9月24日", _RETURN, _RETURN),
    fact("当日退件", "是不是收到当日退回", "收到当日退回", _RETURN),
    field("退件原因", "为什么不属本单位办理", "供水设施由住房和城乡建设部门管理。", _RETURN, _RETURN, paragraphs=True),
    field("职责依据", "依据的文件", "市教育局“三定”规定第二条", _RETURN),
    field("建议承办单位", "建议改由哪个单位承办", "市住房和城乡建设局", _RETURN),
    field("分管领导", "签字的分管领导", "钱副局长", _RETURN),
    own_words("处理意见", "交办单位的处理意见；未处理时留空", "同意退办。另行交办市住房和城乡建设局。",
          _RETURN, _RETURN, paragraphs=True),
    fact("处理日期", "处理日期；未处理时留空待填", "2026年9月25日", _RETURN),
)  # fmt: skip

REWORK_FIELDS = (
    fact("原答复日期", "退回的答复是哪天报来的", "2026年9月30日", _REWORK),
    field("原答复摘要", "退回的答复的开头，长的注明下略", "您反映的问题已转物业处理。", _REWORK, paragraphs=True),
    own_words("逐条意见", "逐条的退回意见", "一、未说明停水原因。\n二、未答复维修基金问题。", _REWORK, _REWORK, paragraphs=True),
)  # fmt: skip
