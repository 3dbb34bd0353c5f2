"""Reading alone: every cell of every file with calamine, on so many cores, and nothing kept.

python benchmarks/reading.py FOLDER --workers 2
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from pathlib import Path

from floor import files, read


def main() -> int:
    """Deal the files out to the workers and print the number of rows they read."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    paths = files(asked.folder)
    if asked.workers == 1:
        print(sum(map(read, paths)))
        return 0
    with multiprocessing.Pool(asked.workers) as pool:
        print(sum(pool.imap_unordered(read, paths, chunksize=4)))
        pool.close()
        pool.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
