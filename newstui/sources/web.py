"""What reading from the web takes: one HTTP client, and the workers that parse what it brings."""

from contextlib import AsyncExitStack
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newstui.config import Settings

if TYPE_CHECKING:
    from newstui.sources.fetch import Client
    from newstui.sources.sandbox import Sandbox


class Web:
    """A client and a sandbox for one round of reading, each made when it is first needed and closed with the round."""

    def __init__(self, *, proxy: str = "", ca_bundle: str = "") -> None:
        self._proxy = proxy
        self._ca_bundle = ca_bundle
        self._opened = AsyncExitStack()

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """What the settings say: a proxy and certificates come from nowhere else."""
        return cls(proxy=settings.proxy, ca_bundle=settings.ca_bundle)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._opened.aclose()

    @cached_property
    def client(self) -> "Client":
        """The one HTTP client; FetchError when the settings make none."""
        from newstui.sources.fetch import Client

        client = Client(proxy=self._proxy, ca_bundle=self._ca_bundle)
        self._opened.push_async_exit(client)
        return client

    @cached_property
    def sandbox(self) -> "Sandbox":
        """The worker processes."""
        from newstui.sources.sandbox import Sandbox

        sandbox = Sandbox()
        self._opened.push_async_exit(sandbox)
        return sandbox
