"""The draw: the same list and figure give the same order, to everybody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.draw import list_digest, list_text, mark, masked, order

ROOT = Path(__file__).parents[2]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
ENTRIES = st.lists(st.tuples(TEXTS, TEXTS), max_size=30)


@given(ENTRIES, TEXTS)
def test_the_same_list_and_figure_give_the_same_order(
    entries: list[tuple[str, str]], seed: str
) -> None:
    digest = list_digest(list_text(entries))
    numbers = order(len(entries), digest, seed)
    assert sorted(numbers) == list(range(1, len(entries) + 1))  # everybody, once
    assert numbers == order(len(entries), digest, seed)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=9, unique=True))
def test_another_order_of_enrolment_is_another_list(
    entries: list[tuple[str, str]],
) -> None:
    turned = entries[1:] + entries[:1]
    same = [(masked(name), mark(code)) for name, code in turned] == [
        (masked(name), mark(code)) for name, code in entries
    ]
    digests = {list_digest(list_text(entries)), list_digest(list_text(turned))}
    assert (len(digests) == 1) is same


def test_who_comes_later_is_drawn_among_the_same_numbers() -> None:
    digest = "0" * 64
    ten = order(10, digest, "甲")
    assert [number for number in order(12, digest, "甲") if number <= 10] == ten


def test_each_number_is_first_about_as_often() -> None:
    firsts = [order(5, "0" * 64, f"第{seed}期")[0] for seed in range(1000)]
    assert all(150 < firsts.count(number) < 250 for number in range(1, 6))


@pytest.mark.parametrize(
    ("name", "shown"), [("朱小明", "朱**"), (" 欧阳 ", "欧**"), ("李", "李**")]
)
def test_names_are_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_a_list_is_one_text() -> None:
    text = list_text([("朱小明", "code-one"), ("李建国", "code-two")])
    assert text == f"1 朱** {mark('code-one')}\n2 李** {mark('code-two')}\n"
    assert "小明" not in text
    assert "code" not in text


def test_the_script_of_the_document_draws_the_same(tmp_path: Path) -> None:
    said = (ROOT / "docs/draw.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", said, re.DOTALL)
    assert found
    page = ROOT / "web/templates/public/redraw.txt"
    assert found[1] == page.read_text(encoding="utf-8")  # the public page shows it
    assert len(found[1].splitlines()) <= 20
    text = list_text((f"张{n}号", f"code-{n}") for n in range(1, 14))
    (tmp_path / "redraw.py").write_text(found[1], encoding="utf-8")
    (tmp_path / "list.txt").write_bytes(text.encode())

    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "redraw.py", "list.txt", "03 09+07", "4"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    digest, *lines = ran.stdout.splitlines()
    assert digest == f"digest {list_digest(text)}"
    numbers = [int(line.split()[1]) for line in lines]
    assert numbers == order(13, list_digest(text), "03 09+07")
    assert [line.split()[0] for line in lines].count("chosen") == 4
