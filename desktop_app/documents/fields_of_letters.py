"""Fields of 提醒单, 催办单, 督办函, 督办单, 移交函 and of reports."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact, field, own_words
from desktop_app.documents.form_families import LETTERS, NOTICES, REPORTS, SLIPS, SUPERVISION, TRANSFER

COURSE, MATERIALS = "经过", "材料"
"""Lists of a transfer: what was done before, and what is handed over."""

_NUMBERED = (*NOTICES, *SUPERVISION, forms.TRANSFER_LETTER)
_LETTER, _TRANSFER_LETTER = (forms.SUPERVISION_LETTER,), (forms.TRANSFER_LETTER,)
_REPORT = (forms.INSTRUCTION_REPORT,)

LETTER_FIELDS = (
    fact("发文机关标志", "信函首页红色的发文机关名称", "通辽市政府门户网站运维中心", LETTERS, LETTERS, line_chars=16),
    fact("发文字号", "文书的字号", "通民盼督〔2026〕3号", _NUMBERED, _NUMBERED),
    fact("首行标注", "密级和保密期限；没有密级时为紧急程度", "加急", LETTERS),
    fact("次行标注", "有密级时的紧急程度", "", LETTERS, vanishes=True),
    fact("函件标题", "督办函、移交函的标题", "关于限期办理网民留言的督办函", LETTERS, LETTERS),
    own_words("报告标题", "报告的标题", "关于“某小区二次供水水压不足”批示件办理结果的报告", REPORTS, REPORTS),
    own_words("缘由", "正文第一段：所涉留言、情形和依据",
          "贵单位承办的人民网地方领导留言板网民留言（登记号2026-0312，详见下表）存在逾期办理问题。",
          (*SUPERVISION, *TRANSFER), (*SUPERVISION, *TRANSFER), paragraphs=True),
    own_words("督办情形", "督办的情形", "逾期办理", SUPERVISION),
    own_words("存在问题", "存在问题的具体情况；退回重办通知上为退回的情形", "2026-0312号留言至今仍未报送合格的答复材料。",
          (*SUPERVISION, forms.REWORK), (*SUPERVISION, forms.REWORK), paragraphs=True),
    own_words("办理要求", "对承办单位的要求", "请贵单位高度重视，抓紧调查核实，依法依规解决问题。",
          SUPERVISION, SUPERVISION, paragraphs=True),
    fact("新期限", "重新确定的办理期限", "2026年10月16日当日止", (*SUPERVISION, forms.REWORK), (forms.REWORK,), vanishes=True),
    own_words("反馈方式", "书面反馈到哪里、怎样反馈", "书面报送我中心（加盖公章）", SUPERVISION, vanishes=True),
    own_words("抄送", "抄送机关，以顿号、逗号分隔", "市政府督查室，市行政审批和政务服务局", SUPERVISION, vanishes=True),
    field("接收人", "收下文书的人", "孙科", SUPERVISION),
    field("领导批示", "批示领导、日期、原文", "李某某（2026年9月22日）：请住建局抓紧解决。",
          (*SLIPS, *SUPERVISION, forms.INSTRUCTION_REPORT), _REPORT, paragraphs=True, vanishes=True),
)  # fmt: skip

NOTICE_FIELDS = (
    fact("事项", "正文一段：提醒或催办什么", "贵单位承办的下列网民留言将于近日到期，请抓紧办理。",
          NOTICES, NOTICES, paragraphs=True),
    field("送达方式", "电话、书面、系统等", "电话", NOTICES),
    field("接话人", "对方接话人或接收人", "孙科", NOTICES),
    field("对方答复", "对方的答复", "已安排专人办理，10月9日前报送。", NOTICES, paragraphs=True),
)  # fmt: skip

TRANSFER_FIELDS = (
    own_words("移交机关", "移交给哪个纪检监察机关", "市纪委监委", TRANSFER),
    fact("移交字号", "移交函的字号", "通民盼移〔2026〕1号", (forms.TRANSFER_REPORT,)),
    field("决定人", "决定移交的人", "市政府办公室主任", TRANSFER),
    fact("报送日期", "报督查室的日期", "2026年10月20日", (forms.TRANSFER_REPORT,)),
    field("单位与人员", "涉及的单位和人员", "市住房和城乡建设局物业科。", TRANSFER, TRANSFER, paragraphs=True),
    field("问题线索", "涉嫌违纪违法的线索", "有虚报办理结果的线索。", TRANSFER, TRANSFER, paragraphs=True),
    field("后果与影响", "造成的后果和影响", "网上转发，影响恶劣。", TRANSFER, TRANSFER, paragraphs=True),
    fact(f"{COURSE}.序号", "办理经过的序号", "1", TRANSFER),
    fact(f"{COURSE}.日期", "这一步的日期", "2026年10月9日", TRANSFER, TRANSFER),
    field(f"{COURSE}.事项", "这一步是什么", "催办", TRANSFER, TRANSFER),
    fact(f"{COURSE}.字号", "这一步的文书字号", "通民盼催〔2026〕9号", TRANSFER, TRANSFER),
    field(f"{COURSE}.情况", "对象、结果、送达", "市住房和城乡建设局，2026年10月10日送达", TRANSFER),
    fact(f"{MATERIALS}.序号", "证据材料的序号", "1", TRANSFER),
    field(f"{MATERIALS}.名称", "材料名称", "承办单位答复材料", TRANSFER, _TRANSFER_LETTER),
    fact(f"{MATERIALS}.份数", "份数；没有写明的留空", "1", TRANSFER, _TRANSFER_LETTER),
    fact(f"{MATERIALS}.页数", "页数；没有写明的留空", "3", TRANSFER, _TRANSFER_LETTER),
)  # fmt: skip

REPORT_FIELDS = (
    field("留言摘要", "留言的开头，已遮盖网民身份，长的注明下略", "我们小区自今年七月以来早晚经常停水……",
          (forms.INSTRUCTION_REPORT, forms.APPROVAL), (forms.APPROVAL,), paragraphs=True),
    field("办理过程", "每一步一句，按日期", "2026年9月23日，交办：市住房和城乡建设局。", _REPORT, _REPORT, paragraphs=True),
    field("办理结果", "反馈的办理结果", "二次供水设备已更换，水压恢复正常。", _REPORT, _REPORT, paragraphs=True),
    field("下一步", "下一步安排", "继续督促物业公开维修基金使用情况。", _REPORT, paragraphs=True, vanishes=True),
)  # fmt: skip
