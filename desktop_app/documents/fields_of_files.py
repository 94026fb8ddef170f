"""Fields of 时限计算说明, and of what is put with a file when it is closed: 案卷封面, 归档文件目录, 备考表."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact, field

RULES, DAYS, DOCUMENTS = "规则", "日", "文件"
"""Lists: the rules of a count, every day counted, every document in the file."""

_NOTE, _COVER, _CATALOGUE, _FILE_NOTE = (
    (forms.DEADLINE_NOTE,),
    (forms.FILE_COVER,),
    (forms.FILE_CATALOGUE,),
    (forms.FILE_NOTE,),
)

DEADLINE_FIELDS = (
    fact("起算日期", "从哪一天起算，当日不计", "2026年9月24日 星期四", _NOTE, _NOTE),
    fact("起算事由", "因什么起算", "收到", _NOTE),
    fact("到期日", "到期日，当日止", "2026年10月9日 星期五", _NOTE, _NOTE),
    fact("提醒日", "提醒日", "2026年10月8日 星期四", _NOTE),
    fact("计入天数", "计入、不计入各多少日", "计入5日，不计入10日", _NOTE),
    fact("暂定说明", "放假安排未发布的，说明暂定", "暂定（放假安排未发布），放假通知发布并录入后重新计算。",
          _NOTE, vanishes=True),
    fact(f"{RULES}.序号", "规则的序号", "1", _NOTE),
    fact(f"{RULES}.内容", "规则", "期限 5 个工作日，当日止", _NOTE, _NOTE),
    fact(f"{RULES}.依据", "规则的依据", "第十一条", _NOTE, _NOTE),
    fact(f"{RULES}.条文", "条文原文；同一条只写一次", "自收到承办单应立即进行核查，限时5个工作日内形成回复意见。", _NOTE),
    fact(f"{DAYS}.日期", "日期", "2026年9月25日", _NOTE, _NOTE),
    fact(f"{DAYS}.星期", "星期", "星期五", _NOTE),
    fact(f"{DAYS}.计数", "第几日，或者不计", "不计", _NOTE, _NOTE),
    fact(f"{DAYS}.理由", "为什么计或者不计", "中秋节放假", _NOTE, _NOTE),
    fact(f"{DAYS}.通知", "依据哪份放假通知，用通知名录里的序号", "①", _NOTE, _NOTE),
    fact("通知名录", "所依据的放假通知，一份一行", "①国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）",
          _NOTE, _NOTE, paragraphs=True, vanishes=True),
)  # fmt: skip

FILE_FIELDS = (
    field("案卷题名", "案卷的题名，已遮盖网民身份", "关于“某小区二次供水水压不足”网民留言的办理材料", _COVER, _COVER),
    fact("起止日期", "卷内文件的起止日期", "2026年9月21日至2026年10月12日", _COVER, _COVER),
    fact("保管期限", "归档时定的保管期限；未归档时留空", "10年", _COVER, _COVER),
    fact("件数", "卷内文件的件数", "6", (*_COVER, *_CATALOGUE)),
    fact("页数", "留空待填", "", _COVER),
    fact("档号", "档号，制作归档数据包时编；未编时留空", "WS·2026-D10-0001", _COVER),
    fact("办结日期", "办结日期", "2026年10月12日", _COVER),
    fact("归档日期", "归档日期；未归档时留空", "2026年10月13日", _COVER),
    fact("情况说明", "卷内文件的件数、电子件、重新办理等情况", "本卷共有文件6件，其中随卷保存的电子件2件，目录附后。",
          _FILE_NOTE, _FILE_NOTE, paragraphs=True),
    fact("立卷人", "留空待填", "", _FILE_NOTE),
    fact("检查人", "留空待填", "", _FILE_NOTE),
    fact("立卷日期", "归档日期；未归档时留空待填", "2026年10月13日", _FILE_NOTE),
    fact(f"{DOCUMENTS}.序号", "在卷内的序号", "1", _CATALOGUE, _CATALOGUE),
    fact(f"{DOCUMENTS}.档号", "本件的档号；未编时留空", "WS·2026-D10-0001", _CATALOGUE, _CATALOGUE),
    fact(f"{DOCUMENTS}.文号", "文书字号", "通民盼办〔2026〕118号", _CATALOGUE, _CATALOGUE),
    field(f"{DOCUMENTS}.责任者", "形成文件的单位；留言为网民", "通辽市政府门户网站运维中心", _CATALOGUE, _CATALOGUE),
    field(f"{DOCUMENTS}.题名", "文件题名", "人民网地方领导留言板咨询事项承办单", _CATALOGUE, _CATALOGUE),
    fact(f"{DOCUMENTS}.日期", "八位数字的日期", "20260923", _CATALOGUE, _CATALOGUE),
    fact(f"{DOCUMENTS}.密级", "留空待填", "", _CATALOGUE, _CATALOGUE),
    fact(f"{DOCUMENTS}.页数", "留空待填", "", _CATALOGUE, _CATALOGUE),
    field(f"{DOCUMENTS}.备注", "留言编号、电子件等", "", _CATALOGUE, _CATALOGUE),
)  # fmt: skip
