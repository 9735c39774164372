"""What is being done, shown to a person who waits: a live line in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time

from rich.console import Console


class Steps:
    """Called with a step, how much of it is done and how much there is; shows it on standard error."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._shown = 0.0
        self._step = ""
        self._started = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self._step:
            self.finish()
            self._step, self._started, self._shown = step, now, now if done and not sys.stderr.isatty() else 0.0
        last = bool(total) and done >= total
        if now - self._shown < (0.2 if sys.stderr.isatty() else 2) and not last:
            return
        self._shown = now
        seconds = now - self._started
        amount = f" {done:,} of {total:,}" if total else f" {done:,}, {done / seconds:,.0f}/s" if done > 1000 else ""
        text = f"  {step} ...{amount} ({seconds:.0f} s)"
        if sys.stderr.isatty():
            self._console.print(f"\r{text}   ", end="")
        else:
            self._console.print(text)

    def say(self, text: str) -> None:
        self.finish()
        self._console.print(f"  {text}")

    def finish(self) -> None:
        if self._step and sys.stderr.isatty():
            self._console.print()
        self._step = ""
