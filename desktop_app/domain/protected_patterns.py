"""The shapes of protected data in free text (X 第六条).

All patterns read text folded by `same_length_fold`: half-width, lower case, one character for one, so that
positions in it are positions in the message (the fold of `message_text`, made for search, may change the length).
Inside numbers they pass over spaces, dashes and dots; characters of no width are gone before (`seen_only`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


class _Fold(dict[int, str]):
    """Translation table filled as characters are met; those that would become several stay as they are."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = plain if len(plain) == 1 else chr(code)
        return self[code]


_FOLD = _Fold()
_FIGURES = str.maketrans("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "000123456789" + "123456789" + "1")


def same_length_fold(text: str) -> str:
    """Half-width and lower case, of the same length as `text`."""
    return text.translate(_FOLD)


def with_figures(folded: str) -> str:
    """The same with Chinese figures written as digits, for numbers spelt out to pass a filter."""
    return folded.translate(_FIGURES)


_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20f0\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)


def seen_only(text: str) -> tuple[str, Sequence[int]]:
    """`text` without characters that nobody sees (no width, soft hyphens, marks that make keycaps of figures), and
    where each character that stays stood; whoever wants to hide a number from a filter puts them between its figures."""
    if _UNSEEN.search(text) is None:
        return text, range(len(text))
    places = [place for place, letter in enumerate(text) if _UNSEEN.match(letter) is None]
    return "".join(text[place] for place in places), places


_BLANK = r"[^\S\n]"
# Between figures of one number: blanks, dashes, dots, brackets.
_GAP = r"(?:[^\S\n]|[-‐-―−_.·•()]){0,3}"
_NOT_AFTER = r"(?<![0-9])"
_NOT_BEFORE = r"(?![0-9])"


def _spaced(*figures: str) -> str:
    return _GAP.join(figures)


def _times(figure: str, count: int) -> tuple[str, ...]:
    return (figure,) * count


