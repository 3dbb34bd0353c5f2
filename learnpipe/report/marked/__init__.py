"""Marked copies of the logs: what they say, and how a copy keeps everything else."""
