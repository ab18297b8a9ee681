"""Programs that are run to their end, and servers: what they take of the machine.

Times are those of the process by the system's books, user and system together,
on all of its threads. Linux only."""

import ctypes
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)


class Failed(Exception):
    """A program ended with an error, or a server did not answer."""


@dataclass
class Usage:
    """What programs took, run one after the other."""

    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_bytes: int = 0

    def __add__(self, other):
        return Usage(
            self.cpu_s + other.cpu_s,
            self.wall_s + other.wall_s,
            max(self.peak_bytes, other.peak_bytes),
        )


def run(command, log):
    """Runs a program to its end; what it says is written to the file `log`."""
    report = Path(f"{log}.usage")
    launch = [sys.executable, "-S", Path(__file__).with_name("launch.py"), report, log]
    done = subprocess.run([str(part) for part in launch + command], stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Failed(f"{Path(command[0]).name} ended with an error: {_last_line(log)}")
    cpu_s, wall_s, peak_bytes = report.read_text().split()
    return Usage(float(cpu_s), float(wall_s), int(peak_bytes))


def _last_line(log):
    lines = Path(log).read_text(errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "without a word")


def output(command):
    """What a program prints, on one line."""
    done = subprocess.run(
        [str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    return " ".join((done.stdout + done.stderr).split())


def median_usage(usages):
    """The median of each quantity by itself."""
    return Usage(
        statistics.median(usage.cpu_s for usage in usages),
        statistics.median(usage.wall_s for usage in usages),
        max(usage.peak_bytes for usage in usages),
    )


def free_port():
    """A local port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A server of ours, from its start until `end`."""

    START_S = 300

    def __init__(self, command, log, is_ready):
        """Starts it and asks `is_ready` until it says so."""
        with open(log, "wb") as out:
            began = time.perf_counter()
            self.process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        self.clock = _cpu_clock(self.process.pid)
        while not is_ready():
            if self.process.poll() is not None:
                raise Failed(f"{Path(command[0]).name} ended early: {_last_line(log)}")
            if time.perf_counter() - began > self.START_S:
                self.end()
                raise Failed(f"{Path(command[0]).name} is not ready: {_last_line(log)}")
            time.sleep(0.0005)
        self.opening = Usage(self.cpu_s(), time.perf_counter() - began)

    def cpu_s(self):
        """The processor time that it has taken so far, ended threads included."""
        return time.clock_gettime(self.clock)

    def settled_cpu_s(self):
        """The same once it has nothing to do any more."""
        used = self.cpu_s()
        while True:
            time.sleep(0.2)
            before, used = used, self.cpu_s()
            if used - before < 0.005:
                return used

    def resident_bytes(self):
        """How much memory it holds now: of its own, and of files."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    def end(self):
        """Ends it, by its process alone."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def _cpu_clock(pid):
    clock = ctypes.c_int()
    error = _LIBC.clock_getcpuclockid(pid, ctypes.byref(clock))
    if error != 0:
        raise OSError(error, os.strerror(error))
    return clock.value


class HttpConnection:
    """One connection over which one request after the other is sent."""

    def __init__(self, port):
        self.port = port
        self.connection = None

    def post(self, path, body):
        return self._ask("POST", path, body)

    def get(self, path):
        return self._ask("GET", path, None)

    def _ask(self, method, path, body):
        # Servers close a connection after so many requests: then there is a new one.
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
            try:
                self.connection.request(method, path, body)
                return self.connection.getresponse().read()
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if attempt == 1:
                    raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
