"""The reading room: a folder becomes files, and files become grids of cells, as they are."""
