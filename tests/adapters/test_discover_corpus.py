"""Discovery on real repositories: the exact set for every notebook of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.files import RootedFiles
from aidevsecops_ext.adapters.project_modules import RepositoryModules
from aidevsecops_ext.adapters.uv_index import UvIndex
from aidevsecops_ext.app.discover_requirements import DiscoverPorts, discover_requirements
from aidevsecops_ext.domain.discovery import Discovery
from aidevsecops_ext.domain.import_names import known_distribution
from aidevsecops_ext.formats import notebook_json
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.kits.corpus import FOLDER, needs_corpus, notebooks

_NEURAL = "elyra-aidevsecops-tutorial/notebooks/neural-magic-torch-mnist"
_TUTORIAL = "elyra-aidevsecops-tutorial/notebooks"
_OVERLAYS = "overlays-for-ai-pipeline-tutorial/notebooks"
_FRAUD = "fraud_detection_support"

# For each notebook: what it declares and uses, what it declares only, what it only imports, and
# what nobody can name.
_EXPECTED: dict[str, tuple[str, str, str, str]] = {
    f"{_NEURAL}/convert_model_to_onnx.ipynb": ("torch boto3", "numpy", "", ""),
    f"{_NEURAL}/download_dataset.ipynb": ("boto3 matplotlib torchvision", "", "", ""),
    f"{_NEURAL}/sparsify.ipynb": ("torchvision torch sparseml", "torchinfo boto3", "", ""),
    f"{_NEURAL}/training.ipynb": ("torchvision torch boto3 torchinfo", "", "", ""),
    f"{_TUTORIAL}/test_deployed_model.ipynb": (
        "requests numpy tensorflow>=2.4.0",
        "torch torchvision behave plotly",
        "matplotlib",
        "",
    ),
    f"{_TUTORIAL}/tf-mnist/download_dataset.ipynb": (
        "tensorflow>=2.4.0 boto3==1.17.12 matplotlib>=3.3.4",
        "",
        "",
        "",
    ),
    f"{_TUTORIAL}/tf-mnist/training.ipynb": ("tensorflow numpy matplotlib boto3", "", "", ""),
    f"{_FRAUD}/models/iris-model/iris_model.ipynb": (
        "",
        "",
        "numpy scikit-learn requests grpcio",
        "proto",
    ),
    f"{_FRAUD}/notebook/frauddetection.ipynb": (
        "",
        "",
        "scikit-learn numpy pandas matplotlib ipywidgets ipython ipython-blocking jaydebeapi"
        " joblib",
        "",
    ),
    f"{_OVERLAYS}/explore_dataset.ipynb": (
        "datasets",
        "ipywidgets scipy sklearn",
        "pandas ipython",
        "",
    ),
    f"{_OVERLAYS}/fine_tune_model.ipynb": (
        "datasets transformers",
        "ipywidgets scipy sklearn",
        "pandas",
        "",
    ),
    f"{_OVERLAYS}/preprocess_dataset.ipynb": (
        "datasets transformers",
        "ipywidgets scipy sklearn",
        "",
        "",
    ),
}


def discover(path: str) -> Discovery:
    root = Path(FOLDER)
    files = RootedFiles(root, size_limit=50_000_000)
    ports = DiscoverPorts(files, FakeInstalledPackages(), None, RepositoryModules(root))
    notebook = notebook_json.parse(files.read(path).text, path)
    return discover_requirements(path, notebook, ports, FakeCancelToken())


def group(discovery: Discovery, *, source: str, is_used: bool) -> set[str]:
    return {
        each.requirement.to_pep508()
        for each in discovery.requirements
        if each.source.value == source and bool(each.imports) == is_used
    }


@needs_corpus
@pytest.mark.parametrize("path", _EXPECTED)
def test_discover_requirements_is_exact_when_notebook_is_real(path: str) -> None:
    discovery = discover(path)

    found = (
        group(discovery, source="metadata", is_used=True),
        group(discovery, source="metadata", is_used=False),
        group(discovery, source="import", is_used=True),
        {each.module for each in discovery.unresolved},
    )
    assert found == tuple(set(expected.split()) for expected in _EXPECTED[path])
    assert (discovery.problems, discovery.local) == ((), ())


@needs_corpus
def test_corpus_has_no_other_notebooks() -> None:
    found = {path.relative_to(FOLDER).as_posix() for path in notebooks()}

    assert found == set(_EXPECTED)


@pytest.mark.online
def test_index_has_what_known_imports_come_from(tmp_path: Path) -> None:
    imports = ("sklearn", "cv2", "yaml", "google.cloud.storage")
    names = frozenset(name for each in imports if (name := known_distribution(each)))

    found = UvIndex(tmp_path, timeout=30).existing(names, FakeCancelToken())

    assert found == names
    assert len(names) == len(imports)
