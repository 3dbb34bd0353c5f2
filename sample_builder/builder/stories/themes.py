"""What goes wrong at the services, theme by theme, and what they write about it.

One line a theme reads better than a page a theme, so these lines are long.
"""
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One theme with the sentences that go with it; `{who}` is the resident, `{by}` the reporter."""

    name: str
    category: str
    at: str
    summaries: tuple[str, ...]
    immediate: str
    cause: str
    factors: str
    actions: tuple[str, ...]
    plan: str
    know: str
    note: str
    behaviour: str

    @property
    def ordinary(self) -> bool:
        """Whether the theme is none of the stories that the sample tells."""
        return bool(self.at)

    def used_by(self, service: str) -> bool:
        """Whether the theme is one of this service's ordinary ones."""
        return service[0] in self.at


def theme_of(name: str) -> Theme:
    """The theme behind a name that may say a time of day, such as `Hydration (mornings)`."""
    return THEMES[name.split(" (")[0]]


LATE_NIGHT = "Late night escalation"
MISSED_SIGNATURE = "Medicines: missed signature"
NIGHT_FALLS = "Falls at night"

_BLOCKS = """
Late night escalation|Escalation||{who} became unwell at 23:30, on-call not rung until the morning;{by} found {who} breathless after midnight and waited for the day team;Night team unsure who to ring when {who} had a raised temperature|111 rung, observations taken, on-call manager told|No clear route for escalating after 22:00|process, communication|Write pocket escalation card for the night team;Add escalation prompt to the night handover script;Put on-call numbers on the night station wall|Night handover script now opens with the escalation card; card issued to every night worker|Late escalations a month, sampled from night notes|Pocket card and handover script say who to ring, and when, after 22:00|Uses the escalation card at handover
Medicines: missed signature|Medication||MAR chart for {who} not signed at teatime round;Two gaps found on {who}'s MAR at the weekly check;Signature missing for {who}'s evening dose, tablet gone from blister|Pharmacist advice taken, dose confirmed as given|Round interrupted, no check before the trolley goes back|process, people|Introduce end-of-round MAR check by second person;Red tabard during medicines rounds;Re-audit MAR charts weekly for six weeks|Medicines SOP section 4: second person checks every MAR before the trolley is locked|Missed signatures a month in the MAR audit|A second person now looks at each MAR before the trolley is locked|Completes end-of-round MAR check
Falls at night|Falls||{who} found on the bedroom floor at the 02:00 check;{who} slipped on the way to the toilet in the night;{by} heard a bang, {who} on the floor beside the bed;Unwitnessed fall from bed, {who} alert and talking|Checked for injury, observations started, hoisted back to bed|Sensor mat not plugged in after the evening clean|equipment, process|Sensor mat check added to night rounding sheet;Night lights fitted in en-suites;Review toileting times with the night team|Night rounding sheet has a sensor mat line; falls care plan names toileting times|Falls between 22:00 and 06:00 a month|Night rounds now include the sensor mat and the path to the toilet|Checks sensor mat on night round
Falls on transfer|Falls|AC|{who} lowered to the floor during transfer from chair;{who}'s knees gave way when standing with one carer;{who} slid from wheelchair at the dining table|Checked for injury, second carer called, hoist used|Transfer plan not read before moving|people, communication|Transfer card on the back of bedroom doors;Ask physiotherapist to reassess transfers;Practise transfers at huddle|Transfer card replaces page 6 of the care plan and says one or two carers|Transfers seen that follow the card|The card on the door says how each person moves|Follows the transfer card
Skin integrity|Pressure damage|AB|Redness on {who}'s heel seen at personal care;{who}'s mattress found on the wrong setting;Broken skin on {who}'s sacrum, district nurse rung|Repositioned, photo taken, nurse told|Repositioning chart left blank over a shift|process, environment|Mattress settings on the daily walk-round;Body map at each change of shift for those at high risk;Order heel protectors|Skin care plan: mattress setting and two-hourly turns signed at each shift|New pressure damage a month|Mattress settings are checked on the daily walk-round|Checks mattress setting
Distressed behaviour|Behaviour|AC|{who} pushed another resident in the lounge;{who} very upset at personal care and hit out at {by};{who} threw a cup at teatime, nobody hurt|Given space, one-to-one time, staff checked for injury|Busy lounge and a change of routine|environment, people|Update positive behaviour plan with triggers;Quiet space in the small lounge after lunch;Reflective session on the behaviour plan|Behaviour plan lists early signs and what helps, first page|Distress incidents a month|We watch for early signs and offer the small lounge first|Uses the first page of the behaviour plan
Records not updated|Records|A|Fluid chart for {who} not filled in overnight;{who}'s care plan review overdue by three weeks;Weight for {who} not recorded this month|Chart completed from handover notes, senior told|No set time in the shift for writing up|process|Protected writing time at 14:00;Senior samples three records a day;Move charts to the bedside folder|Shift plan has writing time at 14:00 and 02:00|Records complete in the weekly sample|Writing time is now part of each shift|Completes charts before the end of the shift
Hydration|Nutrition and hydration|AC|{who} drank under 600 ml two days running;{who} dizzy in the garden, had missed morning drinks;Jug out of reach in {who}'s room|Fluids offered, GP told, chart started|Drinks round late when a carer was off|process, environment|Café-style drinks trolley at 10:30, £15 a week for fruit;Jugs with coloured lids within reach;Add fluid target to handover sheet|Handover sheet shows each person's fluid target|People who reach their fluid target|One named person runs the drinks trolley|Offers a drink at each contact
Front door security|Missing person|A|{who} found in the car park, coat on;Front door left on the latch after a delivery;{who} followed a visitor out and was met at the gate|Brought back in, checked, family told|Door alarm switched off for deliveries|environment, equipment|Door alarm test each morning;Sign for visitors and delivery drivers;Herbert protocol forms completed|Opening checks include the door alarm; Herbert protocol on file for six people|Door alarm tests done|The door alarm is tested each morning|Tests door alarm
Medicines: wrong time|Medication|AC|{who} given morning tablets at 12:30;{who}'s patch changed a day late;Parkinson's medicine for {who} 90 minutes late|GP or 111 advice taken, {who} watched for effects|Time-critical medicines not marked|process|Time-critical sticker on MAR;Alarm on the medicines phone;Split the morning round in two|Medicines SOP section 2: time-critical medicines first, with alarm|Time-critical doses within 30 minutes|Time-critical medicines now come first|Gives time-critical medicines first
Choking and texture|Choking|BC|{who} coughed on toast, plan says soft diet;Wrong texture served to {who} at lunch;{who} choked on a piece of meat, back slaps given|Food removed, {who} sat up, watched for an hour|Kitchen list not the same as the care plan|communication, process|One texture list signed by kitchen and floor each day;Coloured trays for modified diets;Ask speech and language therapy to review|Kitchen SOP: texture list signed at 07:00 by cook and senior|Meals seen that match the list|Kitchen and floor sign one texture list each day|Checks texture against the list
Call bell response|Care delivery|BC|{who} waited 25 minutes for the bell to be answered;Bell out of reach when {by} went into {who}'s room;{who}'s daughter found the bell unplugged|Bell tested, apology given, {who} comfortable|Nobody assigned to bells at handover times|people, process|Name a bell lead on each shift;Print bell times weekly and discuss;Clip for bell cords|Shift plan names a bell lead; bell times on the huddle board|Bells answered in five minutes|Each shift has a bell lead|Answers bell in five minutes
Medicines: stock count|Medication|B|Balance of {who}'s tablets one short at count;Controlled drug register not countersigned;{who}'s inhaler ran out over the weekend|Recount by two nurses, pharmacy rung|Counts done from memory at the end of the shift|process|Count as you go sheet in each MAR;Reorder day moved to Monday;Two nurses at the controlled drug check|Medicines SOP section 6: running balance in each MAR|Stock counts that agree|Balances are counted at each dose|Keeps a running balance
Handover gaps|Communication|B|Night staff not told that {who} had a new antibiotic;{who}'s hospital appointment missed, not in diary;Change to {who}'s insulin missing from handover|Day nurse rung, plan read again, GP told|Handover by memory without a sheet|communication|Handover sheet with changes in bold;Diary read aloud at handover;Nurse in charge signs handover|Handover SOP: changes read aloud from the sheet and signed|Handover sheets complete|Changes are read aloud from the sheet|Reads changes aloud at handover
Catheter care|Clinical|B|{who}'s catheter bag found on the floor;Catheter blocked overnight, {who} in pain;{who}'s leg bag not changed on the day planned|Bag changed, observations taken, nurse told|Change dates kept in three places|process, equipment|One catheter board in the clinic room;Stock check each Friday;Competency sign-off for catheter care|Catheter care plan has change date on page one, board in the clinic room|Blocked catheters a month|One board shows every change date|Hangs catheter bag off the floor
Infection control|Infection|B|Gloves worn from room to room;Two people with loose stools on the same corridor;Sharps bin overfull in the clinic room|Area cleaned, senior told|Bins and gloves not where they are used|environment|Glove holders in each en-suite;Cleaning sign-off at 11:00;Hand hygiene spot checks|Cleaning schedule with 11:00 sign-off|Hand hygiene spot checks passed|Gloves and bins are now in each room|Cleans hands between rooms
Equipment not ready|Equipment|C|Hoist battery flat when {who} needed to get up;Sling for {who} in the wash, none spare;Wheelchair brake loose, {who} not hurt|Other hoist used, label put on, reported for repair|No one charged the hoist overnight|equipment, process|Charging rota for hoists;Spare slings by size;Monthly brake check by handyman|Night task list has hoist charging; sling store labelled by size|Hoists charged at 07:00|Hoists are charged by a named person each night|Puts hoist on charge
Dignity and tone|Dignity|C|{who} spoken to sharply at breakfast;Door left open during {who}'s personal care;{who}'s glasses and hearing aids left in the drawer|Apology given, manager spoke with staff member|Rushed morning with agency cover|people|Dignity champion on each shift, resident’s choice first;Glasses and hearing aids on the morning checklist;Pair agency staff with a regular|Morning checklist has glasses, hearing aids, door closed|Dignity observations passed|Morning checklist covers glasses, hearing aids and doors|Closes door and explains care
Laundry and belongings|Belongings|C|{who}'s cardigan missing after the wash;{who}'s dentures wrapped in a napkin and lost;£40 not found in {who}'s drawer|Room searched, family told, replacement offered|Items not labelled on arrival|process|Label machine at reception;Denture pot on the breakfast tray;Safe for money over £20|Admission checklist: label, photo, list of belongings|Items lost a month|Belongings are labelled and listed on arrival|Labels items on arrival
Bruising unexplained|Unexplained injury|AC|Bruise on {who}'s forearm seen at bath time;Skin tear on {who}'s shin, cause not known;{who} has a small bruise on the hand, takes anticoagulant|Body map done, photo taken, manager told|Bed rail bumper worn|equipment|New bed rail bumpers;Body map reviewed daily;Check of jewellery and watches at personal care|Bed rail risk assessment redone; bumpers on the monthly check|Unexplained bruises a month|Bumpers are checked monthly|Does body map the same day
Staffing shortfall|Staffing|B|One carer down from 08:00, agency arrived at 11:30;Nurse worked 15 hours, relief did not come;Twilight shift not covered|On-call manager came in, tasks put in order|Sickness rung in late|people|Standby list for weekends;Text all staff at once;Agency booking before 06:30|Contingency plan: standby list and order of tasks|Hours uncovered a month|Standby list is in the office|Follows order of tasks when short
"""


def _theme(line: str) -> Theme:
    name, category, at, summaries, immediate, cause, factors, actions, plan, know, note, seen = (
        line.split("|")
    )
    return Theme(
        name, category, at, tuple(summaries.split(";")), immediate, cause, factors,
        tuple(actions.split(";")), plan, know, note, seen,
    )  # fmt: skip


THEMES = {theme.name: theme for theme in map(_theme, _BLOCKS.strip().splitlines())}
