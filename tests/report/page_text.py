"""A page as plain text, line by line, so that a person can read what changed on it."""

from __future__ import annotations

from learnpipe.report.shapes import ChartSpec, Matrix, MetricRow, Page


def page_text(page: Page) -> str:
    """Everything that a page says, in its order; of a chart what it says and its points."""
    lines = [f"{page.provider}, {page.month}", ""]
    lines += [f"{label}: {text}" for label, text in page.band]
    family = ""
    for row in page.rows:
        if row.family != family:
            family = row.family
            lines += ["", family.upper()]
        lines += _row(row)
    for matrix in (page.tiers, page.trail):
        lines += ["", *_matrix(matrix)]
    for chart in page.charts:
        lines += ["", *_chart(chart)]
    return "\n".join([*lines, "", *page.foot, ""])


def _row(row: MetricRow) -> list[str]:
    parts = [row.value or f"blank: {row.why_blank}", row.counts]
    last = f"last month {row.last_value or 'blank'}"
    parts += [f"{last} ({row.last_note})" if row.last_note else last]
    parts += [f"target {row.target}" if row.target else "", row.variation_words, row.assurance]
    said = f"{'Draft: ' if row.drafted else ''}{row.sentence}"
    spark = " ".join("·" if value is None else f"{value:.3g}" for value in row.spark)
    return [
        f"- {row.title}: {', '.join(part for part in parts if part)}",
        *([f"    {said}"] if said else []),
        f"    {spark}",
    ]


def _matrix(matrix: Matrix) -> list[str]:
    lines = [matrix.title]
    for name, cells in matrix.rows:
        told = (f"{title} {cell}" for title, cell in zip(matrix.columns, cells, strict=True))
        lines.append(f"- {name}: {'; '.join(told)}")
    return [*lines, matrix.note] if matrix.note else lines


def _chart(chart: ChartSpec) -> list[str]:
    points = (
        f"{month} {'·' if value is None else f'{value:.3g}'} {meaning}"
        for month, value, meaning in zip(chart.months, chart.values, chart.meanings, strict=True)
    )
    return [
        f"Chart {chart.file}: {chart.title}",
        f"    {chart.subtitle}. {chart.note}.",
        f"    {chart.alt}",
        f"    {'; '.join(points)}",
    ]
