"""Links as they must be to be trusted: where they really lead, visible.

A carriers file is a way to send people to a false shop: a link that hides its host (`https://orange.fr@evil.example`) is
refused, and a host in look-alike letters is shown in punycode.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from simtui.catalogue.problems import Words
from simtui.i18n import _

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_UNSAFE = re.compile(r"[^\x21-\x7e\u00a1-\u024f\u0370-\u1fff\u3040-\ud7ff\uf900-\ufaff]")
"""Everything but ASCII and letters: spaces of all kinds, control, direction and zero-width characters."""


def refusal(link: str, *, plain_http: bool) -> Words | None:
    """Return why the link is refused, or None. `plain_http`: whether http is good enough (a source to read)."""
    parts = _split(link)
    if parts is None or _UNSAFE.search(link) or "\\" in link:
        return lambda: _("is not a usable link")
    if parts.scheme != "https" and not (plain_http and parts.scheme == "http"):
        return lambda: _("must be a link that begins with https://")
    if parts.username is not None or parts.password is not None:
        return lambda: _("hides its site behind a name before @")
    if not _HOST.fullmatch(_ascii_host(parts)):
        return lambda: _("names no site on the internet")
    return None


def shown_link(link: str) -> str:
    """Return the link with its host in punycode, so that look-alike letters show; unusable links come back as they are.

    Pass the result through `simtui.text.shown` like all text from files.
    """
    parts = _split(link)
    host = "" if parts is None else _ascii_host(parts)
    if parts is None or not host or host == (parts.hostname or ""):
        return link
    port = "" if parts.port is None else f":{parts.port}"
    return parts._replace(netloc=host + port).geturl()


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _ascii_host(parts: SplitResult) -> str:
    try:
        return (parts.hostname or "").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
