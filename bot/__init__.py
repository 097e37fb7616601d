"""HidSim bot: a Telegram front end for HidSim's virtual numbers."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - in a folder that was not installed nobody else says it
    sys.exit(
        "hidsim-bot: Python 3.11 or newer is needed, and {} is {}.{}: make run chooses one that fits".format(
            sys.executable, *sys.version_info[:2]
        )
    )
