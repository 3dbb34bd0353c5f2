"""The sample's "what changed" note: the plain text says what the document says, word for word."""

from __future__ import annotations

import docx

from tests.conftest import SampleRun


def test_the_text_for_pasting_says_what_the_document_says(sample_run: SampleRun) -> None:
    document = docx.Document(str(sample_run.folder / "what-changed-2026-10.docx"))
    shown = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    pasted = (sample_run.folder / "what-changed-2026-10.txt").read_text(encoding="utf-8")
    assert [line for line in pasted.split("\n") if line] == shown
    assert shown[0] == "What changed: October 2026"
    assert len([one for one in document.paragraphs if one.style.name == "Heading 1"]) == 3
    assert len(pasted.split()) <= 200
