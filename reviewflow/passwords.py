"""Passwords: what is strong enough, and hashes that take time to guess."""

import re
import secrets
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from reviewflow.errors import Invalid

Hash = NewType("Hash", str)
"""A password's hash, made from one that was strong enough."""

HASHER = PasswordHasher(parallelism=1)
SHORTEST = 12
KINDS_NEEDED = 3
KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
NOBODYS = HASHER.hash("a password that nobody has")


def accepted(password: str, name: str) -> Hash:
    """Return the hash of a password that is strong enough for that user.

    It takes about a tenth of a second by design: call it before a transaction.

    Raises:
        Invalid: It is too weak; the sentence says what is missing.
    """
    if lack := weakness(password, name):
        raise Invalid({"password": lack})
    return Hash(HASHER.hash(password))


def random_password() -> str:
    """Return a strong password that is easily read aloud and copied by hand."""
    groups = ("ACDEFGHJKMNPRTUVWXY", "23456789", "acdefghjkmnprtuvwxy", "23456789")
    return "-".join("".join(secrets.choice(g) for _ in range(4)) for g in groups)


def fits(password: str, stored: str | None) -> bool:
    """The password is the one whose hash is stored.

    Without a stored hash it takes as long, and never fits: whoever tries names
    cannot tell those that exist by the time the answer takes.
    """
    try:
        HASHER.verify(stored or NOBODYS, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def weakness(password: str, name: str) -> str | None:
    """Return the sentence that says what a password lacks, if anything.

    Source: 等保三级 profile of the product: length, three of four kinds, not
    containing the sign-in name.
    """
    kinds = sum(bool(re.search(kind, password)) for kind in KINDS)
    if len(password) < SHORTEST or kinds < KINDS_NEEDED:
        return f"密码至少 {SHORTEST} 位，并含大写字母、小写字母、数字、符号中的三种。"
    if name and name.lower() in password.lower():
        return "密码不能包含登录名。"
    return None
