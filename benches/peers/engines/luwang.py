"""luwang, by its service."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import grpc

from processes import Failed, Server, Usage, free_port, output, run

# What stands for a cell without a way, in runs.
NO_WAY = 2**32 - 1

PROTO = Path(__file__).resolve().parents[3] / "proto"


class Luwang:
    name = "luwang"

    def __init__(self, program, stubs):
        self.program = program
        _make_stubs(stubs)

    def version(self):
        return output([self.program, "--version"])

    def build(self, extract, folder):
        folder.mkdir()
        self.folder = folder
        self.file = folder / "dataset.luwang"
        command = [self.program, "import", extract, "-o", self.file]
        return run(command, folder / "import.log")

    def start(self, pair, *more):
        self.port = free_port()
        self.pair = pair
        command = [self.program, "serve", self.file, "--listen", f"127.0.0.1:{self.port}", *more]
        self.server = Server(command, self.folder / "serve.log", self._is_ready)

    def _is_ready(self):
        # A channel that is refused once waits for long: so only when somebody listens.
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) != 0:
                return False
        connection = self.connect()
        try:
            connection.route(self.pair)
            return True
        except grpc.RpcError as error:
            return error.code() != grpc.StatusCode.UNAVAILABLE
        finally:
            connection.close()

    def new_metric(self, pair):
        """What the first request costs that avoids every class of roads that
        there is: all weights are made anew for it. `None` if there is nothing
        to avoid."""
        connection = self.connect()
        try:
            connection.route(pair)
            classes = connection.avoid_classes()
            if not classes:
                return None
            # Labels are made beside the answering: they are no part of it.
            before = self.server.settled_cpu_s()
            wall_s = connection.timed_route_avoiding(pair, classes)
            return Usage(self.server.cpu_s() - before, wall_s)
        finally:
            connection.close()

    def connect(self):
        return LuwangConnection(self.port)

    def end(self):
        self.server.end()


class LuwangConnection:
    """Without steps and geometry. Answers are kept as bytes."""

    def __init__(self, port):
        # Each has a connection of its own, as those of the others have.
        options = [
            ("grpc.use_local_subchannel_pool", 1),
            ("grpc.max_receive_message_length", -1),
            ("grpc.max_send_message_length", -1),
        ]
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}", options)
        service = "/luwang.routing.v1.RoutingService"
        self.compute_route = self.channel.unary_unary(f"{service}/ComputeRoute")
        self.compute_matrix = self.channel.unary_stream(f"{service}/ComputeRouteMatrix")
        self.get_dataset = self.channel.unary_unary("/luwang.dataset.v1.DatasetService/GetDataset")

    def route(self, pair):
        return self.compute_route(_route_request(pair).SerializeToString())

    @staticmethod
    def read_route(answer):
        answer = _routing().ComputeRouteResponse.FromString(answer)
        if not answer.routes:
            return None
        route = answer.routes[0]
        duration_s = route.duration.seconds + route.duration.nanos / 1e9
        return duration_s, route.distance_centimeters / 100

    def matrix(self, sources, targets, layout="RUNS"):
        layout = f"ROUTE_MATRIX_LAYOUT_{layout}"
        request = _routing().ComputeRouteMatrixRequest(layout=layout)
        for points, waypoints in (
            (sources, request.origins),
            (targets, request.destinations),
        ):
            for point in points:
                _locate(waypoints.add(), point)
        return list(self.compute_matrix(request.SerializeToString()))

    @staticmethod
    def count_cells(answer):
        routing = _routing()
        cells = found = 0
        exists = routing.ROUTE_MATRIX_ELEMENT_CONDITION_ROUTE_EXISTS
        for message in answer:
            response = routing.ComputeRouteMatrixResponse.FromString(message)
            cells += len(response.elements) + len(response.run.durations_millis)
            found += sum(element.condition == exists for element in response.elements)
            found += sum(millis != NO_WAY for millis in response.run.durations_millis)
        return cells, found

    def avoid_classes(self):
        from luwang.dataset.v1 import dataset_service_pb2

        answer = dataset_service_pb2.GetDatasetResponse.FromString(self.get_dataset(b""))
        return list(answer.dataset.avoid_classes)

    def timed_route_avoiding(self, pair, classes):
        request = _route_request(pair)
        request.avoid.extend(classes)
        request = request.SerializeToString()
        began = time.perf_counter()
        self.compute_route(request)
        return time.perf_counter() - began

    def close(self):
        self.channel.close()


def _make_stubs(folder):
    folder.mkdir(parents=True, exist_ok=True)
    files = [str(file) for file in sorted((PROTO / "luwang").rglob("*.proto"))]
    # In a process of its own: beside the libraries of the other engines its compiler crashes.
    command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"--python_out={folder}"]
    done = subprocess.run([*command, *files], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"cannot compile the messages in {PROTO}: {done.stderr.strip()}")
    sys.path.insert(0, str(folder))


def _routing():
    from luwang.routing.v1 import routing_service_pb2

    return routing_service_pb2


def _route_request(pair):
    request = _routing().ComputeRouteRequest()
    _locate(request.origin, pair[0])
    _locate(request.destination, pair[1])
    return request


def _locate(waypoint, point):
    waypoint.location.latitude, waypoint.location.longitude = point
