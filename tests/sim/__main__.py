"""The command behind `make sim`. Runs itself again with PYTHONHASHSEED=0, without which sets of texts have no order."""

import gc
import os
import sys

if os.environ.get("PYTHONHASHSEED") != "0":
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606

gc.disable()  # no world lives long enough for it, and it finds nothing while modules are read

from tests.sim import ground  # noqa: E402 - the ground comes before the bot

ground.lay()

from tests.sim.command import main  # noqa: E402

main()
