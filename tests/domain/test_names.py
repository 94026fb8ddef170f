import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.names import HowFound, match_units
from desktop_app.domain.units import Unit

UNITS = (
    Unit("通辽市住房和城乡建设局", ("市住建局", "住建局")),
    Unit("通辽市教育局", ("市教育局",)),
    Unit("通辽市教育招生考试中心"),
    Unit("通辽市行政审批和政务服务局", ("市政务服务局",)),
    Unit("重庆路街道办事处"),
    Unit("绿化管理处"),
    Unit("科尔沁区人民政府", ("科区政府",)),
    Unit("ＡＢ供水公司"),
    Unit("某县长安镇人民政府"),
)


def first(query: str) -> str:
    found = match_units(query, UNITS)
    return found[0].unit.name if found else ""


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("通辽市教育局", "通辽市教育局"),
        ("市教育局", "通辽市教育局"),
        (" 市 教育局 ", "通辽市教育局"),
        ("住建", "通辽市住房和城乡建设局"),
        ("市住房建设局", "通辽市住房和城乡建设局"),
        ("zjj", "通辽市住房和城乡建设局"),
        ("szjj", "通辽市住房和城乡建设局"),
        ("市zjj", "通辽市住房和城乡建设局"),
        ("tlsjyj", "通辽市教育局"),
        ("tongliaoshijiaoyuju", "通辽市教育局"),
        ("tongliaosjyj", "通辽市教育局"),
        ("TLSJYJ", "通辽市教育局"),
        ("ｊｉａｏｙｕｊｕ", "通辽市教育局"),
        ("jiaoyuzhao", "通辽市教育招生考试中心"),
        ("jyzs", "通辽市教育招生考试中心"),
        ("chongqing", "重庆路街道办事处"),
        ("zhongqing", "重庆路街道办事处"),
        ("cqljd", "重庆路街道办事处"),
        ("xingzheng", "通辽市行政审批和政务服务局"),
        ("lvhua", "绿化管理处"),
        ("luhua", "绿化管理处"),
        ("keqzf", "科尔沁区人民政府"),
        ("ab供水", "ＡＢ供水公司"),
        ("abgs", "ＡＢ供水公司"),
        ("zhanganzhen", "某县长安镇人民政府"),
        ("changan", "某县长安镇人民政府"),
    ],
)
def test_a_unit_is_found_by_what_is_typed_of_it(query: str, name: str) -> None:
    assert first(query) == name


@pytest.mark.parametrize("query", ["市水利局", "xyz", "zzz", "局育教", "jyjj", "税"])
def test_what_no_unit_is_called_finds_none(query: str) -> None:
    assert match_units(query, UNITS) == ()


def test_the_closest_name_comes_first() -> None:
    hows = [match.how for match in match_units("教育局", UNITS)]
    assert hows == sorted(hows)
    assert [match.unit.name for match in match_units("jy", UNITS)][:2] == [
        "通辽市教育局",
        "通辽市教育招生考试中心",
    ]
    same = match_units("市教育局", UNITS)[0]
    assert (same.how, same.name) == (HowFound.SAME, "市教育局")


def test_without_a_query_all_units_stand_in_their_order() -> None:
    assert [match.unit for match in match_units(" ", UNITS)] == list(UNITS)


def test_pinyin_is_loaded_only_when_pinyin_is_typed() -> None:
    program = (
        "import sys\n"
        "from desktop_app.domain.names import match_units\n"
        "from desktop_app.domain.units import Unit\n"
        "match_units('教育', [Unit('市教育局')])\n"
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(UNITS), st.data())
def test_every_unit_is_found_by_any_part_of_its_name(unit: Unit, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(unit.name) - 1))
    end = data.draw(st.integers(start + 1, len(unit.name)))
    assert unit in [match.unit for match in match_units(unit.name[start:end], UNITS)]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=30))
def test_anything_may_be_typed(query: str) -> None:
    assert len(match_units(query, UNITS)) <= len(UNITS)
