"""The accelerator that a runtime environment has, in the words of uv's torch backends."""

from __future__ import annotations

from msgspec import Struct

from .late_patterns import late_pattern

# The builds that uv knows an index for; new ones come with time.
_CUDA = (
    80, 90, 91, 92, 100, 101, 102, 110, 111, 112, 113, 114, 115, 116, 117, 118, 120, 121, 122,
    123, 124, 125, 126, 128, 129, 130, 132,
)  # fmt: skip
_VERSION = late_pattern(r"(\d{1,4})\.(\d)\d*(?:\.\d+)*")
_AMD = late_pattern(r"gfx[0-9a-f]+")
_INDEX_NAME = late_pattern(r"torch-(cu\d+|rocm[\d.]+|xpu|cpu)")


class Accelerator(Struct, frozen=True):
    """What an environment asks for; ``backend`` is None where nothing is built for it.

    With the ``architecture`` of an AMD processor uv chooses the backend itself (``auto``).
    """

    words: str
    backend: str | None = None
    architecture: str | None = None


def accelerator_of(cuda_version: str | None, gpu_model: str | None) -> Accelerator | None:
    """The accelerator of a CUDA version or of a model; None where neither is said.

    A driver runs the builds of older versions of the same CUDA: for 12.7 these are those of 12.6.
    """
    if cuda_version is not None:
        return Accelerator(f"CUDA {cuda_version}", _cuda_backend(cuda_version))
    if gpu_model is None:
        return None
    architecture = gpu_model.strip().lower()
    if _AMD.fullmatch(architecture):
        return Accelerator(f"the GPU {gpu_model}", "auto", architecture)
    return Accelerator(f"the GPU {gpu_model}, but for no cuda_version")


def backend_index_name(url: str) -> str | None:
    """What the index of a backend is called in a notebook, None where the address is of no backend.

    The address ends with the backend, as in ``https://builds.example/whl/cu126``.
    """
    name = f"torch-{url.rstrip('/').rpartition('/')[2]}"
    return name if is_backend_index_name(name) else None


def is_backend_index_name(name: str) -> bool:
    """True for the names that :func:`backend_index_name` gives."""
    return _INDEX_NAME.fullmatch(name) is not None


def _cuda_backend(version: str) -> str | None:
    match = _VERSION.fullmatch(version.strip())
    if match is None:
        return None
    major, number = int(match[1]), int(match[1]) * 10 + int(match[2])
    found = [known for known in _CUDA if known // 10 == major and known <= number]
    return f"cu{found[-1]}" if found else None
