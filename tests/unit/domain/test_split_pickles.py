"""Steps that read what other steps pickled to files of the notebook's own."""

from __future__ import annotations

import pytest

from tests.kits.plans import plan

_MODEL = "from sklearn.svm import SVC\nmodel = SVC()"


def modules_of(*cells: str) -> list[set[str]]:
    return [{each.top_level for each in step.modules} for step in plan(*cells).steps]


@pytest.mark.parametrize(
    ("dump", "load"),
    [
        ("import joblib\njoblib.dump(model, 'm.pkl')", "import joblib\nm = joblib.load('m.pkl')"),
        (
            "import pickle\nwith open('m.pkl', 'wb') as f:\n    pickle.dump(model, f)",
            "import pickle\nwith open('m.pkl', 'rb') as f:\n    m = pickle.load(f)",
        ),
        (
            "import joblib\njoblib.dump(model, folder / 'm.pkl')",
            "import joblib\nm = joblib.load('m.pkl')",
        ),
        (
            "import joblib\njoblib.dump(model, 'm.pkl')",
            "import joblib\nm = joblib.load(folder / 'm.pkl')",
        ),
    ],
)
def test_plan_names_what_a_pickled_file_is_made_of(dump: str, load: str) -> None:
    found = modules_of(f"{_MODEL}\n{dump}", load, "print(m)")

    assert "sklearn" in found[1]
    assert "sklearn" in found[2]


def test_plan_repeats_the_class_of_a_pickled_object() -> None:
    found = plan(
        "import pickle\nclass A:\n    pass\nwith open('a', 'wb') as f:\n    pickle.dump(A(), f)",
        "import pickle\nwith open('a', 'rb') as f:\n    print(pickle.load(f))",
    )

    assert [each.name for each in found.steps[1].definitions] == ["A"]


def test_plan_does_not_mind_files_that_hold_no_objects() -> None:
    found = modules_of(
        f"{_MODEL}\nimport joblib\njoblib.dump(model, 'm.pkl')",
        "with open('m.pkl', 'rb') as f:\n    print(f.read())",
        "import joblib\nprint(joblib.load('other.pkl'))",
    )

    assert "sklearn" not in found[1] | found[2]
