"""What is measured of each engine, and how.

Servers run one at a time but for the requests: there all are up, and they are
asked in turns, so that a slow moment of the machine is one for all."""

import statistics
import threading
from collections import defaultdict
from dataclasses import dataclass, field

from engines import Luwang, Osrm, Valhalla
from positions import Positions
from processes import Failed, median_usage

# How often a server is started, and weights are poured anew.
STARTS = 5
# Requests that are under way at once, each on a connection of its own.
AT_ONCE = 8
# Valhalla takes so much longer that it is asked for less of the same.
VALHALLA_PAIRS = 200
VALHALLA_MATRIX = 100


@dataclass
class Result:
    """Figures by row and engine, and what else there is to say."""

    rows: dict = field(default_factory=lambda: defaultdict(dict))
    notes: list = field(default_factory=list)


class Measurement:
    """One extract, with all engines."""

    def __init__(self, program, extract, folder, sizes, say):
        self.extract, self.folder, self.sizes, self.say = extract, folder, sizes, say
        self.result = Result()
        self.engines = [Luwang(program, folder.parent / "stubs"), Osrm(), Valhalla()]

    def run(self):
        self._build()
        positions = Positions(self.extract)
        pairs = positions.pairs(self.sizes.pairs * 3 // 2, seed=1)
        self._open(pairs[0])
        self._new_metric()
        started = []
        try:
            for engine in self.engines:
                engine.start(pairs[0])
                started.append(engine)
            pairs = self._agree(pairs)
            self._routes(pairs)
            self._matrices(positions)
            for engine in self.engines:
                self._put("resident", engine, engine.server.resident_bytes())
        finally:
            for engine in started:
                engine.end()
        return self.result

    def _put(self, row, engine, value):
        self.result.rows[row][engine.name] = value

    def _note(self, text):
        self.result.notes.append(text)

    def _build(self):
        for engine in list(self.engines):
            self.say(f"{self.extract.name}: {engine.name} imports")
            try:
                used = engine.build(self.extract, self.folder / engine.name)
            except Failed as failed:
                if isinstance(engine, Luwang):
                    raise
                self.engines.remove(engine)
                self._note(f"Skipped {engine.name}: {failed}.")
                continue
            self._put("import_cpu", engine, used.cpu_s)
            self._put("import_wall", engine, used.wall_s)
            self._put("import_peak", engine, used.peak_bytes)

    def _open(self, pair):
        for engine in self.engines:
            self.say(f"{self.extract.name}: {engine.name} opens")
            openings, metrics = [], []
            for _ in range(STARTS):
                engine.start(pair)
                try:
                    openings.append(engine.server.opening)
                    if isinstance(engine, Luwang):
                        metrics.append(engine.new_metric(pair))
                finally:
                    engine.end()
            self._put_opening("open", engine, openings)
            if isinstance(engine, Luwang):
                self._put_opening("trust", engine, self._trusted_openings(engine, pair))
            if metrics and None not in metrics:
                self._put_metric(engine, median_usage(metrics))

    @staticmethod
    def _trusted_openings(engine, pair):
        """Without a look at what is in the file, as the others start."""
        openings = []
        for _ in range(STARTS):
            engine.start(pair, "--trust", "--self-test-pairs=0")
            openings.append(engine.server.opening)
            engine.end()
        return openings

    def _put_opening(self, row, engine, openings):
        used = median_usage(openings)
        self._put(f"{row}_cpu", engine, used.cpu_s)
        self._put(f"{row}_wall", engine, used.wall_s)

    def _new_metric(self):
        for engine in self.engines:
            if isinstance(engine, Osrm):
                self.say(f"{self.extract.name}: {engine.name} customizes")
                used, alone_s = engine.new_metric(STARTS)
                self._put_metric(engine, used)
                if alone_s is not None:
                    self._note(
                        f"By its log, osrm-customize spent {alone_s * 1000:.1f} ms of that time "
                        "on customizing alone."
                    )

    def _put_metric(self, engine, used):
        self._put("metric_cpu", engine, used.cpu_s)
        self._put("metric_wall", engine, used.wall_s)

    def _agree(self, candidates):
        """The pairs that luwang and OSRM both find a way for, and how far
        answers are apart."""
        self.say(f"{self.extract.name}: routes, asked once for the answers")
        answers = {}
        for engine in self.engines:
            few = isinstance(engine, Valhalla)
            asked = candidates[: VALHALLA_PAIRS * 2] if few else candidates
            connection = engine.connect()
            answers[engine.name] = [connection.read_route(connection.route(p)) for p in asked]
            connection.close()
            none = sum(answer is None for answer in answers[engine.name])
            self._note(f"{engine.name} found no way for {none} of {len(asked)} pairs.")
        ours = answers[self.engines[0].name]
        for name, theirs in list(answers.items())[1:]:
            both = [(a, b) for a, b in zip(ours, theirs) if a and b and a[1] > 0 and a[0] > 0]
            differences = [
                statistics.median((b[what] - a[what]) / a[what] for a, b in both)
                for what in (0, 1)
            ]
            self._note(
                f"{name} beside luwang on {len(both)} pairs, median: durations "
                f"{differences[0]:+.1%}, lengths {differences[1]:+.1%}."
            )
        needed = [answers[e.name] for e in self.engines if not isinstance(e, Valhalla)]
        kept = [pair for pair, *all_ in zip(candidates, *needed) if all(all_)]
        return kept[: self.sizes.pairs]

    def _routes(self, pairs):
        for row, at_once in (("route_cpu", 1), ("route_cpu_at_once", AT_ONCE)):
            self.say(f"{self.extract.name}: {len(pairs)} routes, {at_once} at once")
            taken = defaultdict(list)
            for _ in range(self.sizes.rounds):
                for engine in self.engines:
                    few = isinstance(engine, Valhalla)
                    asked = pairs[:VALHALLA_PAIRS] if few else pairs
                    taken[engine].append(_cpu_per_route(engine, asked, at_once))
            for engine, times in taken.items():
                self._put(row, engine, statistics.median(times))

    def _matrices(self, positions):
        size = self.sizes.matrix
        sources, targets = (positions.in_largest(size, seed) for seed in (2, 3))
        whats = []
        for engine in self.engines:
            if isinstance(engine, Osrm):
                whats.append((engine, "matrix", size, ("duration",)))
                whats.append((engine, "matrix_both", size, ("duration,distance",)))
            elif isinstance(engine, Valhalla):
                whats.append((engine, "matrix_both", min(size, VALHALLA_MATRIX), ()))
            else:
                whats.append((engine, "matrix_both", size, ("RUNS",)))
                whats.append((engine, "matrix_elements", size, ("ELEMENTS",)))
        for engine, row, size, more in whats:
            self.say(f"{self.extract.name}: {engine.name}, matrix {size} × {size}")
            cpu_s = []
            connection = engine.connect()
            ask = lambda: connection.matrix(sources[:size], targets[:size], *more)  # noqa: E731
            cells, found = connection.count_cells(ask())
            if cells != size * size:
                raise Failed(f"{engine.name} gave {cells} cells for {size} × {size}")
            self._note(f"{engine.name}, {row}: {size} × {size}, {found / cells:.1%} with a way.")
            for _ in range(1 if isinstance(engine, Valhalla) else self.sizes.rounds):
                before = engine.server.cpu_s()
                ask()
                cpu_s.append(engine.server.cpu_s() - before)
            connection.close()
            self._put(row, engine, statistics.median(cpu_s) / cells * 1e6)


def _cpu_per_route(engine, pairs, at_once):
    """The server's processor time a request."""
    connections = [engine.connect() for _ in range(at_once)]
    for connection in connections:
        connection.route(pairs[0])

    def ask(connection, mine):
        for pair in mine:
            connection.route(pair)

    threads = [
        threading.Thread(target=ask, args=(connection, pairs[place::at_once]))
        for place, connection in enumerate(connections)
    ]
    before = engine.server.cpu_s()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = engine.server.cpu_s() - before
    for connection in connections:
        connection.close()
    return taken / len(pairs)
