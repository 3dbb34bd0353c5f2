"""The data files and the run's record."""
