"""How a long call tells how far it is."""
import contextlib
import sys
from collections.abc import Callable, Iterator

Tell = Callable[[int, int, int | None], object]  # done, failed, total (None where it is not known)
Progress = bool | Tell | None


class _Bar:
    """tqdm's bar, where it is installed."""

    def __init__(self, what: str) -> None:
        from tqdm.auto import tqdm  # type: ignore[import-untyped,unused-ignore]
        self._bar = tqdm(desc=what, unit="")

    def __call__(self, done: int, failed: int, total: int | None) -> None:
        if total is not None:
            self._bar.total = total
        if failed:
            self._bar.set_postfix(failed=failed, refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Line:
    """A line that is rewritten, where there is no tqdm."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._told = False

    def __call__(self, done: int, failed: int, total: int | None) -> None:
        of_all = f" of {total}" if total is not None else ""
        more = f", {failed} failed" if failed else ""
        print(f"\r{self._what}: {done}{of_all}{more}", end="", file=sys.stderr, flush=True)
        self._told = True

    def close(self) -> None:
        if self._told:
            print(file=sys.stderr)


@contextlib.contextmanager
def telling(progress: Progress, what: str) -> Iterator[Tell | None]:
    """What is to be called with (done, failed, total): `progress` itself, for True a bar on standard error, else None."""
    if callable(progress):
        yield progress
    elif not progress:
        yield None
    else:
        try:
            bar: _Bar | _Line = _Bar(what)
        except ImportError:
            bar = _Line(what)
        try:
            yield bar
        finally:
            bar.close()
