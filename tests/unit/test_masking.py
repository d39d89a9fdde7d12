import pytest

from reviewflow.comments.masking import HIDDEN, mask_name, mask_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("朱红梅", "朱**"),
        ("朱红", "朱**"),
        (" 欧阳修远 ", "欧**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_is_its_first_sign(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86 13800138000",
        "0564-3312345",
        "(0564)3312345",
        "34240119900101123X",
        "342401199001011234",
        "342401 19900101 1234",
        "6222 0213 0400 1234 567",
        "zhu.hongmei@example.com.cn",
    ],
)
def test_numbers_of_people_are_hidden(number: str) -> None:
    assert mask_text(f"请联系{number}，谢谢。") == f"请联系{HIDDEN}，谢谢。"


@pytest.mark.parametrize(
    "text",
    ["第1010条", "2026年11月23日", "收费1500000元", "六政〔2026〕8号", "皖N12345", ""],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_text(text) == text


def test_the_sender_s_own_name_is_masked_in_the_text() -> None:
    said = mask_text("我是朱红梅，住在花园小区。", ["朱红梅", ""])
    assert said == "我是朱**，住在花园小区。"
