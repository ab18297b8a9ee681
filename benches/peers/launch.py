"""Runs a program and writes down what it took; called by `processes.run`.

The system counts the memory of a process from before it became another program.
So programs are started by this, which is small, and not by a process that
holds the positions of a whole extract."""

import os
import subprocess
import sys
import time


def main(report, log, *command):
    with open(log, "wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    with open(report, "w") as out:
        print(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss * 1024, file=out)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) != 0)
