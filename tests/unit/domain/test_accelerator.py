from __future__ import annotations

import pytest

from aidevsecops_ext.domain.accelerator import (
    Accelerator,
    accelerator_of,
    backend_index_name,
)


@pytest.mark.parametrize(
    ("cuda", "backend"),
    [
        ("12.6", "cu126"),
        ("12.6.3", "cu126"),
        ("12.7", "cu126"),
        ("11.8", "cu118"),
        ("13.9", "cu132"),
        ("10.0", "cu100"),
        ("14.0", None),
        ("7.5", None),
        ("twelve", None),
        ("9" * 5_000 + ".1", None),
    ],
)
def test_accelerator_of_takes_the_newest_build_that_the_cuda_runs(
    cuda: str, backend: str | None
) -> None:
    assert accelerator_of(cuda, "any") == Accelerator(f"CUDA {cuda}", backend)


def test_accelerator_of_leaves_the_backend_of_an_amd_processor_to_uv() -> None:
    assert accelerator_of(None, "gfx90a") == Accelerator("the GPU gfx90a", "auto", "gfx90a")


def test_accelerator_of_a_model_alone_has_no_backend() -> None:
    found = accelerator_of(None, "Tesla V100")

    assert found is not None
    assert found.backend is None
    assert accelerator_of(None, None) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://builds.example/whl/cu126", "torch-cu126"),
        ("https://builds.example/whl/rocm6.3/", "torch-rocm6.3"),
        ("https://builds.example/whl/xpu", "torch-xpu"),
        ("https://index.example/simple", None),
        ("", None),
    ],
)
def test_backend_index_name_is_that_of_the_last_folder(url: str, name: str | None) -> None:
    assert backend_index_name(url) == name
