"""What a reader does on a page: open it, type, press buttons, read the result."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, expect

OURS = "/_static/live/"
SECONDS = 1000
PATIENCE = 90 * SECONDS
# A text field until the editor is open; then an element for each line.
CODE = "one => one.value ?? [...one.children].map((line) => line.textContent).join('\\n')"


class Lab:
    """A reader's browser with one page of the site open.

    Args:
        context: a browser context of its own.
        address: where the site is.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.strangers: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._note_request)
        context.on("weberror", self._note_error)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def _note_request(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strangers.append(request.url)

    def _note_error(self, error) -> None:
        # The theme's own scripts have errors too, and not for us to mend.
        if OURS in (error.error.stack or ""):
            self.errors.append(error.error.stack)

    def go(self, page: str) -> Lab:
        """Open a page of the site and wait until its buttons are there."""
        self.page.goto(f"{self.address}{page}.html")
        self.page.wait_for_selector("html[data-live=ready]")
        return self

    def settle(self) -> None:
        """Wait until all formulas are drawn: they change how wide the page is."""
        self.page.evaluate("globalThis.MathJax?.startup?.promise")

    def exercise(self, slug: str) -> Exercise:
        """An exercise of the page."""
        return Exercise(self, self.page.locator(f'[data-exercise="{slug}"]'))

    def stored(self) -> dict[str, str]:
        """What the page has saved in the browser."""
        return self.page.evaluate("({...localStorage})")


class Exercise:
    """An exercise as its reader sees it."""

    def __init__(self, lab: Lab, card: Locator) -> None:
        self.lab = lab
        self.card = card
        self.said = card.locator(".live-said")
        self.verdict = card.locator(".live-verdict")
        self.output = card.locator(".live-output")
        self.editor = card.locator(".cm-content")

    def write(self, code: str) -> None:
        """Replace the answer, as by pasting."""
        self.editor.click()
        self.lab.page.keyboard.press("Control+A")
        self.lab.page.keyboard.insert_text(code)

    def press(self, name: str) -> None:
        """Press a button of the exercise."""
        self.card.locator(".live-tools").get_by_role("button", name=name).click()

    def check(self) -> str:
        """Press Check and wait for the verdict; return what the page says."""
        self.press("Check")
        expect(self.said).not_to_have_text("Checking …", timeout=PATIENCE)
        return self.said.inner_text()

    def mistake(self) -> str:
        """The slug of the mistake that the verdict names."""
        return self.card.get_attribute("data-mistake")

    def code(self) -> str:
        """What the editor holds."""
        return self.editor.evaluate(CODE)
