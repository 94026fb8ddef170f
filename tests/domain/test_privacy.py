"""Recall and false alarms are counted over invented sentences; no line of a real message stands here."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import (
    KIND_WORDS,
    find_protected,
    is_card_number,
    is_identity_number,
    mask_text,
    masked_text,
)

CITIZEN = Citizen("王小明", "13911112222", "红星机械厂", "松山区平安里5号院", "192.0.2.17")

# «…» marks what must be covered; what stands outside must stay.
PROTECTED = [
    ("mobile", "请回电«13800138000»，谢谢。"),
    ("mobile", "请回电«138 0013 8000»谢谢"),
    ("mobile", "请回电«138-0013-8000»谢谢"),
    ("mobile", "请回电«１３８００１３８０００»谢谢"),
    ("mobile", "请回电«1 3 8 0 0 1 3 8 0 0 0»谢谢"),
    ("mobile", "请回电«138\u200b0013\u200b8000»谢谢"),
    ("mobile", "请回电«①③⑧⑩»谢谢".replace("⑩", "００１３８０００")),
    ("mobile", "打«一三八零零一三八零零零»找我"),
    ("mobile", "打«壹叁捌00138000»找我"),
    ("mobile", "«+86 13800138000»是我的号"),
    ("mobile", "«13800138000»/«13900139000»都可以"),
    ("mobile", "短信发到«1380013800013900139000»。"),
    ("mobile", "𝟏𝟑𝟖开头".replace("𝟏𝟑𝟖开头", "«𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎»是我的")),
    ("landline", "请拨«0475-8212345»联系我"),
    ("landline", "请拨«(0475)8212345»联系我"),
    ("landline", "请拨«0475 8212345转802»"),
    ("landline", "家里电话：«8212345»，晚上在家"),
    ("landline", "联系电话«138001380001»写错也要遮"),
    ("landline", "电话：«8212345»、«8212346»均可"),
    ("id_card", "身份证号«11010519491231002X»"),
    ("id_card", "身份证号«110105 19491231 002x»"),
    ("id_card", "身份证号«110105194912310021»（抄错一位）"),
    ("id_card", "身份证«150430680512031»"),
    ("bank_card", "打到«6222 0212 3456 7894»上"),
    ("bank_card", "工资卡号：«62220200001»"),
    ("email", "邮箱«wang.xm@example.com»请查收"),
    ("email", "邮箱«wang＠example.com»请查收"),
    ("account", "微信号：«wang_1985»"),
    ("account", "加VX«abc123456»细说"),
    ("account", "QQ：«123456789»"),
    ("account", "加QQ群«23456789»反映"),
    ("plate", "我的车«蒙G12345»被拖走"),
    ("plate", "新能源车«蒙GD12345»充不上电"),
    ("ip", "登录地址«203.0.113.45»不是我"),
    ("ip", "从«2001:db8:0:0:1:2:3:4»发出"),
    ("address", "我住在«阳光小区3栋2单元501室»，楼上漏水"),
    ("address", "«阳光小区3栋501»漏水"),
    ("address", "«阳光小区3-2-501»漏水"),
    (
        "address",
        "我家在«建国路12号院3单元»".replace("我家在«建国路12号院3单元»", "我在«建国路12号院3单元»住"),
    ),
    ("address", "家住«某旗某镇东风村二组»，路不通"),
    ("address", "家庭住址：«某县某镇胜利街58号»，请来看"),
    ("address", "«7号楼2单元1102室»没有暖气"),
    ("address", "我是«阳光小区2栋1单元»业主"),
    ("name", "我叫«李建国»，今年六十岁"),
    ("name", "联系人：«赵敏» 电话另告"),
    ("name", "«王小明»敬上"),
    ("name", "«王 小 明»敬上"),
    ("contact", "我是１３９的：«139.1111.2222»"),
    ("contact", "同一个号«１３９－１１１１－２２２２»"),
    ("work_unit", "我在«红星机械厂»上班"),
    ("home", "我家«松山区平安里5号院»没水"),
    ("ip", "来自«192.0.2.17»"),
]

ORDINARY = [
    "我打过12345热线，也打过0475-12345，都没有结果。",
    "请拨打12315、12333、96777或者95598咨询。",
    "客服电话400-820-8820，全国统一。",
    "2019年3月12日至2026-09-24，共4次，2019/2/28 11:25:05提交。",
    "欠薪128,000.00元，合计13,800,138.00元。",
    "A市B区某小区的居民反映，C4区D5镇也一样。",
    "依据〔2018〕138号文件第13条、国发〔2019〕1号。",
    "留言编号188006，单号20190228112505123。",
    "面积13.5平方米，比例1:3.8，容积率2.0013。",
    "全村300户1200人，3组和5组没有自来水。",
    "小区5栋电梯坏了3个月，3栋2单元门禁也坏。",
    "公交138路改线到建国路，K7次列车晚点。",
    "网址www.example.com上说明了政策。",
    "微信公众号已经推送，微信支付不能用。",
    "建国大道218号的市民中心周末不上班。",
    "版本1.2.3，第1.2.3.4栋一期电梯。",
    "时间是08:30:00到17:30:00。",
    "我是业主，本人于去年购房，姓名已登记。",
    "李先生您好，您反映的问题已转市住建局。",
    "项目代码2020-150502-47-03-012345已备案。",
    "股票代码600001，邮编028000，期数第3期。",
    "网友您好，有关情况答复如下：一、二、三、四、五。",
    "一九九八年建成，二〇一五年改造，三五年内搬迁。",
    "被投诉人李某是物业经理。",
    "2栋2017年交房，3栋1200平米商铺空置。",
    "房价从5800涨到13800，8栋800元一平。",
]


def _marked(sentence: str) -> tuple[str, set[int]]:
    text, wanted, inside = "", set[int](), False
    for letter in sentence:
        if letter in "«»":
            inside = letter == "«"
            continue
        if inside:
            wanted.add(len(text))
        text += letter
    return text, wanted


def test_all_that_is_protected_is_found_and_nothing_beside_it() -> None:
    missed, too_much = [], []
    for kind, sentence in PROTECTED:
        text, wanted = _marked(sentence)
        hits = find_protected(text, CITIZEN)
        covered = {place for hit in hits for place in range(hit.start, hit.end)}
        if not wanted <= covered or kind not in {hit.kind for hit in hits}:
            missed.append((sentence, hits))
        if covered - wanted:
            too_much.append((sentence, hits))
    assert missed == []
    assert too_much == []


def test_ordinary_sentences_raise_no_alarm() -> None:
    alarms = [(text, hits) for text in ORDINARY if (hits := find_protected(text, CITIZEN))]
    assert alarms == []


def test_hits_are_in_order_and_never_overlap() -> None:
    text = "".join(_marked(sentence)[0] + "\n" for _, sentence in PROTECTED)
    hits = find_protected(text, CITIZEN)
    assert len(hits) >= len(PROTECTED)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert all(text[hit.start : hit.end] == hit.text and hit.kind in KIND_WORDS for hit in hits)


def test_a_check_figure_makes_an_identity_number_sure() -> None:
    assert [hit.sure for hit in find_protected("11010519491231002X")] == [True]
    assert [hit.sure for hit in find_protected("110105194912310021")] == [False]
    assert is_identity_number("11010519491231002x")
    assert not is_identity_number("1101051949123100")
    assert is_card_number("6222021234567894") != is_card_number("6222021234567895")


@pytest.mark.parametrize("permitted", ["0475-8212345", "8212345", "（0475）8212345", "0475 8212345转802"])
def test_the_units_own_telephone_may_be_published(permitted: str) -> None:
    assert find_protected("咨询电话：0475-8212345。", permitted=[permitted]) == ()
    assert [hit.text for hit in find_protected("电话0475-8212346", permitted=[permitted])] == ["0475-8212346"]


def test_the_handlers_mobile_and_mail_may_be_published() -> None:
    text = "经办人手机138 0013 8000，邮箱ban@example.com。"
    assert find_protected(text, permitted=["13800138000", "ban@example.com"]) == ()
    assert len(find_protected(text, permitted=[""])) == 2


def test_what_is_the_citizens_own_is_never_permitted() -> None:
    hits = find_protected("电话13911112222", CITIZEN, permitted=["13911112222"])
    assert [hit.kind for hit in hits] == ["contact"]


def test_words_that_are_no_names_are_not_looked_for() -> None:
    assert find_protected("网友您好，匿名网友", Citizen(name="网友")) == ()
    assert find_protected("王**您好", Citizen(name="王**")) == ()


def test_a_masked_text_keeps_its_length_and_lines() -> None:
    text = "请回电13800138000\n我叫李建国。"
    assert masked_text(text) == "请回电***********\n我叫***。"
    assert mask_text(text, ()) == text


DIGITS = st.sampled_from(["{}", "{}\u200b", "{} ", "{}-", "{}\ufe0f\u20e3"])


@settings(deadline=None, max_examples=200)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), DIGITS, st.booleans(), st.sampled_from("我的：a）"))
def test_no_mobile_hides_behind_widths_and_gaps(phone: str, between: str, wide: bool, before: str) -> None:
    figures = [chr(ord(figure) + 0xFEE0) if wide else figure for figure in phone]
    text = before + "".join(map(between.format, figures)) + "好"
    shown = masked_text(text)
    assert not any(figure in shown for figure in figures)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_at_all_can_be_looked_at(text: str) -> None:
    assert len(masked_text(text, CITIZEN)) == len(text)
    assert masked_text(masked_text(text, CITIZEN), CITIZEN) == masked_text(text, CITIZEN)


@pytest.mark.parametrize("between", ["或", "、", "和", " / "])
def test_of_two_numbers_named_together_the_units_own_may_stand(between: str) -> None:
    text = f"联系电话0475-8212345{between}13812345678"
    (hit,) = find_protected(text, None, ("0475-8212345",))
    assert (hit.kind, hit.text) == ("mobile", "13812345678")
