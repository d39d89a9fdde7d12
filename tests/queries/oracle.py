"""The worked example: 16 filings and 5 reviews of 2026 with the figures expected."""

from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 11, 23)


def day(text: str) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def the_day(text: str) -> date:
    found = day(text)
    assert found is not None
    return found


@dataclass(frozen=True)
class Filing:
    """One document; dates are months and days of 2026, empty if there is none.

    `sent` is the filing, `returned` when the wrong organ gave it back, `sent_again`
    the filing after that; `notice`, `corrected` and `correct_by` a supplement.
    """

    id: str
    level: str
    maker: str
    number: str
    published: str
    due: str
    sent: str
    status: str
    first_go: bool | None
    returned: str = ""
    sent_again: str = ""
    notice: str = ""
    corrected: str = ""
    correct_by: str = ""

    @property
    def submissions(self) -> list[tuple[date, date | None]]:
        sent = [(day(self.sent), day(self.returned)), (day(self.sent_again), None)]
        return [(on, returned) for on, returned in sent if on]

    @property
    def corrections(self) -> list[tuple[date, date, date | None]]:
        if not self.notice:
            return []
        return [(the_day(self.notice), the_day(self.correct_by), day(self.corrected))]

    @property
    def registered_on(self) -> date | None:
        """All that was filed was registered in the end; the day is not told."""
        known = (self.corrected, self.sent_again, self.sent)
        return day(next((on for on in known if on), ""))


def filing(line: str, *, first_go: bool | None = True, **more: str) -> Filing:
    id_, level, maker, number, published, due, sent, status = line.split()
    return Filing(
        *(id_, level, maker, number, published, due, sent.strip("-"), status),
        first_go,
        **more,
    )


FILINGS = (
    filing("N01 CITY 六安市人民政府 六政〔2026〕3号 01-15 01-30 01-26 ON_TIME"),
    filing("N02 CITY 市政府办公室 六政办〔2026〕2号 02-03 02-24 02-24 ON_TIME"),
    filing("N03 CITY 六安市人民政府 六政〔2026〕8号 03-10 03-25 03-27 LATE"),
    filing(
        "N04 CITY 市政府办公室 六政办〔2026〕6号 04-13 04-28 04-20 ON_TIME",
        first_go=False,
        notice="04-22",
        corrected="04-27",
        correct_by="04-29",
    ),
    filing(
        "N05 CITY 市住房和城乡建设局 六住建规〔2026〕1号 05-11 05-26 05-20 LATE",
        first_go=False,
        notice="05-22",
        corrected="06-03",
        correct_by="05-29",
    ),
    filing("N06 CITY 市医疗保障局 六医保规〔2026〕1号 06-01 06-16 06-10 ON_TIME"),
    filing(
        "N07 CITY 市城市管理局 六城管规〔2026〕2号 07-06 07-21 - OVERDUE_UNFILED",
        first_go=None,
    ),
    filing(
        "N08 COUNTY 裕安区人民政府 裕政〔2026〕5号 03-23 04-07 04-01 ON_TIME",
        first_go=False,
        returned="04-03",
        sent_again="04-07",
    ),
    filing("N09 COUNTY 金寨县人民政府 金政〔2026〕4号 05-20 06-04 05-29 ON_TIME"),
    filing("N10 COUNTY 霍邱县政府办公室 霍政办〔2026〕7号 08-17 09-01 09-03 LATE"),
    filing("N11 COUNTY 舒城县人民政府 舒政〔2026〕9号 09-10 09-28 09-28 ON_TIME"),
    filing("N12 COUNTY 霍山县农业农村局 霍农规〔2026〕1号 10-12 10-27 10-23 ON_TIME"),
    filing(
        "N13 COUNTY 叶集区人民政府 叶政〔2026〕6号 11-16 12-01 - NOT_DUE",
        first_go=None,
    ),
    filing("N14 TOWN 三十铺镇人民政府 三政〔2026〕12号 06-22 07-07 07-06 ON_TIME"),
    filing("N15 TOWN 中市街道办事处 中办〔2026〕9号 07-20 08-04 08-04 ON_TIME"),
    filing("N16 CITY 六安市烟草专卖局 六烟规〔2026〕1号 08-03 08-18 08-12 ON_TIME"),
)

VERTICAL = "六安市烟草专卖局"

COUNTS = (
    *("all", "not_due", "due", "filed", "on_time", "late", "overdue_unfiled"),
    "conforming",
)
RATES = ("I-1", "I-2", "I-2-filed", "I-3")

FIGURES: dict[tuple[str, str], tuple[tuple[int, ...], tuple[str, ...]]] = {
    # group, key: the counts, the rates
    ("level", "total"): (
        (16, 1, 15, 14, 11, 3, 1, 11),
        ("93.33", "73.33", "78.57", "78.57"),
    ),
    ("level", "CITY"): (
        (8, 0, 8, 7, 5, 2, 1, 5),
        ("87.50", "62.50", "71.43", "71.43"),
    ),
    ("level", "COUNTY"): (
        (6, 1, 5, 5, 4, 1, 0, 4),
        ("100.00", "80.00", "80.00", "80.00"),
    ),
    ("level", "TOWN"): (
        (2, 0, 2, 2, 2, 0, 0, 2),
        ("100.00", "100.00", "100.00", "100.00"),
    ),
    ("quarter", "2026Q1"): (
        (4, 0, 4, 4, 3, 1, 0, 3),
        ("100.00", "75.00", "75.00", "75.00"),
    ),
    ("quarter", "2026Q2"): (
        (5, 0, 5, 5, 4, 1, 0, 3),
        ("100.00", "80.00", "80.00", "60.00"),
    ),
    ("quarter", "2026Q3"): (
        (5, 0, 5, 4, 3, 1, 1, 4),
        ("80.00", "60.00", "75.00", "100.00"),
    ),
    ("quarter", "2026Q4"): (
        (2, 1, 1, 1, 1, 0, 0, 1),
        ("100.00", "100.00", "100.00", "100.00"),
    ),
}


@dataclass(frozen=True)
class Review:
    """One review: when accepted, paused, finished; what comes out of it."""

    id: str
    accepted: date
    finished: date
    due: date
    net_working_days: int
    pause: tuple[date, date] | None = None


def review(line: str, pause: tuple[date, date] | None = None) -> Review:
    id_, accepted, finished, due, net = line.split()
    on = date.fromisoformat
    return Review(id_, on(accepted), on(finished), on(due), int(net), pause)


REVIEWS = (
    review("N01 2025-12-05 2025-12-19 2025-12-26 10"),
    review("N03 2026-01-26 2026-02-25 2026-02-14 17"),
    review(
        "N04 2026-03-09 2026-04-03 2026-04-07 14", (the_day("03-11"), the_day("03-18"))
    ),
    review("N09 2026-04-20 2026-05-08 2026-05-13 11"),
    review("N10 2026-07-06 2026-07-28 2026-07-27 16"),
)
LATE_REVIEWS = ("N03", "N10")

DECISIONS = {
    # indicator: value, numerator, denominator
    "I-7": ("100.00", 7, 7),
    "I-9": ("96.00", 24, 25),
    "I-9-full": ("88.00", 22, 25),
    "I-14": ("66.67", 2, 3),
    "I-17": ("87.50", 7, 8),
    "I-18": ("87.50", 7, 8),
}
RULES = {
    "GOV": {"I-1": ("100.00", 4, 4), "I-2": ("100.00", 4, 4)},
    "NPC": {"I-1": ("100.00", 2, 2), "I-2": ("50.00", 1, 2)},
}
