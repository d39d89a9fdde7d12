"""Which counsel are asked: named, in rotation, or drawn; each way says its reason."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import advising, chinese, clock, draw, permissions
from reviewflow.errors import Invalid
from reviewflow.model.advice import Advice, Manner
from reviewflow.model.case import Case, CaseParty, Part, Task
from reviewflow.model.people import Membership, Role, User
from reviewflow.work import Answers, Work

MOST = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is asked, how they were chosen, and what proves it."""

    manner: Manner
    user_ids: list[int]
    because: str
    at: str
    """The question at which a refusal stands."""
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked, with what was asked of them this year."""

    user: User
    commissions: int
    last_at: datetime | None

    @property
    def turn(self) -> tuple[int, float, str]:
        """The place in the rotation: fewest, then longest idle, then by name."""
        idle_since = self.last_at.timestamp() if self.last_at else 0.0
        return self.commissions, idle_since, self.user.display_name


def choose_counsel(work: Work, case: Case, answers: Answers) -> Choice:
    """Return who is asked, the way the handler wants it.

    Raises:
        Invalid: Nobody is named, too many are, or too few can be chosen from.
    """
    manner = Manner(answers.get("manner") or Manner.NAMED)
    kept = advising.under_way(work, case)
    if manner is Manner.NAMED:
        choice = _named(work, answers)
    elif manner is Manner.ROTATION:
        choice = _rotation(work, case, answers)
    else:
        choice = _drawn(work, case, answers)
    if len(kept) + len(choice.user_ids) > MOST:
        raise Invalid({choice.at: f"一件事项同时委派的顾问不超过 {MOST} 名。"})
    if {row.counsel_id for row in kept} & set(choice.user_ids):
        raise Invalid({choice.at: "该顾问已经受委派，请另选顾问。"})
    return choice


def candidates(work: Work, case: Case) -> list[Candidate]:
    """Return who can be chosen in a case, in official order.

    Holders of the post whose term runs, who did not draft and were not asked yet.
    """
    acted = sa.select(Task.done_by_id, Task.role).where(
        Task.case_id == case.id, Task.done_by_id.is_not(None)
    )
    excluded = {
        user_id
        for user_id, role in work.session.execute(acted)
        if permissions.conflicting(Role.COUNSEL, [role])
    }
    excluded |= advising.out_of_term(work) | _asked(work, case)
    return [
        _candidate(work, user) for user in _pool(work, case) if user.id not in excluded
    ]


def _named(work: Work, answers: Answers) -> Choice:
    first = answers.get("counsel_id")
    if first is None:
        raise Invalid({"counsel_id": "请选择法律顾问或者公职律师。"})
    others = [int(one) for one in answers.get("other_counsel_ids") or []]
    user_ids = list(dict.fromkeys([int(first), *others]))
    over = advising.out_of_term(work)
    if not over.isdisjoint(user_ids):
        raise Invalid({"counsel_id": "该顾问不在聘期内，请另选顾问。"})
    at = "counsel_id" if len(user_ids) == 1 else "other_counsel_ids"
    return Choice(Manner.NAMED, user_ids, "由承办人指定。", at)


def _rotation(work: Work, case: Case, answers: Answers) -> Choice:
    turns = sorted(candidates(work, case), key=lambda one: one.turn)
    chosen = turns[: _number(answers, len(turns))]
    told = "；".join(_told(one) for one in turns)
    because = f"按本年受委派件数由少到多、间隔由长到短、姓名的顺序：{told}。"
    return Choice(Manner.ROTATION, [one.user.id for one in chosen], because, "number")


def _drawn(work: Work, case: Case, answers: Answers) -> Choice:
    pool = candidates(work, case)
    number = _number(answers, len(pool))
    names = [one.user.display_name for one in pool]
    listed = "".join(f"{place} {name}\n" for place, name in enumerate(names, start=1))
    digest, seed = draw.list_digest(listed), case.head or case.number
    drawn = draw.order(len(pool), digest, seed)[:number]
    because = (
        f"可以委派的有{'、'.join(names)}，以抽取前最后一条办理记录的摘要为种子，"
        f"抽得第 {'、'.join(map(str, drawn))} 位。"
    )
    evidence = {"list": listed, "digest": digest, "seed": seed, "drawn": drawn}
    user_ids = [pool[place - 1].user.id for place in drawn]
    return Choice(Manner.DRAW, user_ids, because, "number", evidence)


def _number(answers: Answers, there: int) -> int:
    number = int(answers.get("number") or 1)
    if number > there:
        sentence = f"可以委派的顾问只有 {there} 名，请减少人数或者先补充顾问名册。"
        raise Invalid({"number": sentence})
    return number


def _told(one: Candidate) -> str:
    last = chinese.day(clock.beijing_date(one.last_at)) if one.last_at else ""
    since = f"最近一次{last}" if last else "尚未受过委派"
    return f"{one.user.display_name} {one.commissions} 件，{since}"


def _asked(work: Work, case: Case) -> set[int]:
    """Return who is asked in this case now, or has declared an interest in it."""
    rows = work.session.scalars(
        sa.select(Advice.counsel_id).where(
            Advice.case_id == case.id,
            sa.or_(Advice.released_at.is_(None), Advice.no_conflict.is_(False)),
        )
    )
    return set(rows)


def _pool(work: Work, case: Case) -> list[User]:
    units = sa.select(CaseParty.unit_id).where(
        CaseParty.case_id == case.id, CaseParty.part == Part.COUNSEL_POOL
    )
    return list(
        work.session.scalars(
            sa.select(User)
            .join(User.memberships)
            .where(
                User.is_active,
                Membership.role == Role.COUNSEL,
                Membership.unit_id.in_(units),
                Membership.valid_from <= work.today,
                sa.or_(
                    Membership.valid_to.is_(None), Membership.valid_to >= work.today
                ),
            )
            .order_by(User.position, User.id)
            .distinct()
        )
    )


def _candidate(work: Work, user: User) -> Candidate:
    first = clock.beijing_instant(work.today.replace(month=1, day=1))
    own = Advice.counsel_id == user.id
    this_year = sa.func.count(Advice.id).filter(Advice.appointed_at >= first)
    count, last_at = work.session.execute(
        sa.select(this_year, sa.func.max(Advice.appointed_at)).where(own)
    ).one()
    return Candidate(user, count, last_at)
