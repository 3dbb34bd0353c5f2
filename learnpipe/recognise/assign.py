"""One-to-one assignment with the best total: no column takes a field that fits another better."""

from __future__ import annotations

from collections.abc import Sequence


def best_assignment(weights: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row the column assigned to it, so that the summed weights are the largest.

    A weight of 0 means "not to be assigned". Kuhn's Hungarian method with potentials, O(n²m).
    Source: H. W. Kuhn (1955), The Hungarian method for the assignment problem.

    >>> best_assignment([[0.9, 0.8], [0.9, 0.0]])  # 0.8 + 0.9 beats 0.9 + 0
    [1, 0]
    """
    rows = len(weights)
    if not rows:
        return []
    width = len(weights[0])
    # Square up with "nothing" columns of cost 0, so that every row can go unassigned.
    cost = [[-w for w in row] + [0.0] * rows for row in weights]
    columns = width + rows
    infinite = float("inf")
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match = [0] * (columns + 1)
    for i in range(1, rows + 1):
        match[0], j0 = i, 0
        least, way, used = [infinite] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], infinite, 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                reduced = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0], j0 = match[way[j0]], way[j0]
    out: list[int | None] = [None] * rows
    for j in range(1, width + 1):
        if match[j] and weights[match[j] - 1][j - 1] > 0:
            out[match[j] - 1] = j - 1
    return out
