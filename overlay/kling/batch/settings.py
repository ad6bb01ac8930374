"""What a batch is run with; the state keeps it for the next run, and for other workers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from kling._cost import Budget, plain
from kling.batch.errors import BatchError
from kling.batch.naming import DEFAULT_NAMING, checked_naming
from kling.description import currency, load

if TYPE_CHECKING:
    from kling._cost.budget import Number

CONCURRENCY: Mapping[str, int] = {"video": 5, "image": 9}
OTHER = "other"
"""The queue of what no kind of package is known for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a batch is run with."""

    concurrency: dict[str, int]
    budget: dict[str, str] | None = None
    tries: int = 2
    naming: str = DEFAULT_NAMING
    out: str | None = None

    @classmethod
    def first(cls) -> "Settings":
        """Return those of a batch that nobody has run."""
        return cls(concurrency=dict(CONCURRENCY))

    def to_dict(self) -> dict[str, Any]:
        """Return what the state keeps."""
        return asdict(self)

    def at_a_time(self, package: str) -> int:
        """Return how many jobs of a kind of package may run at a time for one model."""
        return self.concurrency.get(package, 1)

    def check_out(self) -> None:
        """Look whether files can be saved, before anything is paid for.

        Raises:
            BatchError: they cannot.
        """
        if self.out is None:
            return
        try:
            Path(self.out).mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=self.out).close()
        except OSError as error:
            told = f"no file can be saved in {self.out}: {error.strerror}; nothing was sent"
            raise BatchError(told) from None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller said; None where the state decides."""

    concurrency: dict[str, int] | None
    budget: dict[str, str] | None
    tries: int | None
    naming: str | None
    out: str | None

    @classmethod
    def of(
        cls,
        concurrency: Mapping[str, int] | int | None,
        budget: "Budget | Mapping[str, Number] | None",
        tries: int | None,
        naming: str | None,
        out: str | Path | None,
    ) -> "Wishes":
        """Return what the caller said, once it makes sense.

        Raises:
            TypeError, ValueError: it does not.
        """
        if tries is not None and (not isinstance(tries, int) or tries < 1):
            raise ValueError(f"tries is a whole number, 1 at least, not {tries}")
        return cls(
            concurrency=None if concurrency is None else _concurrency(concurrency),
            budget=None if budget is None else _budget(budget),
            tries=tries,
            naming=None if naming is None else checked_naming(naming),
            out=None if out is None else str(Path(out).absolute()),
        )

    def over(self, settings: Settings) -> Settings:
        """Return settings with these in their place."""
        said = {name: one for name, one in asdict(self).items() if one is not None}
        return replace(settings, **said)


def kinds() -> list[str]:
    """Return the kinds of packages that there are."""
    return sorted({str(one.task["package"]) for one in load().operations.values() if one.task})


def _concurrency(given: Mapping[str, int] | int) -> dict[str, int]:
    by_kind = given if isinstance(given, Mapping) else dict.fromkeys([*kinds(), OTHER], given)
    for kind, number in by_kind.items():
        if kind not in (*kinds(), OTHER):
            known = ", ".join(kinds())
            raise ValueError(f"concurrency is by kind of package ({known}), not by {kind}")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError(f"concurrency of {kind} is a whole number, 1 at least, not {number}")
    return dict(by_kind)


def _budget(given: "Budget | Mapping[str, Number]") -> dict[str, str]:
    if not isinstance(given, Budget):
        if not isinstance(given, Mapping):
            raise TypeError(
                f'a budget is a kling.Budget, or {{"video": 200}}, not {type(given).__name__}'
            )
        money = currency(load())
        units = {kind: number for kind, number in given.items() if kind != money}
        given = Budget(units=units, money=given.get(money))
    return {kind: plain(Decimal(limit)) for kind, limit in given.limits.items()}
