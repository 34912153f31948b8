"""Runs a notebook as a step of a pipeline: ``run_one_step.py ROOT FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.step_runs import ChildStepRuns
from aidevsecops_ext.app.run_ports import StepPlace, StepWork
from aidevsecops_ext.app.run_stop import RunStop, StepGate
from aidevsecops_ext.app.verification_ports import KernelStart
from aidevsecops_ext.domain.pipeline import NodeKind

root, file = Path(sys.argv[1]), sys.argv[2]
gate = StepGate()
gate.open()
work = StepWork(
    NodeKind.NOTEBOOK,
    file,
    (root / file).read_text(),
    StepPlace("out.ipynb", "out.log"),
    KernelStart(sys.executable),
)
ChildStepRuns(root, KernelEnvironments()).run(work, gate, lambda *_: None, RunStop())
