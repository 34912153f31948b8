from __future__ import annotations

import pytest

from tests.kits.plans import codes_of, plan


@pytest.mark.parametrize(
    "steps",
    [
        ("open('a.txt', 'w').write('1')", "print(open('a.txt').read())"),
        ("import pandas as pd\nx = pd.DataFrame()\nx.to_csv('a.csv')", "pd.read_csv('./a.csv')"),
        ("path = 'a'\nopen(path + '.txt', mode='w')", "name = 'a'\nopen(f'{name}.txt')"),
        (
            "from pathlib import Path\nDATA = Path('d')\n(DATA / 'a').write_text('1')",
            "(Path('d') / 'a').read_text()",
        ),
        ("import numpy as np\nnp.savez('a.npz', [1])", "import numpy as np\nnp.load('a.npz')"),
        ("import joblib\njoblib.dump(1, 'a')", "import joblib\njoblib.load('a')"),
        ("!wget -O a.csv http://x", "open('a.csv')"),
        ("!echo 1 > a", "!wc < a"),
        ("%%writefile a.py\nx = 1", "open('a.py')"),
        ("open('a')", "open('a', 'w')"),
        ("open('a', 'w')", "open('a', 'w')"),
        ("import shutil\nopen('a', 'w')", "shutil.copy('a', 'b')"),
        ("!cp b a", "!cat ./a"),
        ("!make", "open('a')"),
        ("import os\nopen(os.listdir()[0], 'w')", "open('a')"),
        ("open('a', 'w')", "import os\nopen(os.listdir()[0])"),
        ("open('a')", "!make"),
        ("def save():\n    open('a', 'w')", "save()", "open('a')"),
        ("from pathlib import Path\nopen('a', 'w')", "Path('a').open().read()"),
        ("%%bash\nmake", "open('a')"),
        ("!make 'a > b", "open('b')"),
        ("open('a', 'w')\nopen('a')", "open('a')\nopen('a', 'w')\nopen('a', 'w')"),
        ("import os\nopen(os.path.join('d', 'a'), 'w')", "open('d/a')"),
    ],
)
def test_plan_keeps_the_order_of_steps_that_use_the_same_file(steps: tuple[str, ...]) -> None:
    found = plan(*steps)

    pair = (f"s{len(steps) - 2}", f"s{len(steps) - 1}")
    edge = next(edge for edge in found.edges if (edge.source, edge.target) == pair)
    assert edge.reasons
    assert found.steps[-1].upstream[-1] == pair[0]


def test_plan_leaves_apart_steps_that_use_different_files() -> None:
    found = plan(
        "open('a', 'w')",
        "open('b')",
        "import io\nopen('https://x')",
        "!ls",
        "%%writefile",
        "import io, pandas as pd\nbuffer = io.StringIO()\npd.DataFrame().to_csv(buffer)",
        "import pandas as pd\npd.DataFrame().to_csv()",
        "path = f'{__name__}.txt' + (1 if __name__ else 2)",
        "open = len\nx = '%s' % open([])",
    )

    assert found.edges == ()
    assert (found.steps[0].files.writes, found.steps[1].files.reads) == (("a",), ("b",))


def test_plan_tells_of_paths_that_are_not_written_down() -> None:
    assert codes_of(plan("import sys\nopen(sys.argv[1])", "x = 1")) == ["files.unknown-path"]
