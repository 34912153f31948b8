"""Tests of Elyra's files of runtime configurations."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.formats.elyra_runtime import read_runtime


def test_read_runtime_reads_what_elyra_writes() -> None:
    text = """{"display_name": "My KFP", "schema_name": "kfp", "version": 1,
               "metadata": {"api_endpoint": "http://kfp.example.org/pipeline", "tags": []}}"""

    assert read_runtime(text, "my_kfp") == RuntimeConfiguration(
        "my_kfp",
        "My KFP",
        EngineKind.KUBEFLOW,
        {"api_endpoint": "http://kfp.example.org/pipeline", "tags": []},
    )


def test_read_runtime_takes_the_name_where_none_is_displayed() -> None:
    runtime = read_runtime('{"schema_name": "airflow"}', "dags")

    assert (runtime.display_name, runtime.metadata) == ("dags", {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "names no engine"),
        ("{}", "names no engine"),
        ('{"schema_name": "argo"}', "for the engine 'argo'"),
    ],
)
def test_read_runtime_refuses_what_is_none(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_runtime(text, "my")
