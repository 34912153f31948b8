"""What Elyra does, in a process of its own: run by the Python that has Elyra, never imported here.

The request is JSON on standard input; the answer is written to the file that the request names,
because Elyra and what it calls print whatever they like. Private names of Elyra are those of 4.1.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import Any
from urllib.parse import urlsplit

Answer = dict[str, Any]


def main() -> None:
    """Do what the request asks for."""
    asked = json.loads(sys.stdin.buffer.read())
    try:
        import elyra  # noqa: F401 - whether it is there, and can be imported
    except ImportError as error:
        answer: Answer = {"missing": str(error)}
    else:
        logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stdout)
        try:
            answer = DEEDS[asked["deed"]](asked)
        except Exception as error:  # noqa: BLE001 - whatever Elyra raises is an answer
            answer = {"error": words_of(error)}
    Path(asked["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def validate(asked: Answer) -> Answer:
    """What Elyra finds wrong with a pipeline, for a runtime configuration or to be run here."""
    return {"issues": _issues(_definition(asked), asked["root"])}


def export(asked: Answer) -> Answer:
    """The pipeline as its engine reads it; the files of its steps are stored for it."""
    from tempfile import TemporaryDirectory

    definition = _definition(asked)
    issues = _issues(definition, asked["root"])
    if _has_errors(issues):
        return {"issues": issues}
    pipeline, processor = _parsed(definition, asked)
    with TemporaryDirectory() as folder:
        file = Path(folder, f"pipeline.{asked['format']}")
        processor.export(pipeline, asked["format"], str(file), True)
        return {"issues": issues, "text": file.read_text(encoding="utf-8")}


def submit(asked: Answer) -> Answer:
    """Where the pipeline runs that has been handed to its engine."""
    definition = _definition(asked)
    issues = _issues(definition, asked["root"])
    if _has_errors(issues):
        return {"issues": issues}
    pipeline, processor = _parsed(definition, asked)
    _mend_addresses()
    compiled: dict[str, Any] = {}
    _keep_compiled(processor, compiled)
    response = processor.process(pipeline)
    names = {operation.name: id_ for id_, operation in pipeline.operations.items()}
    tasks = compiled.get("root", {}).get("dag", {}).get("tasks", {})
    keys = {key: names.get(task["taskInfo"]["name"], "") for key, task in tasks.items()}
    said = ("run_id", "run_url", "git_url", "object_storage_url", "object_storage_path")
    return {
        "issues": issues,
        "tasks": {**names, **keys},
        **{name: getattr(response, name, None) for name in said},
    }


def login(asked: Answer) -> Answer:
    """The cookies that let somebody into Kubeflow Pipelines, of a configuration with a login."""
    from elyra.pipeline.kfp.kfp_authentication import KFPAuthenticator

    metadata = _runtime(asked["runtime"]).metadata
    found = KFPAuthenticator().authenticate(
        metadata["api_endpoint"].rstrip("/"),
        runtime_config_name=asked["runtime"],
        auth_type_str=metadata.get("auth_type"),
        auth_parm_1=metadata.get("api_username"),
        auth_parm_2=metadata.get("api_password"),
    )
    return {"cookies": found.get("cookies") or ""}


DEEDS = {"validate": validate, "export": export, "submit": submit, "login": login}


def words_of(error: BaseException | None) -> str:
    """What an error and what led to it say, each once."""
    found: list[str] = []
    while error is not None:
        body = getattr(error, "body", None)
        said = " ".join(str(body or error).split()) or type(error).__name__
        if not any(said in each for each in found):
            found.append(said)
        error = error.__cause__
    return " ".join(found)


def _definition(asked: Answer) -> Any:
    """The document, with files as Elyra sees them from the root."""
    from elyra.pipeline.pipeline_definition import PipelineDefinition
    from elyra.pipeline.processor import PipelineProcessorManager

    # Reading a document makes one, too, which takes the working folder for the root.
    PipelineProcessorManager.instance(root_dir=asked["root"])
    # From here on it tells what it does to the pipeline.
    logging.getLogger("traitlets").setLevel(logging.INFO)
    path, runtime = asked["path"], asked["runtime"]
    definition = PipelineDefinition(pipeline_definition=asked["content"])
    for pipeline in definition.pipelines:
        for node in pipeline.nodes:
            file = node.get_component_parameter("filename")
            if file:
                node.set_component_parameter("filename", normpath(join(dirname(path), file)))
    primary = definition.primary_pipeline
    primary.set("name", basename(path).removesuffix(".pipeline"))
    primary.set("source", basename(path))
    primary.set("runtime", _runtime(runtime).schema_name if runtime else "local")
    if runtime:
        primary.set("runtime_config", runtime)
    return definition


def _runtime(name: str) -> Any:
    from elyra.metadata.manager import MetadataManager
    from elyra.metadata.schemaspaces import Runtimes

    return MetadataManager(schemaspace=Runtimes.RUNTIMES_SCHEMASPACE_ID).get(name)


def _issues(definition: Any, root: str) -> list[Answer]:
    from elyra.pipeline.component_catalog import ComponentCache
    from elyra.pipeline.validation import PipelineValidationManager

    nodes = [node for pipeline in definition.pipelines for node in pipeline.nodes]
    known = ComponentCache.get_generic_component_ops()
    if any(node.type == "execution_node" and node.op not in known for node in nodes):
        cache = ComponentCache.instance(emulate_server_app=True)
        cache.load()
        cache.wait_for_all_cache_tasks()
    validator = PipelineValidationManager.instance(root_dir=root)
    found = asyncio.run(validator.validate(definition.to_dict())).to_json()["issues"]
    for issue in found:
        if isinstance(issue["data"], dict) and isinstance(issue["data"].get("value"), str):
            # As people see it: from the root.
            issue["data"]["value"] = issue["data"]["value"].removeprefix(f"{root}/")
    return list(found)


def _has_errors(issues: list[Answer]) -> bool:
    return any(issue["severity"] == 1 for issue in issues)


def _parsed(definition: Any, asked: Answer) -> tuple[Any, Any]:
    """The pipeline as Elyra parses it, and what hands it to its engine."""
    from elyra.pipeline.parser import PipelineParser
    from elyra.pipeline.registry import PipelineProcessorRegistry

    pipeline = PipelineParser(root_dir=asked["root"]).parse(definition.to_dict())
    processor = PipelineProcessorRegistry.instance().get_processor(pipeline.runtime)
    if asked.get("secret"):
        _take_secret(processor, asked["secret"])
    return pipeline, processor


def _take_secret(processor: Any, secret: str) -> None:
    """Have steps get the keys of object storage from a secret of Kubernetes."""
    read = processor._get_metadata_configuration

    def changed(schemaspace: str, name: str | None = None) -> Any:
        found = read(schemaspace, name)
        if name is not None:
            found.metadata.update(cos_auth_type="KUBERNETES_SECRET", cos_secret=secret)
        return found

    processor._get_metadata_configuration = changed


def _mend_addresses() -> None:
    """Elyra fails at an address with a port, when the DAG has been committed already."""
    from elyra.util.github import GithubClient

    told = GithubClient.get_git_url

    def mended(api_url: str, repository_name: str, repository_branch: str) -> str:
        try:
            return str(told(api_url, repository_name, repository_branch))
        except TypeError:
            parts = urlsplit(api_url)
            host = f"{parts.scheme}://{parts.netloc}"
            return f"{host}/{repository_name}/tree/{repository_branch}"

    GithubClient.get_git_url = staticmethod(mended)


def _keep_compiled(processor: Any, into: dict[str, Any]) -> None:
    """Keep what is handed to Kubeflow Pipelines: it names tasks in its own way."""
    compile_dsl = getattr(processor, "_compile_pipeline_dsl", None)
    if compile_dsl is None:
        return

    def compile_and_keep(dsl: str, engine: Any, file: str, conf: Any) -> None:
        import yaml

        compile_dsl(dsl, engine, file, conf)
        into.update(next(yaml.safe_load_all(Path(file).read_text(encoding="utf-8"))))

    processor._compile_pipeline_dsl = compile_and_keep


if __name__ == "__main__":
    main()
