"""Which distribution an import comes from."""

from __future__ import annotations

import pytest
from packaging.utils import canonicalize_name

from aidevsecops_ext.domain.import_names import (
    alternatives,
    current_name,
    has_no_distribution,
    known_distribution,
    own_names,
    report_name,
)
from aidevsecops_ext.domain.known_imports import (
    DIFFERING,
    NO_DISTRIBUTION,
    OWN_NAME,
    PROJECT_NAMES,
)


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("sklearn.svm", "scikit-learn"),
        ("cv2", "opencv-python"),
        ("PIL.Image", "pillow"),
        ("yaml", "pyyaml"),
        ("bs4", "beautifulsoup4"),
        ("dateutil.parser", "python-dateutil"),
        ("google.cloud.storage", "google-cloud-storage"),
        ("google.cloud.bigquery.table", "google-cloud-bigquery"),
        ("google.protobuf", "protobuf"),
        ("skimage.io", "scikit-image"),
        ("Crypto.Cipher", "pycryptodome"),
        ("OpenSSL", "pyopenssl"),
        ("jwt", "pyjwt"),
        ("dotenv", "python-dotenv"),
        ("mpl_toolkits.mplot3d", "matplotlib"),
        ("mpl_toolkits.basemap", "basemap"),
        ("pkg_resources", "setuptools"),
        ("IPython.display", "ipython"),
        ("typing_extensions", "typing-extensions"),
        ("ruamel.yaml", "ruamel-yaml"),
        ("pandas.testing", "pandas"),
        ("google.cloud", None),
        ("google", None),
        ("nobody_knows_this", None),
    ],
)
def test_known_distribution_is_of_the_longest_prefix(module: str, distribution: str | None) -> None:
    answer = known_distribution(module)

    assert answer == distribution


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("foo_bar.baz", ("foo-bar",)),
        ("google.cloud.new_thing.sub", ("google-cloud-new-thing-sub", "google-cloud-new-thing")),
        ("google.cloud", ()),
        ("utils.io", ()),
        ("service_pb2", ()),
        ("service_pb2_grpc", ()),
    ],
)
def test_own_names_are_what_an_index_may_have(module: str, names: tuple[str, ...]) -> None:
    answer = own_names(module)

    assert answer == names


@pytest.mark.parametrize(("module", "name"), [("a.b.c", "a"), ("google.cloud.x", "google.cloud.x")])
def test_report_name_is_whole_when_a_namespace_begins_it(module: str, name: str) -> None:
    answer = report_name(module)

    assert answer == name


@pytest.mark.parametrize(
    ("module", "has_none"), [("google.colab.drive", True), ("dbutils", True), ("numpy", False)]
)
def test_has_no_distribution_tells_modules_of_a_platform(module: str, has_none: bool) -> None:
    answer = has_no_distribution(module)

    assert answer is has_none


def test_alternatives_are_the_same_group_whichever_member_is_asked() -> None:
    group = alternatives("opencv-python")

    assert {"opencv-python", "opencv-python-headless"} < group
    assert alternatives("opencv-python-headless") == group
    assert alternatives("numpy") == {"numpy"}


@pytest.mark.parametrize(
    ("distribution", "current"),
    [("sklearn", "scikit-learn"), ("PIL", "pillow"), ("Numpy", "numpy")],
)
def test_current_name_replaces_outdated_aliases(distribution: str, current: str) -> None:
    answer = current_name(distribution)

    assert answer == current


def test_tables_do_not_contradict_each_other() -> None:
    tables = [set(DIFFERING), set(OWN_NAME), set(NO_DISTRIBUTION), set(PROJECT_NAMES)]

    overlaps = [a & b for i, a in enumerate(tables) for b in tables[i + 1 :]]

    assert not any(overlaps)
    assert len(DIFFERING) + len(OWN_NAME) > 300


def test_differing_names_differ_once_normalised() -> None:
    same = [
        name
        for name, dist in DIFFERING.items()
        if canonicalize_name(name) == canonicalize_name(dist)
    ]

    assert same == []
