"""The lines of the cells that write and read artifacts that are about random generators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.split import Generator

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITE_STATES: Mapping[Generator, str] = {
    Generator.PYTHON: """\
    if "random" in generators and "random" in _sys.modules:
        variables["state of random"] = _sys.modules["random"].getstate()
""",
    Generator.NUMPY: """\
    if "numpy" in generators and "numpy" in _sys.modules:
        variables["state of numpy"] = _sys.modules["numpy"].random.get_state(legacy=False)
""",
    Generator.TORCH: """\
    torch = _sys.modules.get("torch") if "torch" in generators else None
    if torch:
        devices = torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else []
        tensors = [torch.get_rng_state(), *devices]
        variables["state of torch"] = [bytes(tensor.tolist()) for tensor in tensors]
""",
    # Seeds of operations are drawn from it; tensorflow has no public name for its state.
    Generator.TENSORFLOW: """\
    if "tensorflow" in generators and "tensorflow" in _sys.modules:
        context = __import__("tensorflow.python.eager.context", fromlist=["context"]).context()
        if context._seed is not None:
            variables["state of tensorflow"] = [context._seed, context._rng.getstate()]
""",
}
"""What ``_write_step`` does for each generator: its state is one more variable."""

READ_STATES: Mapping[Generator, str] = {
    Generator.PYTHON: """\
    if "state of random" in values:
        __import__("random").setstate(values["state of random"])
""",
    Generator.NUMPY: """\
    if "state of numpy" in values:
        __import__("numpy").random.set_state(values["state of numpy"])
""",
    Generator.TORCH: """\
    if "state of torch" in values:
        torch = __import__("torch")
        first, *devices = [
            torch.tensor(list(state), dtype=torch.uint8) for state in values["state of torch"]
        ]
        torch.set_rng_state(first)
        if devices:
            torch.cuda.set_rng_state_all(devices)
""",
    Generator.TENSORFLOW: """\
    if "state of tensorflow" in values:
        seed, state = values["state of tensorflow"]
        __import__("tensorflow").random.set_seed(seed)
        context = __import__("tensorflow.python.eager.context", fromlist=["context"]).context()
        context._rng.setstate(state)
""",
}
"""What ``_read_step`` does for each generator: it goes on where it was."""
