"""Valhalla with its costing for cars. It has no preparation for a metric: its
searches run on the road graph itself, so it answers more slowly and can be
asked for anything."""

import json
import shutil
import sysconfig
import tempfile
from pathlib import Path

from valhalla import get_config

from processes import HttpConnection, Server, free_port, output, run

PACKAGE = Path(sysconfig.get_path("platlib")) / "valhalla"
PROGRAMS = PACKAGE / "bin"


class Valhalla:
    name = "Valhalla"

    def version(self):
        return output([PROGRAMS / "valhalla_service", "--version"])

    def build(self, extract, folder):
        tiles = folder / "tiles"
        tiles.mkdir(parents=True)
        self.folder = folder
        self.config = _config(tiles)
        file = self._write_config("build.json")
        return run([PROGRAMS / "valhalla_build_tiles", "-c", file, extract], folder / "build.log")

    def _write_config(self, name):
        file = self.folder / name
        file.write_text(json.dumps(self.config, indent=1))
        return file

    def start(self, pair):
        self.port = free_port()
        self.pair = pair
        # Paths of sockets may not be long.
        self.sockets = Path(tempfile.mkdtemp(prefix="peers-"))
        service = self.config["httpd"]["service"]
        service["listen"] = f"tcp://127.0.0.1:{self.port}"
        service["drain_seconds"] = service["shutdown_seconds"] = 1
        for name in ("loopback", "interrupt"):
            service[name] = f"ipc://{self.sockets}/{name}"
        for worker in ("loki", "thor", "odin", "meili"):
            proxy = self.config.get(worker, {}).get("service")
            if proxy:
                proxy["proxy"] = f"ipc://{self.sockets}/{worker}"
        command = [PROGRAMS / "valhalla_service", self._write_config("serve.json")]
        self.server = Server(command, self.folder / "serve.log", self._is_ready)

    def _is_ready(self):
        connection = ValhallaConnection(self.port)
        try:
            return connection.route(self.pair).startswith(b"{")
        except OSError:
            return False
        finally:
            connection.close()

    def connect(self):
        return ValhallaConnection(self.port)

    def end(self):
        self.server.end()
        shutil.rmtree(self.sockets, ignore_errors=True)


class ValhallaConnection:
    """Without directions and shape."""

    def __init__(self, port):
        self.http = HttpConnection(port)

    def route(self, pair):
        return self.http.post(
            "/route",
            json.dumps(
                {
                    "locations": _points(pair),
                    "costing": "auto",
                    "directions_type": "none",
                    "shape_format": "no_shape",
                }
            ),
        )

    @staticmethod
    def read_route(answer):
        trip = json.loads(answer).get("trip")
        if trip is None:
            return None
        return trip["summary"]["time"], trip["summary"]["length"] * 1000

    def matrix(self, sources, targets):
        request = {"sources": _points(sources), "targets": _points(targets), "costing": "auto"}
        return self.http.post("/sources_to_targets", json.dumps(request | {"verbose": False}))

    @staticmethod
    def count_cells(answer):
        answer = json.loads(answer)
        if "sources_to_targets" not in answer:
            raise ValueError(answer.get("error", "no matrix"))
        cells = [cell for row in answer["sources_to_targets"]["durations"] for cell in row]
        return len(cells), sum(cell is not None for cell in cells)

    def close(self):
        self.http.close()


def _config(tiles):
    config = get_config(tile_dir=str(tiles), tile_extract="", verbose=False)
    config["service_limits"]["auto"]["max_matrix_location_pairs"] = 100_000_000
    return config


def _points(points):
    return [{"lat": lat, "lon": lon} for lat, lon in points]
