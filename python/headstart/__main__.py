"""The command ``headstart``, as ``python -m headstart``."""

import sys

from ._command import main

if __name__ == "__main__":
    sys.exit(main())
