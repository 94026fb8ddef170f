"""Fields that many papers share: who issues it, and which case it is about."""

from __future__ import annotations

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact, field, own_words
from desktop_app.documents.form_families import (
    ALL,
    LETTERS,
    NOTICES,
    OF_ONE_CASE,
    OF_SEVERAL_CASES,
    OFFICE_FORMS,
    REPORTS,
    SLIPS,
    SUPERVISION,
    TRANSFER,
)

CASES = "件"
"""The list of cases a letter or a notice speaks of."""
CODE = "识别码"
"""In text the code itself; as the alternative text of a picture, the picture is drawn as its QR code."""

_NAMES_THE_CASE = tuple(one for one in OF_ONE_CASE if one in OFFICE_FORMS and one != forms.REPLY)
_DATED = (
    *OF_SEVERAL_CASES,
    *TRANSFER,
    forms.INSTRUCTION_REPORT,
    forms.BULLETIN,
    forms.REWORK,
    forms.REFUSAL,
    forms.DEADLINE_NOTE,
    forms.FILE_CATALOGUE,
)
_SIGNED = tuple(one for one in _DATED if one != forms.FILE_CATALOGUE)
_CONTACTED = (*SUPERVISION, *REPORTS, forms.TRANSFER_LETTER, forms.BULLETIN)
_ADDRESSED = (*OF_SEVERAL_CASES, *TRANSFER, forms.REWORK, forms.INSTRUCTION_REPORT, forms.BULLETIN)

EVERY_PAPER = (
    fact("文书名称", "文书的全称，由办法规定", "人民网地方领导留言板咨询事项承办单", OFFICE_FORMS, OFFICE_FORMS, line_chars=20),
    fact(CODE, "印在纸上、扫描后用来归件的编号；写在图片的可选文字里，图片就换成它的二维码", "483920-2026-0312-01-1187-76",
          ALL, SLIPS),
    fact("交办单位", "本单位名称", "通辽市政府门户网站运维中心", ALL),
    fact("交办单位联系人", "本单位联系人", "王敏", ALL, vanishes=True),
    fact("交办单位电话", "本单位联系电话", "0475-8800000", ALL, vanishes=True),
    fact("依据", "文书所依据的办法和条款", "《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第十三条", ALL),
    fact("网民称谓", "办法怎样称呼留言的人：网民、网友", "网民", ALL),
    fact("署名", "发文机关署名", "通辽市政府门户网站运维中心", _SIGNED, _SIGNED),
    fact("成文日期", "文书的日期", "2026年10月9日", _DATED, _SIGNED),
    own_words("主送", "主送单位", "市住房和城乡建设局", _ADDRESSED, _ADDRESSED),
    fact("联系人", "发文机关联系人", "王敏", _CONTACTED, LETTERS, vanishes=True),
    fact("联系电话", "发文机关联系电话", "0475-8800000", _CONTACTED, LETTERS,
          vanishes=True),
)  # fmt: skip

ONE_CASE = (
    fact("登记号", "留言的登记号", "2026-0312", OF_ONE_CASE, _NAMES_THE_CASE),
    fact("承办单编号", "承办单的字号", "通民盼办〔2026〕118号", OF_ONE_CASE, SLIPS),
    fact("留言编号", "留言板自己的编号", "18734221", OF_ONE_CASE),
    field("板块", "留言所在板块", "市长板块", OF_ONE_CASE),
    field("标题", "留言标题；不写网民身份的文书上已遮盖", "某小区二次供水水压不足，高层住户早晚停水", OF_ONE_CASE, SLIPS),
    fact("类别", "咨询、投诉等类别", "投诉", OF_ONE_CASE),
    field("领域", "城建、交通等领域", "城建", OF_ONE_CASE),
    fact("留言时间", "网民留言的时间", "2026年9月21日 08:05", OF_ONE_CASE),
    fact("收件时间", "本单位收件的日期", "2026年9月21日", OF_ONE_CASE),
    fact("急缓", "一般、加急、特急", "加急", (*OF_ONE_CASE, *SUPERVISION)),
    fact("交办时间", "交办日期", "2026年9月23日", OF_ONE_CASE, SLIPS),
    fact("牵头单位", "承办（牵头）单位", "市住房和城乡建设局", OF_ONE_CASE, SLIPS),
    fact("协办单位", "协办单位，以顿号分隔", "科尔沁区人民政府、市水务集团", OF_ONE_CASE),
    fact("签收时间", "签收日期", "2026年9月24日", OF_ONE_CASE),
    fact("到期日期", "到期日期；签收前为暂计日期并注明", "2026年10月9日", OF_ONE_CASE, SLIPS),
)  # fmt: skip

_LISTED = OF_SEVERAL_CASES
SEVERAL_CASES = (
    fact(f"{CASES}.序号", "在本文书中的序号", "1", _LISTED),
    fact(f"{CASES}.编号", "留言登记号", "2026-0312", _LISTED, _LISTED),
    field(f"{CASES}.标题", "留言标题，已遮盖网民身份", "某小区二次供水水压不足，高层住户早晚停水", _LISTED, _LISTED),
    fact(f"{CASES}.交办日期", "交办日期", "2026年9月23日", _LISTED),
    fact(f"{CASES}.到期日期", "到期日期；签收前为暂计日期并注明", "2026年10月9日", _LISTED, _LISTED),
    fact(f"{CASES}.工作日", "剩余或逾期的工作日数", "逾期2个工作日", _LISTED),
    fact(f"{CASES}.此前文书", "此前提醒、催办的字号与日期", "通民盼提〔2026〕21号\n2026年10月8日", _LISTED),
    fact("第几次", "第几次（提醒、催办、延期、退回、回访）", "第一次",
          (*NOTICES, forms.EXTENSION, forms.REWORK, forms.FOLLOW_UP)),
    fact("送达时间", "文书送达的日期", "2026年10月9日", OF_SEVERAL_CASES),
)  # fmt: skip
