"""Compares luwang with OSRM and Valhalla on the same extracts, positions and machine.

    cargo build --release
    python3.12 benches/peers/run.py --luwang target/release/luwang CITY.osm.pbf …

Needs Linux and Python 3.12 or newer, and the network once: the engines come as
wheels from PyPI, at the versions in requirements.txt, into a folder of their
own. Nothing is installed elsewhere, and every server listens on 127.0.0.1 alone.
The tables are printed; what goes on is told on standard error."""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("extracts", nargs="+", type=Path, metavar="EXTRACT.osm.pbf")
    parser.add_argument("--luwang", type=Path, required=True, metavar="PROGRAM")
    parser.add_argument(
        "--work",
        type=Path,
        default=HERE.parents[1] / "target" / "peers",
        metavar="FOLDER",
        help="where the engines and their files go [default: target/peers]",
    )
    parser.add_argument("--pairs", type=int, default=2000, help="routes a round [default: 2000]")
    parser.add_argument("--matrix", type=int, default=1000, help="points a side [default: 1000]")
    parser.add_argument("--rounds", type=int, default=5, help="of requests [default: 5]")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


def enter_venv(work):
    """Goes on in a Python that has what is required, made at the first call."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = work / f"venv-{sys.version_info.major}.{sys.version_info.minor}-{wanted}"
    if Path(sys.prefix) == folder:
        return
    python = folder / "bin" / "python"
    done = folder / "done"
    if not done.exists():
        say(f"installing the engines in {folder}")
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # No compiler is wanted: what has no wheel for this machine fails here.
        subprocess.run([*install, "--only-binary=:all:", "-r", REQUIREMENTS], check=True)
        done.touch()
    os.execv(python, [str(python), str(HERE / "run.py"), *sys.argv[1:]])


def main():
    if sys.version_info < (3, 12) or sys.platform != "linux":
        sys.exit("needs Linux, and Python 3.12 or newer: the wheels of the engines do")
    options = arguments()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    enter_venv(work)

    # The sources stay as they are.
    sys.dont_write_bytecode = True
    import report
    from measure import Measurement
    from processes import Failed

    extracts = []
    for extract in options.extracts:
        if extract.is_file():
            extracts.append(extract.resolve())
        else:
            say(f"skipped: there is no {extract}")
    if not options.luwang.is_file():
        sys.exit(f"there is no {options.luwang}: build it with cargo build --release")
    program = options.luwang.resolve()
    failures = 0
    for place, extract in enumerate(extracts):
        with tempfile.TemporaryDirectory(dir=work, prefix="files-") as folder:
            measurement = Measurement(program, extract, Path(folder) / "e", options, say)
            measurement.folder.mkdir()
            if place == 0:
                print(report.head(measurement.engines))
            try:
                result = measurement.run()
            except (Failed, ValueError) as failed:
                say(f"{extract.name}: {failed}")
                failures += 1
                continue
        print(f"\n{extract.name}\n\n{report.table(result)}", flush=True)
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
