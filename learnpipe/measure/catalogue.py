"""The catalogue: every file of ``measure/metrics`` is one metric; its docstring defines it."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import cache
from importlib import import_module
from inspect import cleandoc

import learnpipe.measure.metrics as folder
from learnpipe.ground.measurements import FAMILIES, Metric


@cache
def load_metrics() -> dict[str, Metric]:
    """All metrics by key, in the order of families and then their own.

    Raises RuntimeError for a file without a ``METRIC``, a key that is not its file's name, or a
    key given twice: a mistake in the code, found at start-up.
    """
    found: list[Metric] = []
    for module_info in pkgutil.iter_modules(folder.__path__):
        module = import_module(f"{folder.__name__}.{module_info.name}")
        metric = getattr(module, "METRIC", None)
        if not isinstance(metric, Metric) or metric.key != module_info.name:
            raise RuntimeError(
                f"metrics/{module_info.name}.py has no METRIC with its own name as key"
            )
        found.append(replace(metric, definition=cleandoc(module.__doc__ or "")))
    found.sort(key=lambda metric: (FAMILIES.index(metric.family), metric.order, metric.key))
    return {metric.key: metric for metric in found}
