"""How long the long tests go on."""

from __future__ import annotations

import os

SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))
"""Seconds for each reader; sessions in the dashboard get five times as much."""
