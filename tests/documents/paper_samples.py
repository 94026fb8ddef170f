"""Facts for the papers' tests; believable, and of our own writing."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.documents.papers.facts import ContactFact, DueFact, InstructionFact, OfficeFacts
from desktop_app.documents.papers.matters import EarlierPaperFact, MatterFact
from desktop_app.documents.papers.notices import NoticeFacts
from desktop_app.documents.papers.slip import SlipFacts
from desktop_app.documents.papers.supervision import LetterFacts

TONGLIAO = OfficeFacts("通辽市政府门户网站运维中心", "王敏", "0475-8800000")
XIZANG = OfficeFacts("自治区人民政府督查室", "达娃", "0891-6800000")

MESSAGE = """尊敬的市长：
　　您好！我们小区自今年七月以来，六楼以上住户早晚用水高峰时段经常停水，物业答复说二次供水设备老化，维修基金一直批不下来。
　　恳请督促有关部门尽快检修二次供水设备，并把维修基金使用情况向业主公开。盼复，谢谢！"""

SLIP = SlipFacts(
    paper_title="人民网地方领导留言板咨询事项承办单",
    office=TONGLIAO,
    number="通民盼承〔2026〕118号",
    register_number="2026-0312",
    code="483920-2026-0312-01-1187-45",
    title="某小区二次供水水压不足，高层住户早晚停水",
    message=MESSAGE,
    dispatched=date(2026, 9, 23),
    lead="市住房和城乡建设局",
    limit_days=5,
    limit_from="收到",
    due=DueFact(date(2026, 10, 9), from_dispatch=True),
    board_number="18734221",
    board="市长板块",
    category="投诉",
    topic="城建",
    written=datetime(2026, 9, 21, 8, 5),
    citizen_name="刘某某",
    citizen_contact="13800005678",
    supporting=("科尔沁区人民政府", "市水务集团"),
    urgency="加急",
    opinion="请市住建局牵头核实二次供水设备情况，提出整改方案并答复网民。",
    instructions=(InstructionFact("李某某", date(2026, 9, 22), "请住建局抓紧解决。"),),
)

DONE_SLIP = SlipFacts(
    paper_title="人民网网友留言承办单",
    office=XIZANG,
    number="藏督留承〔2026〕3号",
    register_number="2026-0003",
    code="520714-2026-0003-01-64-80",
    title="咨询冬季供暖补贴",
    message="请问今年的供暖补贴什么时候发放？",
    dispatched=date(2026, 9, 21),
    lead="自治区住房和城乡建设厅",
    limit_days=10,
    limit_from="领办",
    due=DueFact(date(2026, 10, 12)),
    received_by="次仁",
    received=date(2026, 9, 21),
    contacts_before=(ContactFact(date(2026, 9, 22), "电话", "已联系，说明了办理安排"),),
    contacts_after=(ContactFact(None, "电话", "满意"),),
    handling="已会同财政厅核实。",
    reply="补贴将于十一月底前发放到位。",
    suggested_public=True,
    handler="旺堆",
    handler_phone="0891-6811111",
    head="扎西",
    head_signed=date(2026, 10, 9),
)

MATTER = MatterFact(
    number="2026-0312",
    title="某小区二次供水水压不足，高层住户早晚停水",
    dispatched=date(2026, 9, 23),
    due=DueFact(date(2026, 10, 9)),
    days_left=-2,
    earlier=(
        EarlierPaperFact("提醒单", "通民盼提〔2026〕21号", date(2026, 10, 8)),
        EarlierPaperFact("催办单", "", date(2026, 10, 10)),
    ),
)

LETTER = LetterFacts(
    office=TONGLIAO,
    sender="通辽市政府门户网站运维中心",
    number="通民盼督〔2026〕3号",
    addressee="市住房和城乡建设局",
    basis="《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第十九条",
    message_words="网民留言",
    matters=(MATTER,),
    on=date(2026, 10, 13),
    grounds=("逾期办理", "久催不办"),
    new_due=date(2026, 10, 16),
    feedback="书面报送我中心（加盖公章）",
    urgency="加急",
    copies=("市政府督查室", "市行政审批和政务服务局"),
)

NOTICE = NoticeFacts(
    paper_title="人民网地方领导留言板网民留言提醒单",
    office=TONGLIAO,
    number="通民盼提〔2026〕21号",
    addressee="市住房和城乡建设局主要负责同志",
    basis="《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第十三条",
    message_words="网民留言",
    matters=(MATTER,),
    on=date(2026, 10, 8),
)

NASTY = (
    "<w:p>&amp; {{标题}} {%x%} ]]> 𠮷😀👨‍👩‍👧 “引号”……——\t制表\x08\x00\x1f\ufffe 零宽\u200b 全角　空格  两个空格"
    "\r\n\r\n下一行\r再下一行\n"
)
"""Everything that has broken a paper."""
