"""Libraries that only studies need: linli works without them until they are asked for."""

import importlib
import warnings
from typing import Any

from linli.model.errors import InputError


def library(module: str, purpose: str) -> Any:
    """A module of the extra `study`, or an InputError that says how to get it."""
    try:
        with warnings.catch_warnings():
            # ema_workbench warns of runners that it could use and that we do not want
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ModuleNotFoundError:
        package = module.partition(".")[0]
        raise InputError(f"{purpose} needs {package}: install linli with its extra 'study'") from None
