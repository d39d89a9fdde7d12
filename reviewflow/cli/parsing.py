"""A command line that is not understood is refused in one Chinese sentence."""

import argparse
import re
from typing import NoReturn

SENTENCES = (
    # what argparse says, what we say
    (r"the following arguments are required: (.+)", "缺少 {}。"),
    (r"unrecognized arguments: (.+)", "不认识 {}。"),
    (r"argument (.+?): not allowed with argument (.+?)", "{} 不能与 {} 同时使用。"),
    (r"argument (.+?): expected .+", "{} 之后缺少内容。"),
    (r"argument (.+?): invalid int value: '(.*)'", "{} 应为整数，“{}”不是。"),
    (
        r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)",
        "{} 没有“{}”，可以是：{}。",
    ),
    (r"argument (.+?): .+", "{} 的内容不能识别。"),
)


class Parser(argparse.ArgumentParser):
    """Reads a command line; its commands and theirs are read in the same way."""

    def error(self, message: str) -> NoReturn:
        """End with 2 and say what is wrong and where to read on."""
        self.exit(2, f"{said(message)}用法见 {self.prog} --help。\n")


def said(message: str) -> str:
    """Return a complaint of argparse in Chinese."""
    for form, sentence in SENTENCES:
        if found := re.fullmatch(form, message, re.DOTALL):
            words = [word.replace("'", "") for word in found.groups()]
            return sentence.format(*words)
    return "命令的写法有误。"
