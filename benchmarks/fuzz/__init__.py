"""Every reader, file of a workspace and address of the desk against what is spoilt.

`python -m benchmarks.fuzz` runs it; `spoiling` spoils, `running` counts and bounds, and the targets
are in `readers`, `workspace` and `server`.
"""
