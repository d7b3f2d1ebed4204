"""A browser over the shipped dataset: Debian's Chromium, without a network, watched for faults."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

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

NO_CHROMIUM = "Chromium is missing; install it with: apt-get install chromium"

COLLECT_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.policyViolations.push(event.violatedDirective + " " + event.blockedURI);
});
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
        "viewport": {"width": 1400, "height": 900},
        "color_scheme": "light",
    }


@pytest.fixture(scope="session")
def base_url(service: Service) -> str:
    """The address of the running service."""
    return service.address


@pytest.fixture(autouse=True)
def watch(context: BrowserContext, base_url: str) -> Iterator[Watch]:
    """Fail a test whose pages reach elsewhere or complain."""
    watching = watch_context(context, base_url)
    yield watching
    assert watching.outside == []
    assert watching.console == []


@pytest.fixture(scope="module")
def desk(browser: Browser, example_service: Service) -> Iterator[BrowserContext]:
    """A Swedish reader of the example university, at a desk; pages complain of nothing."""
    context = browser.new_context(
        base_url=example_service.address,
        locale="sv-SE",
        viewport={"width": 1400, "height": 900},
    )
    watch = watch_context(context, example_service.address)
    yield context
    context.close()
    assert watch.outside == []
    assert watch.console == []


@pytest.fixture
def example(desk: BrowserContext) -> Iterator[Page]:
    page = desk.new_page()
    yield page
    page.close()


def read_violations(page: Page) -> list[str]:
    """Return what the content security policy refused on the page."""
    found: list[str] = page.evaluate("() => window.policyViolations")
    return found
