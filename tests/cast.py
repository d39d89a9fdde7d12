"""The cast: a city with its organs and people, added through the use cases."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from reviewflow import passwords
from reviewflow.model.people import Level, Role, Unit, UnitDuty, UnitSort
from reviewflow.usecases.people import add_unit, add_user
from reviewflow.work import Runtime, Work

HIRED = datetime(2025, 1, 2, tzinfo=UTC)
PASSWORD = "Lianghao-2026-Shenhe"

UNITS = {
    # key: name, short name, prefix, level, sort, duty, government, superior
    "province": (
        "安徽省人民政府",
        "省政府",
        "皖政",
        "PROVINCE",
        "GOVERNMENT",
        "",
        "",
        "",
    ),
    "province_justice": (
        *("安徽省司法厅", "省司法厅", "皖司", "PROVINCE", "DEPARTMENT", "REVIEW"),
        *("province", ""),
    ),
    "city": (
        "六安市人民政府",
        "市政府",
        "六政",
        "CITY",
        "GOVERNMENT",
        "",
        "province",
        "",
    ),
    "office": (
        *("六安市人民政府办公室", "市政府办", "六政办", "CITY", "OFFICE", "OFFICE"),
        *("city", ""),
    ),
    "justice": (
        *(
            "六安市司法局",
            "市司法局",
            "六司",
            "CITY",
            "DEPARTMENT",
            "REVIEW",
            "city",
            "",
        ),
    ),
    "market": (
        *("六安市市场监督管理局", "市市场监管局", "六市监", "CITY", "DEPARTMENT"),
        *("COMPETITION", "city", ""),
    ),
    "pool": (
        *("六安市人民政府法律顾问库", "市法律顾问库", "", "CITY", "COUNSEL_POOL"),
        *("COUNSEL", "city", ""),
    ),
    "congress": (
        *("六安市人民代表大会常务委员会", "市人大常委会", "六人常", "CITY", "CONGRESS"),
        *("", "city", ""),
    ),
    "housing": (
        *("六安市住房和城乡建设局", "市住建局", "六住建", "CITY", "DEPARTMENT", ""),
        *("city", ""),
    ),
    "streets": (
        *(
            "六安市城市管理局",
            "市城管局",
            "六城管",
            "CITY",
            "DEPARTMENT",
            "",
            "city",
            "",
        ),
    ),
}

PEOPLE = {
    # key: display name, [(role, unit), …]
    "drafter": ("林晓", [("drafter", "housing")]),
    "other_drafter": ("吴敏", [("drafter", "streets")]),
    "unit_legal": (
        "郑方",
        [("unit_legal", "housing"), ("hearing_host", "housing")],
    ),
    "unit_head": ("何建国", [("unit_head", "housing")]),
    "department_filer": ("罗文", [("filer", "housing")]),
    "office_intake": (
        "冯静",
        [("office_intake", "office"), ("office_intake", "housing")],
    ),
    "secretary": (
        "许明",
        [("meeting_secretary", "office"), ("meeting_secretary", "housing")],
    ),
    "decision_head": (
        "周市长",
        [("decision_head", "office"), ("decision_head", "housing")],
    ),
    "publisher": ("沈洁", [("publisher", "office"), ("publisher", "housing")]),
    "review_intake": ("陈雨", [("review_intake", "justice")]),
    "handler": ("赵敏", [("review_handler", "justice")]),
    "checker": ("孙浩", [("review_checker", "justice")]),
    "signer": ("钱立", [("review_signer", "justice")]),
    "counsel": ("张律师", [("counsel", "pool")]),
    "competition": ("唐宁", [("competition_reviewer", "market")]),
    "filer": ("徐备", [("filer", "justice")]),
    "city_filing_reviewer": ("梁审", [("filing_reviewer", "justice")]),
    "filing_reviewer": ("省审查员", [("filing_reviewer", "province_justice")]),
    "congress_reviewer": ("人大审查员", [("filing_reviewer", "congress")]),
    "auditor": ("监督员", [("auditor", "justice")]),
    "admin": ("管理员", [("admin", "office")]),
}


@dataclass
class Cast:
    """Ids of everybody and every organ, by the names tests use."""

    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, key: str) -> int:
        """Return the id of a person: `cast.drafter`."""
        try:
            return self.people[key]
        except KeyError:
            raise AttributeError(key) from None


def engage(runtime: Runtime) -> Cast:
    """Add the whole cast to an empty database."""
    cast, password = Cast(), passwords.accepted(PASSWORD, "")
    with runtime.begin(None, HIRED) as work:
        for key in UNITS:
            cast.units[key] = _add_unit(work, cast, key)
        for key, (display_name, posts) in PEOPLE.items():
            held = [(Role(role), cast.units[unit]) for role, unit in posts]
            user = add_user(work, key.replace("_", "."), display_name, password, held)
            cast.people[key] = user.id
    return cast


def _add_unit(work: Work, cast: Cast, key: str) -> int:
    name, short_name, prefix, level, sort, duty, government, superior = UNITS[key]
    unit = Unit(
        name=name,
        short_name=short_name,
        document_prefix=prefix,
        level=Level(level),
        sort=UnitSort(sort),
        duty=UnitDuty(duty) if duty else None,
        area="市本级" if level == "CITY" else "",
        position=len(cast.units),
        government_id=cast.units.get(government),
        superior_id=cast.units.get(superior),
    )
    return add_unit(work, unit).id
