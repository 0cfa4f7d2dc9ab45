"""When a source is to be read again: its interval, and how long it is left alone when it failed."""

from zlib import crc32

from newstui.library.rows import Subscription

MINUTE, DAY = 60, 86_400
LONGEST_REST = 7 * DAY
"""Seconds for which a server can have itself left alone (``fetch.pause``)."""
LONGEST_BACKOFF = DAY
SPREAD = 0.2
"""The share of an interval over which readings are spread, so that sources added together are not all read at once."""


def is_due(source: Subscription, now: int, every: int | None) -> bool:
    """Whether a source is to be read by itself; ``every`` are the minutes for those without an interval of their own,
    None for never.

    A time that lies ahead of what could have been set is of a clock that was wrong, and does not count.
    """
    if source.is_paused or source.is_gone:
        return False
    if source.last_tried is None:
        return True
    minutes = source.every or every
    if minutes is None:
        return False
    if source.next_attempt is not None and source.next_attempt <= now + 2 * LONGEST_REST:
        return now >= source.next_attempt
    return not 0 <= now - source.last_tried < MINUTE * minutes * (1 - SPREAD * _share(source))


def next_attempt(source: Subscription, now: int, retry_after: int | None) -> int | None:
    """When a source that failed may be asked again: when its server says, else after a minute, doubled with each
    failure up to a day. None for a folder, which no server has to bear."""
    if source.kind == "folder":
        return None
    if retry_after is not None:
        return now + retry_after
    rest = min(MINUTE << min(source.failures, 20), LONGEST_BACKOFF)
    return now + int(rest * (1 + SPREAD * _share(source)))


def _share(source: Subscription) -> float:
    """A number from 0 to 1 that differs between sources and times, and not between two looks at one."""
    return crc32(f"{source.place} {source.last_tried}".encode()) / 2**32
