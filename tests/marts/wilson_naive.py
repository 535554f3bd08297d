"""Wilson's interval as a textbook prints it, for one cell."""

from math import sqrt


def wilson(failed: int, judged: int, z: float = 1.959963984540054) -> tuple[float, float]:
    p = failed / judged
    centre = p + z * z / (2 * judged)
    spread = z * sqrt(p * (1 - p) / judged + z * z / (4 * judged * judged))
    scale = 1 + z * z / judged
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
