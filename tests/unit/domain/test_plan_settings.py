"""What steps repeat of what was set for all that follows, and what they need for it."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.split import PlannedStep, SplitCode, SplitPlan
from tests.kits.plans import codes_of, plan

MAGIC = "%matplotlib inline"


def settings_of(step: PlannedStep) -> list[str]:
    return [fragment.source for fragment in step.settings]


def modules_of(step: PlannedStep) -> set[str]:
    return {module.module for module in step.modules}


def lost(found: SplitPlan) -> list[str]:
    """What the warnings say of settings that later steps do without."""
    code = SplitCode.SETTING_DEPENDS
    return [warning.message for warning in found.warnings if warning.code is code]


@pytest.mark.parametrize(
    "source",
    [
        "frame.plot.bar()",
        "frame['a'].hist(bins=3)",
        "pd.plotting.scatter_matrix(frame)",
        "ConfusionMatrixDisplay(frame).plot()",
        "RocCurveDisplay.from_predictions(frame, frame)",
        "show()",
        "lgb.plot_importance(frame)",
    ],
)
def test_plan_has_a_step_that_draws_with_pandas_and_the_like_need_matplotlib(source: str) -> None:
    found = plan(
        "import pandas as pd\nimport lightgbm as lgb\n"
        "from sklearn.metrics import ConfusionMatrixDisplay, RocCurveDisplay\n"
        f"{MAGIC}\nframe = pd.DataFrame()\ndef show():\n    frame.plot()",
        source,
    )

    assert settings_of(found.steps[1]) == [MAGIC]
    assert "matplotlib" in modules_of(found.steps[1])


@pytest.mark.parametrize("source", ["print(frame)", "frame.mean()", "np.hist"])
def test_plan_spares_a_step_matplotlib_when_it_does_not_draw(source: str) -> None:
    found = plan(
        f"import numpy as np\nimport pandas as pd\n{MAGIC}\nframe = pd.DataFrame()", source
    )

    assert settings_of(found.steps[1]) == []
    assert "matplotlib" not in modules_of(found.steps[1])


def test_plan_has_the_step_that_asks_for_matplotlib_need_it() -> None:
    found = plan(f"{MAGIC}\nx = 1", "print(x)")

    assert [modules_of(step) for step in found.steps] == [{"matplotlib"}, set()]


def test_plan_keeps_the_pictures_of_what_is_no_library_to_itself() -> None:
    found = plan(f"{MAGIC}\nclass Robot:\n    def plot(self):\n        return 1", "Robot().plot()")

    assert settings_of(found.steps[1]) == []
    assert codes_of(found) == []


@pytest.mark.parametrize(
    "setting",
    [
        "if verbose:\n    logging.basicConfig(level=10)\nelse:\n    logging.basicConfig(level=20)",
        "if verbose:\n    logging.getLogger('x').setLevel(10)\nelif os.name:\n    pass",
        "try:\n    locale.setlocale(0, 'C')\nexcept ValueError:\n    pass",
        "if verbose:\n    if os.name:\n        os.environ['A'] = '1'",
        "if verbose:\n    %env A=1",
        "if verbose:\n    del os.environ['A']",
        "with suppress(KeyError):\n    del os.environ['A']",
        "with contextlib.suppress(KeyError, ValueError):\n    os.environ['A'] = '1'",
    ],
)
def test_plan_repeats_a_block_that_only_sets(setting: str) -> None:
    head = "import contextlib, locale, logging, os\nfrom contextlib import suppress\nverbose = 1"

    found = plan(f"{head}\n{setting}", "print(1)")

    assert settings_of(found.steps[1]) == [setting]
    assert found.steps[1].inputs == (("verbose",) if "verbose" in setting else ())
    assert lost(found) == []


def test_plan_repeats_a_definition_that_a_library_is_given_where_that_is_used() -> None:
    setting = "@pd.api.extensions.register_series_accessor('a')\nclass Own:\n    pass"

    found = plan(f"import pandas as pd\n{setting}", "print(1)", "print(pd.Series().a)")

    assert [settings_of(step) for step in found.steps[1:]] == [[], [setting]]


def test_plan_repeats_a_handler_of_a_signal() -> None:
    setting = "signal.signal(signal.SIGUSR1, print)"

    assert settings_of(plan(f"import signal\n{setting}", "print(1)").steps[1]) == [setting]


def test_plan_repeats_a_block_that_sets_for_one_library_where_that_is_used() -> None:
    setting = "if x:\n    pd.set_option('a', 1)\nelse:\n    pd.set_option('a', 2)"

    found = plan(f"import pandas as pd\nx = 1\n{setting}", "print(1)", "pd.DataFrame()")

    assert [settings_of(step) for step in found.steps[1:]] == [[], [setting]]


def test_plan_repeats_for_all_a_block_that_sets_for_several_libraries() -> None:
    setting = "if x:\n    pd.set_option('a', 1)\n    np.seterr(all='ignore')"

    found = plan(f"import numpy as np\nimport pandas as pd\nx = 1\n{setting}", "print(1)")

    assert settings_of(found.steps[1]) == [setting]


@pytest.mark.parametrize(
    "setting",
    [
        "if x:\n    logging.basicConfig(level=10)\n    print('verbose')",
        "for name in ['a']:\n    os.environ[name] = '1'",
        "if x:\n    def f():\n        pass\n    os.chdir('a')",
        "match x:\n    case 1:\n        os.chdir('a')",
        "if x:\n    %env A=1\n    !ls",
        "def setup():\n    logging.basicConfig()\nsetup()",
        "with open('a') as file:\n    os.environ['A'] = file.read()",
        "def setup():\n    os.environ['A'] = '1'\nsetup()",
        "def setup():\n    import os as system, os\n    os.environ['A'] = '1'\nsetup()",
        "def inner():\n    os.environ['A'] = '1'\ndef setup():\n    inner()\nsetup()",
        "from mine import rows\ndef note():\n    rows.append(1)\nnote()",
        "class Setup:\n    def __init__(self):\n        os.environ['A'] = '1'\nmade = Setup()",
    ],
)
def test_plan_warns_of_settings_that_nobody_can_repeat(setting: str) -> None:
    found = plan(f"import logging, os\nx = 1\n{setting}", "import mine\nprint(mine.rows)")

    assert settings_of(found.steps[1]) == []
    assert ["does other things too" in message for message in lost(found)] == [True]


@pytest.mark.parametrize(
    "source",
    [
        "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')",
        "if x:\n    with warnings.catch_warnings():\n        warnings.simplefilter('ignore')",
        "if x:\n    y = os.getcwd()",
        "def setup():\n    os.chdir('a')\nsetup",
        "def run():\n    print(os.getcwd())\nrun()",
        "with open('a') as file:\n    x = os.getcwd()",
        "def setup():\n    os.environ['A'] = '1'",
    ],
)
def test_plan_keeps_to_its_step_what_sets_nothing_for_others(source: str) -> None:
    found = plan(f"import os, warnings\nx = 1\n{source}", "print(1)")

    assert settings_of(found.steps[1]) == []
    assert lost(found) == []


@pytest.mark.parametrize(
    "setting",
    [
        "%alias say echo",
        "get_ipython().run_line_magic('precision', '3')",
        "get_ipython().magic('%env A=1')",
        "import IPython\nIPython.get_ipython().run_line_magic('env', 'A=1')",
        "import decimal\ndecimal.getcontext().prec = 5",
        "shell = get_ipython\nshell.run_line_magic('env', 'A=1')",
    ],
)
def test_plan_repeats_what_sets_something_of_the_kernel(setting: str) -> None:
    found = plan(setting, "print(1)")

    assert [each.source for each in found.steps[1].settings] == [setting.splitlines()[-1]]


def test_plan_passes_over_what_only_looks_like_a_magic() -> None:
    found = plan(
        "get_ipython().run_line_magic()\nget_ipython().set_next_input('x')",
        "get_ipython().run_cell_magic('time', '', 'x = 1')",
        "%env A=1\nget_ipython.x = 2",
        "!echo 'get_ipython' (",
    )

    assert [each.source for each in found.steps[3].settings] == ["%env A=1"]


def test_plan_sets_up_loggers_and_handlers_again() -> None:
    setup = [
        "log = logging.getLogger('x')",
        "handler = logging.StreamHandler(sys.stdout)",
        "handler.setFormatter(logging.Formatter('%(message)s'))",
        "log.addHandler(handler)",
        "log.propagate = False",
    ]

    found = plan("\n".join(["import logging, sys", *setup]), "log.info('x')")

    assert [each.source for each in found.steps[1].settings] == setup
    assert found.steps[1].inputs == ("log",)


@pytest.mark.parametrize(
    "change",
    ["log.info('x')", "log.level", "if log:\n    log.setLevel(1)", "x = log.setLevel(1)"],
)
def test_plan_sets_up_no_logger_by_what_only_uses_it(change: str) -> None:
    found = plan(f"import logging\nlog = logging.getLogger('x')\n{change}", "log.info('y')")

    assert found.steps[1].settings == ()


def test_plan_takes_what_is_called_like_a_setting_of_a_logger_for_what_it_is() -> None:
    found = plan("class A:\n    pass\na = A()\na.setLevel(1)\nb.setLevel(2)", "print(a)")

    assert found.steps[1].settings == ()


def test_plan_has_a_step_define_the_magics_that_it_uses() -> None:
    define = (
        "from IPython.core.magic import register_line_magic\n"
        "greeting = 'hi'\n"
        "@register_line_magic\ndef hello(line):\n    return greeting + line"
    )

    found = plan(define, "x = %hello Bob")

    assert [each.name for each in found.steps[1].definitions] == ["hello"]
    assert found.steps[1].inputs == ("greeting",)


@pytest.mark.parametrize(
    "change",
    [
        "mine.rows.append(1)",
        "for row in [1]:\n    mine.rows.append(row)",
        "rows = mine.rows\nrows.append(1)",
        "from mine import rows\nrows.update({1})",
    ],
)
def test_plan_warns_of_what_modules_hold(change: str) -> None:
    found = plan(f"import mine\n{change}", "import mine\nprint(mine.rows)", "print(1)")

    line = len(change.splitlines()) + 1 - change.startswith("for")
    warned = [each for each in found.warnings if each.code is SplitCode.SETTING_DEPENDS]
    assert settings_of(found.steps[1]) == []
    assert [(each.cell, each.line) for each in warned] == [(0, line)]
    assert "what the module mine holds" in warned[0].message


@pytest.mark.parametrize(
    "change", ["mine.append(1)", "mine.rows.count(1)", "mine.Rows().append(1)", "sys.x.append(1)"]
)
def test_plan_is_quiet_about_what_no_module_holds(change: str) -> None:
    found = plan(f"import mine, sys\n{change}", "import mine\nprint(mine.rows)")

    assert lost(found) == []
