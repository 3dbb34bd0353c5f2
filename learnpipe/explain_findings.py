"""What each kind of finding means, by its code, in plain English; rules explain themselves."""

from __future__ import annotations

from collections.abc import Mapping

SEVERITIES: Mapping[str, str] = {
    "stop": "A file or sheet cannot be used; the run goes on without it.",
    "blank": "A cell was set empty; its row stays in and counts as no evidence.",
    "note": "Used as it is, but worth a look.",
}

_CELLS = {
    "not-on-list": "The word in the cell is none that we know for this field. Add it to "
    "[words.…] in learnpipe.toml, or type one that is known.",
    "not-a-date": "The cell holds no date that can be read day first. Nothing is guessed.",
    "no-such-day": "The date does not exist when read day first, such as 30/02/2026.",
    "date-without-year": "A day and a month without a year, and the dates around it leave more "
    "than one year open. The year is not guessed.",
    "year-from-sheet": "A day and a month without a year was read with the only year that fits the "
    "other dates of its row and sheet.",
    "two-dates": "More than one date in the cell. None of them is chosen.",
    "date-beside-word": "A word and a date share a cell, such as a status with a date behind it. "
    "The word is used, the date is not.",
    "implausible-date": "A date too far back or ahead to be right, such as one in 2206.",
    "day-ahead": "A row is dated on a day that is still to come, often a slip in the year. Said by "
    "learnpipe check alone: a report does not depend on the day on which it is made.",
    "swapped-dates": "Day and month may have changed places in a column: Excel does so when a "
    "computer set to American dates is given 3/10/2026. Both readings of a cell are shown and "
    "nothing is changed; [dates] in learnpipe.toml settles it, one way or the other.",
    "month-first-dates": "The dates of a column look as if they were typed month first. Those that "
    "cannot be read day first are set empty until [dates] in learnpipe.toml says how to read them.",
    "dates-as-set": "The dates of a column are read as [dates] in learnpipe.toml says.",
    "severity-direction": "A column tells severity in numbers, and nothing says which end is the "
    "worst. Paste one of the two blocks of lines into learnpipe.toml.",
    "unclear-mark": "An x could mean yes or no in its column. Nothing is guessed: type yes or no.",
    "not-a-time": "The column of times holds something else. The date counts without a time.",
    "not-a-number": "The cell holds no number, or a number among words.",
    "out-of-range": "A number outside what this field can be, or a cell beyond a sheet's end.",
    "error-in-cell": "A formula shows an error, such as #REF!. It is read as empty.",
    "formula-without-value": "A formula without its stored result is read as empty. Open the file "
    "in Excel and save it: Excel stores the results.",
}
_COLUMNS = {
    "column-unsure": "A header could stand for several fields, or its cells look like something "
    "else than its header says. The column is not used until [columns] in learnpipe.toml says what "
    "it is; the finding holds the lines to paste.",
    "sheet-not-read": "A sheet has several columns of a log but lacks one that the log needs. It "
    "is not read. If it is a log, name the missing column in learnpipe.toml.",
}
_RECORDS = {
    "action-not-dated": "Nothing tells when some actions were raised; another date of theirs is "
    "used instead.",
    "ref-used-twice": "One reference stands for records that cannot be the same one. All of them "
    "stay and are counted.",
    "told-by-name": "A register of one kind of incident has no column for what happened. The "
    "titles or name of the sheet, or of the file, say it for all rows.",
    "told-twice": "Two sheets have an incident of the same day, person and service, such as "
    "a falls register beside an accident book. Nothing proves that they are one: both count.",
    "rows-disagree": "Several rows of one case say different things, such as two severities. The "
    "case counts once, with the worse.",
    "changed-between-files": "A newer file says something else of the same record than an older "
    "one. Dated facts follow the latest file; other facts count as each month's own file says.",
    "emptied-between-files": "A newer file has an empty cell where an older one had a fact. What "
    "the older file says still counts.",
    "micro-training-length": "A micro-training session is shorter or longer than the standards "
    "micro_training_minutes_low and micro_training_minutes_high. It counts all the same.",
    "service-near-miss": "A service's name is nearly that of another. It is never merged silently: "
    "name both in learnpipe.toml or in the list of services, or put the spelling right.",
    "service-from-name": "No cell names the service of some rows; it is taken from the name of "
    "their sheet, file or folder.",
    "service-left-empty": "Some rows leave the service out; it is the only one that their file "
    "names.",
    "service-not-stated": "Nothing tells the service of some rows. They are counted apart.",
    "service-alias-twice": "Another name of a service is given to two services. It stays with the "
    "first.",
    "service-alias-circular": "Two services are each said to be another name of the other. They "
    "count as one.",
}
_FILES = {
    "open-in-excel": "Somebody has the file open: changes not yet saved are not included.",
    "not-a-spreadsheet": "The file is none of .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv.",
    "not-what-it-says": "The file's content is not what its ending says. Save it again from Excel.",
    "not-a-file": "A pipe or a device stands in the folder; only ordinary files are read.",
    "link-not-followed": "A link leads out of the folder. Put the file itself there.",
    "empty-file": "There is nothing in the file.",
    "password": "The file is locked with a password. Save a copy without one.",
    "too-large": "The file or a sheet is larger than any log is; often a stray cell far away.",
    "too-many-sheets": "The workbook has more sheets than any log has.",
    "too-slow": "The file took too long and was left. Save it again as .xlsx, or split it.",
    "many-merges": "The sheet has more merged cells than are followed; they count as empty.",
    "damaged": "The file or sheet is cut short or not whole. Copy it again, or save it anew.",
    "doctype": "The file declares a document type, as no spreadsheet does and some attacks do.",
    "not-text": "A .csv or .tsv file holds what is no text. Export it again.",
    "unclosed-quote": "A quotation mark of a text file is never closed, so rows run together.",
    "unreadable-characters": "Some characters of a text file could not be read. Save it as UTF-8.",
    "could-not-read": "The file made its reader fail. Save it again as .xlsx.",
    "no-access": "The file may not be opened by you, or another program holds it.",
    "gone": "The file was deleted or moved while learnpipe was at work.",
    "changed": "The file was changed while learnpipe was at work. Run again.",
    "may-be-cut-off": "The sheet ends where older programs cut sheets off. Rows may be missing.",
}
_FOLDERS = {
    "folder-missing": "There is no folder of that name. Check the spelling and where you are.",
    "folder-unreadable": "The folder may not be opened by you.",
    "not-a-folder": "A file was named where a folder is needed.",
    "own-output": "The folder holds what learnpipe wrote. Name the folder that your logs are in.",
    "no-file": "There is no file of that name. Check the spelling and where you are.",
    "nothing-to-read": "The folder holds no spreadsheet.",
    "no-log": "No sheet of the folder was understood as a log.",
    "no-incident-log": "No sheet was understood as an incident log, the only one that must be "
    "there. See why with: learnpipe columns FILE.",
    "nothing-yet": "The incident log is there but has no rows yet.",
    "no-month": "No incident has a date in a month that has ended. Name one with --month.",
    "settings": "learnpipe.toml, or a file of schemas, has a mistake; the message names the key.",
    "cannot-start-there": "The folder for blank logs cannot be made or written to.",
    "cannot-write": "The results cannot be written: no access, a full disk, or a file in the way.",
    "open-elsewhere": "A program has one of the files to be replaced open. Close it and run again.",
    "another-run": "Another run is writing the same month. Let it end.",
    "copy-was-changed": "Somebody changed a marked copy, so the new one is put beside it.",
    "no-such-case": "No incident of the folder's logs has that reference.",
    "nothing-to-explain": "There is nothing of that name to explain.",
}
KINDS: Mapping[str, Mapping[str, str]] = {
    "severities": SEVERITIES,
    "cells": _CELLS,
    "columns and sheets": _COLUMNS,
    "records": _RECORDS,
    "files": _FILES,
    "folders, settings and results": _FOLDERS,
}
FINDINGS: Mapping[str, str] = {code: said for own in KINDS.values() for code, said in own.items()}
"""All codes but those of the logs' own rules."""
