"""Run the command line as `python -m sinergi.cli`."""

from sinergi.cli import main

if __name__ == "__main__":
    main()
