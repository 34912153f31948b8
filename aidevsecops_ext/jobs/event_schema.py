"""Where the schema of job events is; apart, because a server needs it before it has any job."""

from __future__ import annotations

from pathlib import Path

SCHEMA_ID = "https://schema.aidevsecops.example/job/v1"
SCHEMA_PATH = Path(__file__).parent / "event_schemas" / "job" / "v1.yaml"
