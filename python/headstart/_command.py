"""The command ``headstart``."""

from __future__ import annotations

import signal
import sys

from ._headstart import command


def main() -> int:
    """Run the command line with the arguments of the process; return the exit code."""
    # The command hears Ctrl-C itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return command(["headstart", *sys.argv[1:]])
