"""The sample's page as a PDF: it says what the workbook's first sheet says, and names nobody."""

from __future__ import annotations

import openpyxl
import pytest
from pdf_reading import squeezed, tags, words

from tests.conftest import SampleFacts, SampleRun


@pytest.fixture(scope="module")
def pdf(sample_run: SampleRun) -> bytes:
    return (sample_run.folder / "one-page-2026-10.pdf").read_bytes()


# openpyxl leaves sparklines unread, and says so.
@pytest.mark.filterwarnings("ignore:Sparkline Group extension")
def test_whatever_the_first_sheet_says_the_pdf_says_too(sample_run: SampleRun, pdf: bytes) -> None:
    book = openpyxl.load_workbook(sample_run.folder / "governance-2026-10.xlsx", data_only=True)
    cells = [str(cell) for row in book.worksheets[0].values for cell in row if cell is not None]
    assert len(cells) > 100
    said = words(pdf)
    assert [cell for cell in cells if squeezed(cell) not in said] == []


def test_nobody_of_the_logs_is_named_in_the_pdf(sample_facts: SampleFacts, pdf: bytes) -> None:
    evidence, schemas = sample_facts.understood.evidence, sample_facts.facts.schemas
    names = {
        str(name)
        for log, frame in evidence.logs.items()
        for field in schemas.logs[log].fields.values()
        if field.personal and field.name in frame
        for name in frame[field.name].dropna().unique()
    }
    assert len(names) > 50
    alts = " ".join(figure.alt for figure in tags(pdf).all("Figure"))
    said = words(pdf) + squeezed(alts)
    assert [name for name in names if squeezed(name) in said] == []