_D = "[0-9]"
MOBILE = re.compile(
    rf"{_NOT_AFTER}(?:(?:\+|00)?86{_GAP}|0)?(?P<number>{_spaced('1', '[3-9]', *_times(_D, 9))}){_NOT_BEFORE}"
)
MOBILES_TOGETHER = re.compile(rf"{_NOT_AFTER}(?:1[3-9][0-9]{{9}}){{2,}}{_NOT_BEFORE}")
# With other signs between: the same sign each time, figure by figure or in the groups 3-4-4.
_ODD = "[、,，/*|+~～=:;；]"
MOBILE_BETWEEN_SIGNS = re.compile(
    rf"{_NOT_AFTER}(?P<number>1(?P<sign>{_ODD})[3-9](?:(?P=sign)[0-9]){{9}}"
    rf"|1[3-9][0-9](?P<other>{_ODD})[0-9]{{4}}(?P=other)[0-9]{{4}}){_NOT_BEFORE}"
)
# The letters O and l written for figures.
MOBILE_WITH_LETTERS = re.compile(
    r"(?<![a-z0-9])(?=(?:[oli]*[0-9]){7})(?P<number>[1li][3-9][0-9oli]{9})(?![a-z0-9])"
)
# Figures that go on in the next line, or the next two.
BROKEN_NUMBER = re.compile(
    rf"{_NOT_AFTER}{_D}(?:{_GAP}{_D})*(?:{_GAP}\n{_GAP}{_D}(?:{_GAP}[0-9x])*){{1,3}}(?![0-9a-z])"
)
BROKEN_CARD = re.compile(r"[34569][0-9]{14,18}")
BROKEN_ID = re.compile(
    r"[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]"
)
LANDLINE = re.compile(
    rf"{_NOT_AFTER}\(?0(?:10|2[0-9]|[3-9][0-9]{{2}}){_GAP}[2-9][0-9]{{2,3}}{_GAP}[0-9]{{4}}"
    rf"(?:(?:转|{_BLANK}?-{_BLANK}?)[0-9]{{1,5}})?{_NOT_BEFORE}"
)
# A number of another length after a word that announces one: local numbers, and slips of the finger.
ANNOUNCED_NUMBER = re.compile(
    r"(?:电话|手机|座机|联系方式|联系我|联系人|号码|致电|拨打|来电|请打|tel|phone|mobile)"
    r"[^0-9\n，。；！？]{0,8}?"
    rf"(?P<number>{_D}(?:{_GAP}{_D}){{6,24}}(?:{_BLANK}*[/、,，和或及]{_BLANK}*{_D}(?:{_GAP}{_D}){{6,24}})*)"
    rf"{_NOT_BEFORE}"
)
ONE_OF_SEVERAL = re.compile(rf"{_D}(?:{_GAP}{_D}){{6,24}}")
ID_CARD = re.compile(
    rf"(?<![0-9a-z])(?P<number>"
    rf"{_spaced('[1-8]', *_times(_D, 5), '(?:1' + _GAP + '[89]|2' + _GAP + '0)', *_times(_D, 2))}{_GAP}"
    rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2]){_GAP}(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01]){_GAP}"
    rf"{_spaced(*_times(_D, 3), '[0-9x]')})(?![0-9a-z])"
)
OLD_ID_CARD = re.compile(
    r"(?<![0-9a-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}[0-9]{2}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9a-z])"
)
CERTIFICATE = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|军官证|士兵证|警官证|残疾证|驾驶证|居住证|户口簿?|房产证|退役军人证)"
    r"(?:号码|编号|档案|号|是|为|[^\S\n]|[:()]){0,6}"
    rf"(?P<number>[a-z]{{0,2}}{_D}(?:{_GAP}{_D}){{5,17}}[0-9a-z]?)(?![0-9a-z])"
)
# E, G, EA…: passports; C, W, H, M: to and from Hong Kong and Macao. By the shape alone none is sure.
PASSPORT = re.compile(
    r"(?<![0-9a-z])(?P<number>[eg][0-9]{8}|e[a-hj-np-z][0-9]{7}|[cwhm][0-9]{8}|[hm][0-9]{10})(?![0-9a-z])"
)
SOCIAL_SECURITY = re.compile(
    r"(?:社会保障|社会保险|社保|医保|养老保险|公积金)(?:卡|个人)?(?:号码|编号|账号|帐号|号)"
    r"(?:是|为|[^\S\n]|[:()]){0,4}"
    rf"(?P<number>[a-z]{{0,2}}{_D}(?:{_GAP}{_D}){{5,18}}(?:{_GAP}[0-9x])?)(?![0-9a-z])"
)
BANK_CARD = re.compile(rf"{_NOT_AFTER}(?P<number>[34569](?:{_GAP}{_D}){{14,18}}){_NOT_BEFORE}")
ANNOUNCED_CARD = re.compile(
    r"(?:卡号|账号|帐号|账户|帐户|银行卡|工资卡|储蓄卡|信用卡|存折)[^0-9\n，。；！？]{0,8}?"
    rf"(?P<number>{_D}(?:{_GAP}{_D}){{9,20}}){_NOT_BEFORE}"
)
_AT = r"(?:@|\(at\)|\[at\]|\{at\}|艾特|#(?=(?:qq|163|126|sina|sohu|139|189|foxmail|gmail|outlook|hotmail|aliyun)))"
_DOT = r"(?:\.|。|\(dot\)|\[dot\]|点(?=(?:com|cn|net|org)))"
EMAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9._%+-]{{1,64}}{_BLANK}?{_AT}{_BLANK}?[a-z0-9-]+(?:{_BLANK}?{_DOT}{_BLANK}?[a-z0-9-]+)+"
)
MAY_BE_EMAIL = re.compile("@|at|艾特|#")
ACCOUNT = re.compile(
    r"(?:(?:微信|薇信|威信|wechat|weixin|(?<![a-z])(?:vx|wx)|加我?[v微](?![a-z])|v信|抖音|快手|微博)"
    r"(?:号码|账号|帐号|号|同号|id)?|(?<![a-z])qq(?:号码|号|群号|群)?|(?<![a-z])q号|扣扣号?|企鹅号)"
    r"(?:[^\S\n]|[:是为加()\"“”'=-]){0,4}"
    rf"(?P<number>[a-z][-_a-z0-9]{{5,19}}|[0-9](?:{_BLANK}?[0-9]){{4,11}})(?![a-z0-9])"
)
PLATE = re.compile(
    r"(?P<number>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z]"
    r"(?:[^\S\n]|[-·•.])?(?=[a-z]*[0-9])(?:[a-hj-np-z0-9]{5,6}|[a-hj-np-z0-9]{4}[挂学警港澳]))(?![a-z0-9])"
)
IPV4 = re.compile(
    r"(?<![0-9.])(?=[0-9.*]{0,13}[0-9]{2}|(?<=ip)|(?<=ip:))(?:[0-9]{1,3}\.){3}(?:[0-9]{1,3}|\*)(?![0-9]|\.[0-9])"
)
_HEX = "[0-9a-f]{1,4}"
IPV6 = re.compile(
    rf"(?<![0-9a-z])(?<![0-9a-f]:)(?:{_HEX}(?::{_HEX}){{5,7}}"
    rf"|(?=[0-9a-f:]*[0-9a-f]{{3}})(?:{_HEX}:){{1,6}}(?::{_HEX}){{1,6}})(?![0-9a-z:])"
)
"""Addresses of the new kind, and of network cards."""

