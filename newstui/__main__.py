"""``python -m newstui``."""

import sys

from newstui.cli import main

sys.exit(main())
