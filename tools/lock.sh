#!/bin/sh
# Renew the locks after a change of dependencies in pyproject.toml. Needs `uv`.
# The locks hold hashes and no registry addresses; tests/test_house.py checks that.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --no-annotate "$@"
}
compile pyproject.toml --group build --output-file requirements/base.txt
compile pyproject.toml --group build --group dev --constraint requirements/base.txt \
    --output-file requirements/dev.txt
compile pyproject.toml --group build --group dev --group bench --constraint requirements/dev.txt \
    --output-file requirements/bench.txt
compile --group node --output-file requirements/node.txt
compile --group uv --output-file requirements/uv.txt
