"""Names as people really type them; and words that are names too, left where they are words."""

from __future__ import annotations

import pandas as pd
import pytest

from learnpipe.ground.schemas import load_schemas
from learnpipe.validate import People

NAMES = (
    "Bronwen Pryce-Jones", "William (Bill) Ackroyd", "Agnieszka Wójcik", "Folasade Adéyẹmí",
    "Hiteshkumar Patel", "Seán O'Dowd", "Smith", "Gladys Ramsbottom", "D'Arcy Fitzgerald",
    "K. Okafor", "mary ellen o'hara", "Ms Ada Lovelock", "Bob – night carer", "Blessing Ndlovu",
    "Jo Ng", "Rose Green", "Joy", "SU 47", "Trust Moyo", "Peter Lock", "Angus McDonald",
    "Saw that Mohammed had fallen in the Lounge at night", "Alan Fell",
)  # fmt: skip
NOBODY = (
    "Unknown", "Not known", "N/A", "None", "All residents", "Lounge", "See notes", "TBC",
    "Resident in Lounge", "Night staff", "ABC", "Whole unit",
)  # fmt: skip


def people(*cells: str, service: str = "Rose Court") -> People:
    """Those whom some cells of a personal field name."""
    schemas = load_schemas()
    fields = dict.fromkeys(schemas.logs["incidents"].fields)
    rows = {**fields, "person_affected": list(cells), "service": service}
    frame = pd.DataFrame(rows, index=range(len(cells)), dtype=object)
    return People.in_logs({"incidents": frame}, schemas)


KNOWN = people(*NAMES, *NOBODY)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        # Without a capital: a part that is no ordinary word.
        ("bronwen fell; ramsbottom too", "[name] fell; [name] too"),
        ("bill ackroyd fell, the bill is paid", "[name] fell, the bill is paid"),
        ("mary ellen, o'hara", "[name]"),
        ("told bob", "told [name]"),
        # After an honorific without a capital.
        ("mr green and mrs pugh came", "mr [name] and mrs [name] came"),
        # Families, and what belongs to somebody, with and without its apostrophe.
        ("the Smiths, the Ackroyds", "the [name], the [name]"),
        ("Gladyss cup, Ramsbottoms room", "[name] cup, [name] room"),
        ("Joy's cup, joy's end", "[name]'s cup, joy's end"),
        # Without what joins its parts, or with a capital within.
        ("ODowd, odowd, PryceJones, prycejones", "[name]"),
        ("Mc Donald, MaryEllen", "[name]"),
        # Shortened and mistyped.
        ("Hitesh and Ramsbotom; Muhammed, Galdys", "[name] and [name]; [name]"),
        # Short, and initials with dots.
        ("Jo fell; NG tube; told Ng", "[name] fell; NG tube; told [name]"),
        ("G.R. fell, R.I.D.D.O.R., G.P.", "[name]. fell, R.I.D.D.O.R., G.P."),
        # A person's mark with another gap or more zeros.
        ("SU-047 and su47", "[number] and [number]"),
        # A name that is seldom a word.
        ("Blessing fell, told Blessing", "[name] fell, told [name]"),
        ("Told Lock; Lock went home.", "Told [name]; [name] went home."),
    ],
)  # fmt: skip
def test_however_it_is_typed(text: str, masked: str) -> None:
    assert KNOWN.masked(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Fell from chair in the lounge at night, cause unknown. Unknown to the team. See notes.",
        "Lock the door. A blessing. NHS Trust guidance. Trust the plan. Whole unit told.",
        "CARE PLAN AND LOCK CHECKED. ABC chart. Care Plan And Lock Checked By Night Staff.",
        "Dr called and advised. DR CALLED. Doctor informed. PC broken. Master key lost.",
        "We miss no dose. He was green. The rose. Green bag. Joy of music.",
        "R.I.D.D.O.R., A.M. and P.M. round at 10 a.m.",
        "Rose Court, May 2026, Lounge, Residents",
    ],
)
def test_words_stay(text: str) -> None:
    assert KNOWN.masked(text) == text


def test_what_begins_a_sentence_and_does_what_people_do_may_be_a_name() -> None:
    assert KNOWN.doubtful("Joy fell. Joy is not said twice.") == ("Joy",)
    assert KNOWN.doubtful("Green bags are kept. Rose petals.") == ()


def test_a_name_that_the_logs_write_mostly_with_a_capital_is_no_ordinary_word() -> None:
    schemas = load_schemas()
    fields = dict.fromkeys(schemas.logs["incidents"].fields)
    texts = ["Told Petunia", "told petunia", "Rang Petunia", "a wobble", "the Wobble", "one wobble"]
    frame = pd.DataFrame({**fields, "summary": texts}, dtype=object)
    known = People.in_logs({"incidents": frame}, schemas)
    assert known.doubtful("We told Petunia of a Wobble") == ("Petunia",)


def test_a_service_that_goes_by_its_address_keeps_it() -> None:
    home = people("Ann Ford", service="14 Mill Road")
    assert home.masked("at 14 Mill Road, not 12 High Street") == "at 14 Mill Road, not [address]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+48 601 234 567, 0048 601234567, 07700/900123", "[telephone], [telephone], [telephone]"),
        ("call07700900123x", "call[telephone]x"),
        ("943  476  5919, 943–476–5919, 943/476/5919", "[number], [number], [number]"),
        ("NHS-9434765919, CHI 010131-2345", "NHS-[number], CHI [telephone]"),
        ("AB-12-34-56-C, NI: AB 12 34 56", "[National Insurance number], "
         "[National Insurance number]"),
        ("born on the 3rd of April 1931, dob 3rd April, b. 1931",
         "[date of birth], [date of birth], [date of birth]"),
        ("date of birth third of April nineteen thirty-one", "[date of birth]"),
        ("Seen 03/04/1931, on 03/04/2026", "Seen [date of birth], on 03/04/2026"),
        ("aged ninety-three, 93 years of age, 95 y.o., her 91st birthday",
         "aged over 89, over 89 years of age, over 89 y.o., her birthday"),
        ("SW1A  1AA, SW1A-1AA", "[postcode], [postcode]"),
        ("12 st. mary's road, 12-14 Acacia Road, 12 high street",
         "[address], [address], [address]"),
        ("rm12, room twelve, Room12", "rm [number], room [number], Room [number]"),
        ("a.b [at] x.org, a.b @ x.org, a at nhs dot net, www.x.org/a",
         "[e-mail], [e-mail], [e-mail], [link]"),
        # What looks alike.
        ("15 minutes down the road, 2 staff crossing the road", None),
        ("seen @ 10.30, B12 5MG, 90 days, 93 %, 95 incidents", None),
        ("INC/2026/10/0012, 20261003-0012, 1,234,567,890", None),
        ("one room twelve times, May 2026, 1st of May 2026", "one room twelve times, May 2026, "
         "1st of May 2026"),
    ],
)  # fmt: skip
def test_numbers_and_addresses_however_typed(text: str, masked: str | None) -> None:
    assert KNOWN.masked(text) == (text if masked is None else masked)
