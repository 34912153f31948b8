"""Runtime configurations and images in memory."""

from __future__ import annotations

from aidevsecops_ext.domain.errors import AidevsecopsError, ConflictError, ErrorCode, NotFoundError
from aidevsecops_ext.domain.runtime import RuntimeConfiguration
from aidevsecops_ext.domain.runtime_image import RuntimeImage


class FakeRuntimes:
    """Configurations by name."""

    def __init__(self, *known: RuntimeConfiguration) -> None:
        self.known = {each.name: each for each in known}

    def find(self, name: str) -> RuntimeConfiguration:
        if name not in self.known:
            raise NotFoundError(ErrorCode.RUNTIME_NOT_FOUND, f"No {name}.")
        return self.known[name]

    def find_all(self) -> tuple[RuntimeConfiguration, ...]:
        return tuple(self.known.values())

    def write(self, configuration: RuntimeConfiguration, *, is_new: bool) -> None:
        if is_new and configuration.name in self.known:
            raise _taken()
        self.known[configuration.name] = configuration


class FakeRuntimeImages:
    """Images by name."""

    def __init__(self, *known: RuntimeImage) -> None:
        self.known = {each.name: each for each in known}

    def find_all(self) -> tuple[RuntimeImage, ...]:
        return tuple(self.known.values())

    def names(self) -> frozenset[str]:
        return frozenset(each.image for each in self.known.values())

    def write(self, image: RuntimeImage, *, is_new: bool) -> None:
        if is_new and image.name in self.known:
            raise _taken()
        self.known[image.name] = image


class FakePart:
    """An engine, a storage or a repository that raises what it is given."""

    def __init__(self, error: AidevsecopsError | None = None) -> None:
        self.error = error

    def check(self, cancel: object) -> None:
        del cancel
        if self.error is not None:
            raise self.error


def _taken() -> ConflictError:
    return ConflictError(ErrorCode.METADATA_TAKEN, "Taken.")