_NUMBER = r"(?:[0-9]{1,4}[a-z]?|[a-z][0-9]{0,3}|[一二三四五六七八九十]{1,3})"
_SMALL_GAP = r"(?:[^\S\n]|[-—#,，、]){0,2}"
_PLACE = r"(?:小区|花园|家园|公寓|大厦|广场|新村|新城|社区|大院|宿舍|苑|园|城|府|郡|庭|湾|里|村|庄|屯|路|街|巷|弄|道|胡同)"
_BUILDING = rf"{_NUMBER}{_BLANK}?(?:栋|幢|座|号楼|#楼|楼栋|#(?![-—]))"
_STAIR = rf"{_NUMBER}{_BLANK}?(?:单元|门洞|梯)"
_ROOM = (
    r"(?:[0-9]{1,2}楼[^\S\n]?)?[0-9]{3,4}[^\S\n]?(?:室|号房|房|户|号)?"
    r"(?![0-9年元平万人米个余多几㎡%.])"
)
_BEFORE = rf"(?:[一-鿿a-z0-9]{{1,14}}?{_PLACE}[^\S\n，,。\d一二三四五六七八九十]{{0,4}})?"
ADDRESS = re.compile(
    rf"(?P<before>{_BEFORE})(?:"
    rf"{_BUILDING}{_SMALL_GAP}(?:{_STAIR}{_SMALL_GAP})?{_ROOM}"
    rf"|{_BUILDING}{_SMALL_GAP}{_STAIR}{_SMALL_GAP}{_NUMBER}[楼层]"
    # Building and staircase alone name no home, unless the writer says that it is one.
    rf"|(?P<stair>{_BUILDING}{_SMALL_GAP}{_STAIR})"
    rf"|{_STAIR}{_SMALL_GAP}{_ROOM}"
    rf"|(?<=[区园苑城庭府郡湾里])[0-9]{{1,3}}[-—][0-9]{{1,2}}[-—][0-9]{{3,4}}(?![-—0-9])"
    rf"|(?<=[路街巷弄道村])[0-9]{{1,5}}号(?:大?院|楼)?{_SMALL_GAP}[0-9]{{1,5}}(?:室|房|户|单元|栋|幢|号楼)"
    rf"(?:{_SMALL_GAP}{_NUMBER}(?:单元|栋|幢|号楼))?(?:{_SMALL_GAP}{_ROOM})?"
    rf"|(?<=村)[^\S\n]?{_NUMBER}(?:组|社|队){_SMALL_GAP}[0-9]{{1,4}}号"
    rf")(?P<after>[^\S\n]?的?(?:业主|住户|居民|家中))?"
)
HOME = re.compile(
    r"(?:家住|家庭住址|家庭地址|住址|现住|户籍地址?|收货地址|联系地址|居住地址?|居住在|我住在?|本人住|地址)"
    r"(?:[^\S\n]|[:是在为于]){0,3}"
    r"(?P<number>[一-鿿a-z0-9#\- ]{2,30}?(?:[0-9]{1,5}|[一二三四五六七八九十]{1,3})"
    r"(?:室|房|户|号楼|号|栋|幢|单元|组|社|队)(?:[0-9a-z\-]{1,8}(?:室|房|户|号|单元)?)*)"
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文包扎洛达次格巴旺拉"
)
INTRODUCED_NAME = re.compile(
    r"(?:我叫|我名叫|我的名字是|本人叫|姓名|联系人|反映人|(?<!被)(?:投诉人|举报人)|留言人|诉求人|署名)[^\S\n]?[:是为]?[^\S\n]?"
    rf"(?P<number>[{SURNAMES}][一-鿿]{{1,2}})(?=[^一-鿿]|$|电|联|手|身|家|住|是|今|现|，)"
)
TITLES = re.compile(
    "先生|女士|小姐|同志|师傅|大姐|大哥|大爷|大妈|大娘|大叔|阿姨|叔叔|老师|大夫|医生|老板|奶奶|爷爷"
)
"""By what one is addressed after the surname: 王先生, 李女士."""
PUBLIC_NUMBER = re.compile(
    r"(?:0[0-9]{2,3})?(?:123[0-9]{2}|12[0-9]{3}|96[0-9]{3,4}|95[0-9]{3,4}|100[0-9]{2}|11[0-9]|12[02])|[48]00[0-9]{7}"
)
DATE_LIKE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{0,6}")
