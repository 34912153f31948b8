"""A Jupyter server on a temporary folder for the browser tests; token and XSRF checks stay on."""

import os
from pathlib import Path

c = get_config()  # noqa: F821 - Jupyter defines it when it reads this file
home = Path(os.environ["UI_HOME"])

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["UI_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.base_url = os.environ["UI_BASE_URL"]
c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
c.ServerApp.root_dir = os.environ["UI_ROOT"]
c.IdentityProvider.token = os.environ["UI_TOKEN"]
c.LabApp.workspaces_dir = str(home / "workspaces")
c.LabApp.user_settings_dir = str(home / "settings")
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.expose_app_in_browser = True
c.JupyterNotebookApp.expose_app_in_browser = True
# An index that never answers is to be cancelled by the tests, not given up by us.
c.AidevsecopsExtension.index_timeout = 120.0
# A test may type names, but only an index of its own is asked for all of its names.
c.AidevsecopsExtension.package_list_hours = float(os.environ.get("UI_PACKAGE_LIST_HOURS", "0"))
c.AidevsecopsExtension.advisory_service = os.environ["UI_ADVISORY_SERVICE"]
c.ServerApp.jpserver_extensions = {"aidevsecops_ext": bool(os.environ["UI_EXTENSION"])}
# Beside the extension for Git there is that for collaboration, which saves by itself what is open.
c.YDocExtension.disable_rtc = bool(os.environ.get("UI_ALONE"))
