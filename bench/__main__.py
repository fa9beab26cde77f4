"""Run all measurements in turn and print their tables: `python -m bench [name …]`."""

import importlib
import sys

NAMES = (
    "map",
    "imports",
    "web",
    "audit",
    "backup",
    "permissions",
    "people",
    "themes",
    "recurrence",
    "board",
    "ballots",
    "portfolio",
    "matching",
    "register_import",
    "register",
    "agreement_search",
    "documents",
    "reports",
    "reminders",
)


def main() -> int:
    """Run the measurements that are named, or all; 1 when a promise is broken."""
    broken = []
    for name in sys.argv[1:] or NAMES:
        print(f"\n== {name}", flush=True)
        broken += importlib.import_module(f"bench.{name}").run()
    for line in broken:
        print(f"BROKEN: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
