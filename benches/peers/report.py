"""The table that people read, in Markdown."""

import datetime
import os
import platform
from pathlib import Path

ENGINES = ("OSRM", "Valhalla")


def _seconds(value):
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * factor >= 1:
            break
    return f"{value * factor:.3g} {unit}"


def _megabytes(value):
    return f"{value / 1e6:.0f} MB"


# Row → what it is, how it is written, and how many times less than OSRM luwang
# wants to take.
ROWS = {
    "import_cpu": ("import, CPU time", _seconds, 20),
    "import_wall": ("import, time", _seconds, None),
    "import_peak": ("import, peak memory", _megabytes, 1),
    "metric_cpu": ("new metric, CPU time", _seconds, 10),
    "metric_wall": ("new metric, time", _seconds, None),
    "open_wall": ("start until the first answer, time", _seconds, 20),
    "open_cpu": ("start until the first answer, CPU time", _seconds, None),
    "trust_wall": ("the same without verifying anything, time", _seconds, 20),
    "trust_cpu": ("the same without verifying anything, CPU time", _seconds, None),
    "route_cpu": ("route, CPU time of the server a request", _seconds, 10),
    "route_cpu_at_once": ("the same, 8 requests at once", _seconds, 10),
    "matrix": ("matrix, durations alone, CPU time a million cells", _seconds, 50),
    "matrix_both": ("matrix, durations and lengths, CPU time a million cells", _seconds, 50),
    "matrix_elements": ("the same, each cell as a message", _seconds, 50),
    "resident": ("memory of the server after all that", _megabytes, None),
}


def table(result):
    """One extract's figures with ratios, and notes."""
    heads = ["", "luwang"]
    for engine in ENGINES:
        heads += [engine, "ratio"]
    lines = [_row(heads + ["goal"]), "|---|" + "---:|" * (len(heads))]
    for row, (name, write, goal) in ROWS.items():
        values = dict(result.rows[row])
        if row == "matrix":
            # luwang has both numbers always.
            values["luwang"] = result.rows["matrix_both"].get("luwang")
        if row == "matrix_elements":
            values = result.rows["matrix_both"] | values
        if row.startswith("trust"):
            # The others verify nothing.
            values = result.rows[row.replace("trust", "open")] | values
        ours = values.get("luwang")
        cells = [name, write(ours) if ours is not None else ""]
        for engine in ENGINES:
            theirs = values.get(engine)
            cells.append(write(theirs) if theirs is not None else "")
            cells.append(_ratio(theirs / ours) if ours and theirs is not None else "")
        cells.append(f"{goal}×" if goal else "")
        lines.append(_row(cells))
    notes = [f"- {note}" for note in result.notes]
    return "\n".join([*lines, "", *notes])


def _ratio(value):
    return f"{value:.0f}×" if value >= 20 else f"{value:.2g}×"


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def head(engines):
    """When, where and with what."""
    model = "an unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    lines = [
        f"{datetime.date.today()}, {model}, {os.cpu_count()} cores, {memory / 2**30:.0f} GiB, "
        f"Linux {platform.release().split('-')[0]}; load at the start: {load}.",
        "Versions: " + "; ".join(f"{e.name} {e.version().split()[-1]}" for e in engines) + ".",
        "Ratios are the other engine's figure over luwang's: above one, luwang takes less.",
    ]
    return "\n".join(lines)
