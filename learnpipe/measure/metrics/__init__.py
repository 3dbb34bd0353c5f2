"""One metric a file: `METRIC`, and the file's opening docstring is its definition."""
