"""A browser over the shipped dataset: Debian's Chromium, without a network, watched for faults."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    ViewportSize,
)

from tests.serving import Service

LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

DESK: ViewportSize = {"width": 1400, "height": 900}

NO_CHROMIUM = "Chromium is missing; install it with: apt-get install chromium"

COLLECT_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(event.violatedDirective + " " + event.blockedURI);
});
"""

# What is being fetched is given up, and that a page complains of it is waited for.
FORGET = """
async () => {
  window.stop();
  if (location.protocol.startsWith("http")) {
    localStorage.clear();
    sessionStorage.clear();
  }
  await new Promise((resolve) => setTimeout(resolve));
}
"""


@dataclass(slots=True)
class Watch:
    """What went wrong in a context: requests to elsewhere, messages of the console."""

    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)


def watch_context(context: BrowserContext, address: str, *, scripts: bool = True) -> Watch:
    """Let only requests to `address` through, and note what else is tried or complained of.

    Without `scripts` the page gets none, while the checks, which are scripts too, still run.
    """
    watch = Watch()

    def filter_request(route: Route) -> None:
        url = route.request.url
        if not scripts and route.request.resource_type == "script":
            route.abort()
        elif url.startswith((address + "/", "data:", "blob:")):
            route.continue_()
        else:
            watch.outside.append(url)
            route.abort()

    def note_message(message: ConsoleMessage) -> None:
        # The browser reports the status of an error page, and a refused script, as failed loads.
        source = message.location.get("url", "")
        expected = "status of 4" in message.text or (not scripts and source.endswith(".js"))
        if message.type in {"error", "warning"} and not expected:
            watch.console.append(message.text)

    context.route("**/*", filter_request)
    context.on("console", note_message)
    context.on("weberror", lambda error: watch.console.append(str(error.error)))
    context.add_init_script(COLLECT_VIOLATIONS)
    return watch


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium; without it, the tests that need a browser are skipped."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip(NO_CHROMIUM)
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "headless": True,
        "args": list(LAUNCH),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Swedish reader at a desk."""
    return {
        **browser_context_args,
        "locale": "sv-SE",
        "viewport": DESK,
        "color_scheme": "light",
    }


@pytest.fixture(scope="session")
def base_url(service: Service) -> str:
    """The address of the running service."""
    return service.address


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that one test after another is lent: a process for each would take longer than it."""

    page: Page
    watch: Watch

    @contextmanager
    def lend(self) -> Iterator[Page]:
        """Lend it as if it were new; what it reaches elsewhere or complains of is a failure."""
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(media="screen", color_scheme="light")
        yield self.page
        outside, console = [*self.watch.outside], [*self.watch.console]
        self.page.evaluate(FORGET)
        self.page.context.clear_cookies()
        self.page.context.clear_permissions()
        self.watch.outside.clear()
        self.watch.console.clear()
        assert (outside, console) == ([], [])


@contextmanager
def open_tab(browser: Browser, arguments: dict[str, Any]) -> Iterator[Tab]:
    """Have a page in a context of its own until the block ends."""
    context = browser.new_context(**arguments)
    watch = watch_context(context, arguments["base_url"])
    yield Tab(context.new_page(), watch)
    context.close()


@pytest.fixture(scope="session")
def tab(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Tab]:
    """A Swedish reader's page of the shipped dataset."""
    with open_tab(browser, browser_context_args) as opened:
        yield opened


@pytest.fixture(scope="session")
def example_tab(
    browser: Browser, browser_context_args: dict[str, Any], example_service: Service
) -> Iterator[Tab]:
    """A Swedish reader's page of the made-up university."""
    address = example_service.address
    with open_tab(browser, {**browser_context_args, "base_url": address}) as opened:
        yield opened


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """The shipped dataset, at a desk."""
    with tab.lend() as lent:
        yield lent


@pytest.fixture
def watch(tab: Tab) -> Watch:
    """What went wrong on that page."""
    return tab.watch


@pytest.fixture
def example(example_tab: Tab) -> Iterator[Page]:
    """The made-up university, at a desk."""
    with example_tab.lend() as lent:
        yield lent


def read_violations(page: Page) -> list[str]:
    """Return what the content security policy refused on the page."""
    found: list[str] = page.evaluate("() => window.policyViolations")
    return found
