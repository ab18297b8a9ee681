"""What is compared. An engine builds its files from an extract, serves them,
and answers; how it is measured is not its business.

Each has `name`, `version()`, `build(extract, folder)`, `start()` with `server`,
`connect()` and `end()`. A connection asks one request after the other: `route`
and `matrix` give the answer as it came, which `read_route` and `count_cells`
understand, so that understanding is not part of what is timed."""

from .luwang import Luwang
from .osrm import Osrm
from .valhalla import Valhalla

__all__ = ["Luwang", "Osrm", "Valhalla"]
