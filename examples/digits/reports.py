"""What leaves the notebooks: numbers for machines, lines for people."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_metrics(path: Path, metrics: Mapping[str, object]) -> None:
    """Write the metrics so that two runs can be compared with a diff."""
    path.write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def write_predictions(path: Path, digits: Sequence[int], certainty: Sequence[float]) -> None:
    """Write one line a sample: its number, the digit, how sure the model is."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["sample", "digit", "certainty"])
        for sample, (digit, sure) in enumerate(zip(digits, certainty, strict=True)):
            writer.writerow([sample, digit, f"{sure:.4f}"])
