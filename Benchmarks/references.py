"""Import this first to import what lies in References/: the peers, and random models and pictures."""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "References"

# At the end, so that the modules beside a script come before those of References.
sys.path.append(str(FOLDER))
