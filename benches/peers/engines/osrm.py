"""OSRM with its car profile: contraction hierarchies (CH) for answers, and its
other algorithm (MLD) for new weights."""

import json
import re
import shutil
import sysconfig
from pathlib import Path

from processes import HttpConnection, Server, free_port, median_usage, output, run

PACKAGE = Path(sysconfig.get_path("platlib")) / "osrm"
PROGRAMS = PACKAGE / "bin"
PROFILE = PACKAGE / "share" / "profiles" / "car.lua"


class Osrm:
    name = "OSRM"

    def version(self):
        return output([PROGRAMS / "osrm-routed", "--version"])

    def build(self, extract, folder):
        folder.mkdir()
        # Its files go beside its input.
        beside = folder / extract.name
        beside.symlink_to(extract.resolve())
        self.folder = folder
        self.files = folder / extract.name.replace(".osm.pbf", ".osrm")
        extracted = run([PROGRAMS / "osrm-extract", "-p", PROFILE, beside], folder / "extract.log")
        # Each of its algorithms changes the files, so each gets its own.
        self.mld = folder / "mld"
        self.mld.mkdir()
        for file in folder.glob("*.osrm*"):
            shutil.copy(file, self.mld)
        return extracted + run([PROGRAMS / "osrm-contract", self.files], folder / "contract.log")

    def new_metric(self, times):
        """What it takes to pour all weights anew: reading and writing files
        included, and the seconds of the work alone by its own log."""
        files = self.mld / self.files.name
        run([PROGRAMS / "osrm-partition", files], self.mld / "partition.log")
        log = self.mld / "customize.log"
        usages, alone_s = [], []
        for _ in range(times):
            usages.append(run([PROGRAMS / "osrm-customize", files], log))
            said = re.search(r"Cells customization took ([\d.e-]+) seconds", log.read_text())
            if said:
                alone_s.append(float(said[1]))
        return median_usage(usages), sorted(alone_s)[len(alone_s) // 2] if alone_s else None

    def start(self, pair):
        self.port = free_port()
        self.pair = pair
        command = [PROGRAMS / "osrm-routed", "-i", "127.0.0.1", "-p", self.port]
        command += ["--max-table-size", 10_000, self.files]
        self.server = Server(command, self.folder / "serve.log", self._is_ready)

    def _is_ready(self):
        connection = OsrmConnection(self.port)
        try:
            return b'"code"' in connection.route(self.pair)
        except OSError:
            return False
        finally:
            connection.close()

    def connect(self):
        return OsrmConnection(self.port)

    def end(self):
        self.server.end()


class OsrmConnection:
    """Without overview, steps and hints: the least that it can be asked for."""

    def __init__(self, port):
        self.http = HttpConnection(port)

    def route(self, pair):
        path = f"/route/v1/driving/{_points(pair)}?overview=false&steps=false&generate_hints=false"
        return self.http.get(path)

    @staticmethod
    def read_route(answer):
        answer = json.loads(answer)
        if answer["code"] != "Ok":
            return None
        route = answer["routes"][0]
        return route["duration"], route["distance"]

    def matrix(self, sources, targets, annotations="duration"):
        rows = ";".join(map(str, range(len(sources))))
        columns = ";".join(map(str, range(len(sources), len(sources) + len(targets))))
        path = (
            f"/table/v1/driving/{_points(sources + targets)}?annotations={annotations}"
            f"&sources={rows}&destinations={columns}&generate_hints=false"
        )
        return self.http.get(path)

    @staticmethod
    def count_cells(answer):
        answer = json.loads(answer)
        if answer["code"] != "Ok":
            raise ValueError(answer.get("message", answer["code"]))
        cells = [cell for row in answer["durations"] for cell in row]
        return len(cells), sum(cell is not None for cell in cells)

    def close(self):
        self.http.close()


def _points(points):
    return ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in points)
