"""The settings of a batch. The state stores them for later programs, and for other workers."""

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
"""The default concurrency, by kind of package."""
OTHER = "other"
"""Used instead of the kind of package for jobs whose kind of package is not known."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a batch; see `Batch`."""

    concurrency: dict[str, int]
    budget: dict[str, str] | None = None
    tries: int = 2
    naming: str = DEFAULT_NAMING
    out: str | None = None

    @classmethod
    def default(cls) -> "Settings":
        """Return the settings of a batch that was never run."""
        return cls(concurrency=dict(CONCURRENCY))

    def to_dict(self) -> dict[str, Any]:
        """Return the settings in the form in which the state stores them."""
        return asdict(self)

    def concurrency_of(self, package: str) -> int:
        """Return how many jobs of one model may run at the same time, for a kind of package.

        It is 1 for a kind that the settings do not name.
        """
        return self.concurrency.get(package, 1)

    def check_folder(self) -> None:
        """Check that files can be saved in `out`, before anything is paid for.

        Raises:
            BatchError: files cannot be saved there.
        """
        if self.out is None:
            return
        try:
            Path(self.out).mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=self.out).close()
        except OSError as error:
            problem = f"cannot save files in {self.out}: {error.strerror}; nothing was sent"
            raise BatchError(problem) from None


@dataclass(frozen=True, slots=True)
class Overrides:
    """The settings that the caller gave. None means that the stored setting is used."""

    concurrency: dict[str, int] | None
    budget: dict[str, str] | None
    tries: int | None
    naming: str | None
    out: str | None

    @classmethod
    def checked(
        cls,
        concurrency: Mapping[str, int] | int | None,
        budget: "Budget | Mapping[str, Number] | None",
        tries: int | None,
        naming: str | None,
        out: str | Path | None,
    ) -> "Overrides":
        """Check arguments, and return them in the form in which the state stores them.

        Raises:
            TypeError: an argument has the wrong type.
            ValueError: the value of an argument is not valid.
        """
        if tries is not None and (not isinstance(tries, int) or tries < 1):
            raise ValueError(f"tries must be a whole number of at least 1, not {tries}")
        return cls(
            concurrency=None if concurrency is None else _concurrency(concurrency),
            budget=None if budget is None else _budget(budget),
            tries=tries,
            naming=None if naming is None else checked_naming(naming),
            out=None if out is None else str(Path(out).absolute()),
        )

    def applied_to(self, settings: Settings) -> Settings:
        """Return stored settings after replacing those that the caller gave."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(settings, **given)


def kinds() -> list[str]:
    """Return the kinds of resource packages that the description has, such as video."""
    return sorted(
        {
            str(operation.task["package"])
            for operation in load().operations.values()
            if operation.task
        }
    )


def _concurrency(given: Mapping[str, int] | int) -> dict[str, int]:
    """Return the concurrency for each kind of package."""
    by_kind = given if isinstance(given, Mapping) else dict.fromkeys([*kinds(), OTHER], given)
    for kind, number in by_kind.items():
        if kind not in (*kinds(), OTHER):
            known = ", ".join(kinds())
            raise ValueError(f"concurrency: {kind} is not a kind of package; choose from {known}")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ValueError(
                f"concurrency of {kind} must be a whole number of at least 1, not {number}"
            )
    return dict(by_kind)


def _budget(given: "Budget | Mapping[str, Number]") -> dict[str, str]:
    """Return the limits of a budget as decimal texts, by kind of package and by currency."""
    if not isinstance(given, Budget):
        if not isinstance(given, Mapping):
            raise TypeError(
                'budget must be a kling.Budget, or a mapping such as {"video": 200}, '
                f"not {type(given).__name__}"
            )
        money = currency(load())
        units = {kind: number for kind, number in given.items() if kind != money}
        given = Budget(units=units, money=given.get(money))
    return {kind: plain(Decimal(limit)) for kind, limit in given.limits.items()}
