"""Who is taken out of a text, and who and what is not."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpipe.ground.schemas import load_schemas
from learnpipe.validate import People

NAMES = (
    "John Smith", "Smith-Jones, Mary", "Siobhán O'Brien", "Grace Will", "MARK MAY",
    "Rose Pickering",
    "Łukasz Wiśniewski", "Dafydd ap Gwilym", "Priya Ramasubramanian", "Anne-Marie de la Tour",
    "Olu Adeyemi / Bethan Pugh", "Nurse Joy Bello", "JS", "Jo Li", "Gladys", "Registered Manager",
    "Night team", "SU-014", "Mohammed Al-Amin", "Tomos Rhys Evans",
)  # fmt: skip


def people(*cells: str, services: tuple[str, ...] = ("Rose Court", "Smith House")) -> People:
    rows = max(len(cells), len(services))
    frame = pd.DataFrame(
        {
            "person_affected": pd.Series([*cells, *[None] * (rows - len(cells))], dtype=object),
            "service": pd.Series([*services, *[None] * (rows - len(services))], dtype=object),
        }
    )
    for name in load_schemas().logs["incidents"].fields:
        if name not in frame:
            frame[name] = pd.Series([None] * rows, dtype=object)
    return People.in_logs({"incidents": frame}, load_schemas(), "Hope Care")


KNOWN = people(*NAMES)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        # Whole names, however they are typed.
        ("john smith fell", "[name] fell"),
        ("JOHN SMITH fell", "[name] fell"),
        ("Smith, John fell", "[name] fell"),
        ("J. Smith and J Smith", "[name] and [name]"),
        ("Smith J fell", "[name] fell"),
        ("john_smith incidents.xlsx", "[name] incidents.xlsx"),
        ("JohnSmith.docx", "[name].docx"),
        ("John Smith's room", "[name]'s room"),
        ("Mary Smith-Jones and Smith Jones", "[name] and [name]"),
        ("Siobhan O’Brien, then O'Brien", "[name], then [name]"),
        ("Lukasz Wisniewski; Łukasz", "[name]; [name]"),
        ("Dafydd ap Gwilym's tea", "[name]'s tea"),
        ("Anne-Marie de la Tour ate", "[name] ate"),
        ("seen by Adeyemi/Pugh", "seen by [name]/[name]"),
        ("Mohammed Al-Amin and Al Amin", "[name] and [name]"),
        ("Tomos Evans, then Rhys", "[name], then [name]"),
        # A part of a name, when capitalised.
        ("told Priya at once", "told [name] at once"),
        ("Gladys's cup; Gladys’ cup", "[name]'s cup; [name]’ cup"),
        ("GLADYS FELL", "[name] FELL"),
        # A common word only beside a title or another part.
        ("Grace fell, will May see? Mark the chart", "Grace fell, will May see? Mark the chart"),
        ("Mr May and Mark May", "Mr [name] and [name]"),
        ("Nurse Joy came with joy", "Nurse [name] came with joy"),
        ("Grace Will fell", "[name] fell"),
        ("on 3 May 2026 and in May 2026", "on 3 May 2026 and in May 2026"),
        ("Jo Li fell; told Li; so Jo; NG tube", "[name] fell; told [name]; so [name]; NG tube"),
        # Initials that a personal field holds.
        ("JS fell; J.S. too; js", "[name] fell; [name]. too; js"),
        ("SU014 and su-014", "[number] and [number]"),
        # After an honorific, whoever it is.
        ("Mrs Unknown Surname and Dr Foster", "Mrs [name] and Dr [name]"),
        # No names: roles, services, the provider.
        ("Told the Registered Manager and nights", "Told the Registered Manager and nights"),
        ("Rose Court and Smith House", "Rose Court and Smith House"),
        ("Rose fell at Rose Court", "Rose fell at Rose Court"),
        ("Mrs Pickering of Rose Court", "Mrs [name] of Rose Court"),
        ("Hope Care hopes", "Hope Care hopes"),
    ],
)  # fmt: skip
def test_known_people_are_taken_out(text: str, masked: str) -> None:
    assert KNOWN.masked(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail a.b-c@care.example.org now", "mail [e-mail] now"),
        ("ring 01632 960 001 or 07700 900123", "ring [telephone] or [telephone]"),
        ("ring (020) 7946 0018, +44 7700 900 123", "ring [telephone], [telephone]"),
        ("NHS 943 476 5919, 9434765919, 943-476-5919", "NHS [number], [number], [number]"),
        ("NI QQ 12 34 56 C is not valid, AB123456C is", None),
        ("lives at SW1A 1AA or m1 1ae", "lives at [postcode] or [postcode]"),
        ("DOB 03/04/1931", "[date of birth]"),
        ("born on 3 April 1931; 03.04.1931 (DOB)", "[date of birth]; [date of birth]"),
        ("aged 93, a 101-year-old, 95 yo, aged 89", None),
        ("fell in room 12, Bed 4a, flat no. 3, Room B", None),
        ("at 12 High Street", "at [address]"),
        # What looks alike and is not personal.
        ("on 03/10/2026 at 10:30, 2026-10-03 10:00:00, 03.10.2026 10.30",
         "on 03/10/2026 at 10:30, 2026-10-03 10:00:00, 03.10.2026 10.30"),
        ("in bed for 2 hours, 1:1 care, 24 hours, 15 minutes, 2.5 mg", None),
        ("INC-00123, AH-A225, 1,234 rows, 12.5 %", "INC-00123, AH-A225, 1,234 rows, 12.5 %"),
    ],
)  # fmt: skip
def test_personal_numbers_are_taken_out(text: str, masked: str | None) -> None:
    told = {
        "NI QQ 12 34 56 C is not valid, AB123456C is":
            "[National Insurance number] is not valid, [National Insurance number] is",
        "aged 93, a 101-year-old, 95 yo, aged 89":
            "aged over 89, a over 89-year-old, over 89 yo, aged 89",
        "fell in room 12, Bed 4a, flat no. 3, Room B":
            "fell in room [number], Bed [number], flat [number], Room [number]",
        "in bed for 2 hours, 1:1 care, 24 hours, 15 minutes, 2.5 mg":
            "in bed for 2 hours, 1:1 care, 24 hours, 15 minutes, 2.5 mg",
    }  # fmt: skip
    assert KNOWN.masked(text) == (told[text] if masked is None else masked)


def test_a_service_that_is_a_person_s_whole_name_is_a_name() -> None:
    home = people("John Smith", services=("John Smith", "Oak"))
    assert home.masked("at John Smith, at Oak") == "at [name], at Oak"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Told Petunia at once", ("Petunia",)),
        ("Petunia fell", ("Petunia",)),
        ("Grace fell. She told Grace", ("Grace",)),
        ("Sensor mat checked on Monday by the GP", ()),
        ("MAR chart updated at Rose Court in October", ()),
        ("Told [name] and the Registered Manager", ()),
        ("Falls risk assessed; Plan updated", ()),
    ],
)
def test_words_that_may_still_be_a_name(text: str, doubtful: tuple[str, ...]) -> None:
    assert KNOWN.doubtful(text) == doubtful


@given(
    before=st.text("abc .,", max_size=8),
    after=st.text("abc .,", max_size=8),
    name=st.sampled_from(("john smith", "John Smith", "SMITH, JOHN", "Siobhán O'Brien", "Priya")),
)
def test_no_name_survives_whatever_stands_around_it(before: str, after: str, name: str) -> None:
    shown = KNOWN.masked(f"{before} {name} {after}").casefold()
    assert all(part not in shown for part in ("john", "smith", "brien", "priya"))


@given(st.text(max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = KNOWN.masked(text)
    assert KNOWN.masked(once) == once
