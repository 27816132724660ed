"""What is left of visitors who have gone: nothing.

Their worlds hang together in circles, which Python's collector comes upon late, and the C library keeps what
was freed for itself. Both are asked, once those who are leaving have left.
"""

import ctypes
import gc
import sys
import threading
from collections.abc import Callable

import solara.lab

CALM = 2.0
"""So long nobody may have left before it is tidied: a class that goes together is tidied after once [s]."""


class Tidying:
    """Tidies up behind visitors, in a thread of its own."""

    def __init__(self) -> None:
        self._left = threading.Event()
        solara.lab.on_kernel_start(self._arrives)
        threading.Thread(target=self._tidy, name="linli-tidying", daemon=True).start()

    def _arrives(self) -> Callable[[], None]:
        """Called for each visitor; returns what is called when he or she has gone."""
        return self._left.set

    def _tidy(self) -> None:
        while self._left.wait():
            self._left.clear()
            while self._left.wait(CALM):
                self._left.clear()
            gc.collect()
            _give_back()


def _give_back() -> None:
    """Freed memory goes back to the machine, where the C library can be asked for that (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
