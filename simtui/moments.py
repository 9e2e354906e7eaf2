"""Moments on the clock of whoever reads: what is stored and passed on is UTC, what is shown is the time at home."""

from __future__ import annotations


def time_of_day(moment: str, zone: str | None) -> str:
    """Return a moment in ISO 8601 as the time in a zone, `14:02`, with its day where that is not today; now if empty.

    `zone` is an IANA time zone, None for this machine's. What is no moment is returned as it is.
    """
    from whenever import SYSTEM_TZ, Instant

    here = zone or SYSTEM_TZ
    now = Instant.now().to_tz(here)
    try:
        told = Instant.parse_iso(moment).to_tz(here) if moment else now
    except ValueError:
        return moment
    time = f"{told.hour:02d}:{told.minute:02d}"
    return time if told.date() == now.date() else f"{told.date().format_iso()} {time}"
