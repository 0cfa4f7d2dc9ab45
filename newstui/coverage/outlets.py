"""Which house publishes a report, so that an outlet is counted once and its own announcements are known."""

from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from newstui.coverage.stop_words import STOP_WORDS

_WIRES = """
accessnewswire.com accesswire.com afp.com aninews.in ansa.it ap.org apnews.com bernama.com businesswire.com cision.com
dpa.com efe.com einnews.com einpresswire.com globenewswire.com ianslive.in interfax.com issuewire.com jiji.com
kyodonews.net marketwired.com newsfilecorp.com newswire.ca newswire.com presseportal.de prlog.org prnewswire.co.uk
prnewswire.com prweb.com ptinews.com reuters.com tass.com upi.com xinhuanet.com yna.co.kr
"""
WIRES = frozenset(_WIRES.split())
"""News agencies and services that pass press releases on: their texts are printed by others."""
_HOSTS = """
bearblog.dev beehiiv.com blogs.com blogspot.com canalblog.com exblog.jp ghost.io github.io gitlab.io hashnode.dev
hatenablog.com hatenablog.jp herokuapp.com livedoor.blog livejournal.com medium.com micro.blog neocities.org netlify.app
notion.site over-blog.com pages.dev posthaven.com prezly.com prowly.com readthedocs.io seesaa.net squarespace.com
substack.com svbtle.com tistory.com tumblr.com typepad.com vercel.app web.app webflow.io weebly.com wixsite.com
wordpress.com write.as
"""
HOSTS_OF_PUBLISHERS = frozenset(_HOSTS.split())
"""Where every subdomain is a publisher of its own."""
LONGEST_NAME = 5
"""Words of a headline that may spell the name of a house."""


@lru_cache(maxsize=4_096)
def house(name: str, domain: str) -> str:
    """One name for an outlet, whichever of its hosts a report came from: ``www.`` and ``m.example.com`` are one.

    Without a list of public suffixes this is a rule of thumb: the last two labels, or three of ``example.co.uk``.
    """
    host = domain.strip().lower().strip(".")
    if not host:
        return " ".join(name.casefold().split())
    return host if host.startswith("[") else _registered(host.partition(":")[0])


def is_wire(house: str) -> bool:
    """Whether a house writes for others to print."""
    return house in WIRES


def is_subject(house: str, headline: str) -> bool:
    """Whether a headline names the house itself: microsoft.com about "Microsoft to invest"."""
    name = _spelled(house.partition(".")[0])
    if not name or name in STOP_WORDS:
        return False
    words = list(filter(None, map(_spelled, headline.replace("/", " ").split())))
    return any(name in accumulate(words[at : at + LONGEST_NAME]) for at in range(len(words)))


def _registered(host: str) -> str:
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    kept = 3 if _is_national(labels) and labels[-3] not in _MIRRORS else 2
    if _is_shared(labels[-kept:]) and len(labels) > kept and labels[-kept - 1] not in _MIRRORS:
        kept += 1
    return ".".join(labels[-kept:])


def _is_national(labels: list[str]) -> bool:
    return len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL


def _is_shared(labels: list[str]) -> bool:
    return labels[0] == "blogspot" or ".".join(labels) in HOSTS_OF_PUBLISHERS


def _spelled(word: str) -> str:
    """A word without case, accents, hyphens and a possessive: as a domain would spell it."""
    plain = normalize("NFKD", word.casefold())
    for possessive in ("'s", "’s"):
        plain = plain.removesuffix(possessive)
    return "".join(filter(str.isalnum, plain))


_MIRRORS = frozenset({"www", "m", "amp"})
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "ne", "net", "or", "org"})
