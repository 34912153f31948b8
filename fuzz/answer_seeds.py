"""Short valid answers of programs and services."""

from __future__ import annotations

import json

from .notebook_seeds import PIPFILE_LOCK

RUNTIME = json.dumps(
    {
        "display_name": "Cluster",
        "schema_name": "kfp",
        "metadata": {
            "runtime_type": "KUBEFLOW_PIPELINES",
            "api_endpoint": "https://kfp.example/pipeline",
            "cos_endpoint": "https://s3.example:9000",
            "cos_bucket": "bucket",
            "cos_password": "x",
            "tags": [],
        },
    }
)
OSV = json.dumps(
    {
        "schema_version": "1.7.0",
        "id": "GHSA-aaaa-bbbb-cccc",
        "aliases": ["CVE-2026-1"],
        "summary": "bad",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "numpy"},
                "ranges": [
                    {
                        "type": "ECOSYSTEM",
                        "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"last_affected": "3"}],
                    }
                ],
                "versions": ["1.0", "1.1"],
                "ecosystem_specific": {"severity": "HIGH"},
            }
        ],
        "references": [{"type": "WEB", "url": "https://example.org"}],
        "database_specific": {"severity": "CRITICAL"},
    }
)
GIT_CLIFF = (
    '{"id": "abc", "raw_message": "feat(x)!: say more (#12)\\n\\nBREAKING CHANGE: all", '
    '"breaking": true, "merge_commit": false}\n'
    '{"id": "abd", "raw_message": "Merge pull request #3 from me/fix\\n\\nfix: this"}\n'
)
S3_LIST = (
    '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.example/2006/">'
    "<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken><Contents>"
    "<Key>a/b</Key><Size>12</Size><LastModified>2026-11-22T00:00:00.000Z</LastModified>"
    "</Contents></ListBucketResult>"
)
S3_ERROR = "<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>"
SIMPLE_JSON = json.dumps(
    {
        "meta": {"api-version": "1.1"},
        "name": "demo",
        "files": [
            {
                "filename": "demo-1.0-py3-none-any.whl",
                "url": "demo-1.0-py3-none-any.whl",
                "hashes": {"sha256": "00"},
                "requires-python": ">=3.8",
                "yanked": "bad",
                "size": 12,
                "upload-time": "2026-11-22T00:00:00.000000Z",
            }
        ],
    }
)
SIMPLE_HTML = (
    '<!DOCTYPE html><html><head><base href="/files/"></head><body>'
    '<a href="demo-1.0.tar.gz#sha256=00" data-requires-python="&gt;=3.8" data-yanked>demo</a>'
)
ADVICE = json.dumps(
    {
        "error": False,
        "error_msg": None,
        "parameters": {},
        "report": {
            "products": [
                {
                    "project": {"requirements_locked": json.loads(PIPFILE_LOCK)},
                    "justification": [
                        {"type": "INFO", "message": "m", "link": "https://a.example"}
                    ],
                }
            ],
            "stack_info": [{"type": "WARNING", "message": "m"}],
        },
    }
)
UV_FAILURE = """\
  x No solution found when resolving dependencies:
  `-> Because there is no version of numpy==99 and you require numpy==99, we can conclude
      that your requirements are unsatisfiable.
error: Failed to fetch: `https://index.example/simple/numpy/`
  Caused by: HTTP status client error (404 Not Found)
"""
UV_AUDIT = json.dumps(
    {
        "summary": {"audited_packages": 1, "vulnerabilities": 1},
        "vulnerabilities": [
            {
                "dependency": {"name": "numpy", "version": "1.0"},
                "id": "PYSEC-1",
                "aliases": ["CVE-1"],
                "summary": "s",
                "fix_versions": ["2"],
            }
        ],
    }
)
THAMOS = """\
2026-11-22 00:00:00,000 - INFO - thamos.lib:1 - Successfully submitted advise analysis
Traceback (most recent call last):
  File "x.py", line 1, in <module>
thamos.exceptions.ServiceError: (400) Reason: Bad Request
HTTP response body: {"error": "no"}
"""
COMPILED = """\
--index-url https://index.example/simple

certifi==2025.1.1 \\
    --hash=sha256:11
    # via requests
    # from https://index.example/simple
requests[socks]==2.32.3 ; python_version < '4' \\
    --hash=sha256:22
"""
