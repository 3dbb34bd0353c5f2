"""The invented provider: three services, their people, and the months that the logs cover."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

Record = dict[str, Any]

PROVIDER = "Hazelbrook Care"
SEED = "hazelbrook"
KNOWN_ON = date(2026, 11, 5)
"""The day on which the newest files were saved: nothing later is in any log."""


def rng(*what: object) -> random.Random:
    """Random numbers of their own for each purpose, so that one change does not move the rest.

    >>> rng("a").random() == rng("a").random()
    True
    """
    return random.Random("/".join([SEED, *map(str, what)]))


def months() -> list[date]:
    """The first day of each month from September 2024 to October 2026.

    >>> len(months()), months()[-1]
    (26, datetime.date(2026, 10, 1))
    """
    return [date(2024 + (8 + i) // 12, (8 + i) % 12 + 1, 1) for i in range(26)]


def month_end(first: date) -> date:
    """The last day of the month that starts on `first`."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def saved_on(first: date) -> date:
    """The day on which a month's snapshot was saved: the fifth of the month after."""
    return month_end(first) + timedelta(days=5)


def day_of(moment: date) -> date:
    """The calendar day of a date or of a date with a time."""
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True)
class Service:
    """One service: its names, its people, and how well it keeps its promises (shares, 0 to 1)."""

    name: str
    also_known_as: str
    kind: str
    nation: str
    beds: int
    manager: str
    deputy: str
    senior: str
    nights: str
    staff: tuple[str, ...]
    residents: tuple[str, ...]
    regulator: str
    council: str
    triage: float
    review: float

    @property
    def leads(self) -> tuple[tuple[str, str], ...]:
        """Those who own actions, with their role."""
        return (
            (self.manager, "Registered manager"),
            (self.deputy, "Deputy manager"),
            (self.senior, "Clinical lead" if self.kind == "nursing home" else "Senior carer"),
            (self.nights, "Night senior"),
        )


_STAFF_FIRST = """Priya Tom Agnieszka Gareth Shanice Callum Fatima Ewan Bethany Kwame Siobhan Marek
Joanne Tunde Rhiannon Dean Leanne Oluwaseun Kirsty Hamish Mei Craig Natasha Ffion Babajide Stacey
Imran Donna Iona Patrick Chloe Sunita Fraser Gemma Blessing Lee Catriona Adeel Hannah Ross Karen
Michal Jodie Stuart Zainab Nicola Euan Abigail Rajesh Morag Liam Tracey Femi Eilidh""".split()
_STAFF_LAST = """Shah
Ellis Nowak Pritchard Campbell Reid Hussain Drummond Clarke Mensah Byrne Wozniak
Whitfield Adeyemi Bevan Hargreaves Tattersall Okafor Paterson Munro Chen Ogden Fairhurst Rees
Olatunji Bramley Malik Thackray Sinclair Doyle Ashworth Patel Geddes Lomas Owusu Kershaw McAllister
Qureshi Birtles Cowie Schofield Kowalski Entwistle Buchanan Yusuf Holroyd Lennox Dewhurst Nair
Galbraith Rigby Swann Bankole Murchison""".split()
_RESIDENT_FIRST = """Edith Walter Doreen Arthur Winifred Stanley Hilda Ronald Mabel Kenneth Gladys
Harold Olive Cyril Nora Albert Vera Leonard Elsie Percy Beryl Norman Iris Clifford Muriel Ernest
Phyllis Wilfred Agnes Hector Isobel Angus Jessie Murdo Netta Archibald Effie Duncan Senga Alasdair
Betty Sidney Rita Dennis Mavis Gordon Audrey Raymond Constance Bernard Ivy Desmond Marjorie Roy
Kathleen Frank Thelma Reginald Lilian Eric Nellie Douglas Daphne Trevor Enid Malcolm""".split()
_RESIDENT_LAST = """Cartwright
Hollis Ackroyd Pemberton Slater Greaves Winterbottom Lumley Crabtree
Fielding Openshaw Barraclough Nuttall Haworth Ramsden Tyldesley Sugden Oldroyd Garside Marsden
Threlfall Metcalfe Pickles Sharples Aspinall Birtwistle Gledhill Hebblethwaite Illingworth Jagger
Kilbride Laidlaw Mackie Nairn Orr Petrie Rankine Stirling Tulloch Urquhart Wedderburn Baird
Cruickshank Dalgleish Farquhar Gillespie Hay Imrie Jarvie Kinloch Bland Croft Day Eccles Frost
Goodall Hirst Ibbotson Joyce Knowles Lamb March Noble Ormerod Peel Rose""".split()


def _paired(first: list[str], last: list[str], what: str) -> list[str]:
    shuffled = last[:]
    rng("names", what).shuffle(shuffled)
    return [f"{a} {b}" for a, b in zip(first, shuffled, strict=True)]


def _make() -> tuple[Service, ...]:
    staff = _paired(_STAFF_FIRST, _STAFF_LAST, "staff")
    residents = _paired(_RESIDENT_FIRST, _RESIDENT_LAST, "residents")
    facts: list[tuple[Any, ...]] = [
        ("Alder House", "Alder; AH; Alder Hse", "care home", "England", 24, 17,
         "CQC", "Westmoor Council", 0.93, 0.90),
        ("Birch Lodge", "Birch; Birch Nursing Home; Birch Ldge", "nursing home", "England", 22, 18,
         "CQC", "Westmoor Council", 0.88, 0.83),
        ("Cairn View", "Cairn; CV; Cairnview", "care home", "Scotland", 20, 19,
         "Care Inspectorate", "Strathallan Council", 0.95, 0.86),
    ]  # fmt: skip
    made: list[Service] = []
    for name, also, kind, nation, beds, heads, regulator, council, triage, review in facts:
        mine, staff = staff[:heads], staff[heads:]
        people, residents = residents[:22], residents[22:]
        made.append(
            Service(name, also, kind, nation, beds, mine[0], mine[1], mine[2], mine[3],
                    tuple(mine), tuple(people), regulator, council, triage, review)
        )  # fmt: skip
    return tuple(made)


SERVICES = _make()
ALDER, BIRCH, CAIRN = SERVICES
