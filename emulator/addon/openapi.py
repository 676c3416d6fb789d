"""API Gateway without a validator of OpenAPI documents: moto's CloudFormation imports API Gateway, which imports the validator.

Debian's packages for older Pythons lack it. CloudFormation must still work; only the import of an OpenAPI document does not.
"""

from __future__ import annotations

import importlib.util
import sys
import types
from typing import Any

from .registry import patch

patch(
    "cloudformation", "all operations",
    "moto cannot load it where Python has no openapi_spec_validator; only imports of OpenAPI documents fail then",
)


class _Unavailable(Exception):
    """Replaces the validator's exception; never raised, because nothing is validated."""


def _validate(*_arguments: Any, **_named: Any) -> None:
    raise NotImplementedError("OpenAPI documents cannot be validated: openapi_spec_validator is not installed")


def _works() -> bool:
    if importlib.util.find_spec("openapi_spec_validator") is None:
        return False
    try:
        importlib.import_module("openapi_spec_validator")
    except ImportError:
        return False
    return True


if not _works():
    _names = ["openapi_spec_validator", "openapi_spec_validator.validation", "openapi_spec_validator.validation.exceptions"]
    for _name in _names:
        sys.modules[_name] = types.ModuleType(_name)
    sys.modules[_names[0]].validate = sys.modules[_names[0]].validate_spec = _validate  # type: ignore[attr-defined]
    sys.modules[_names[2]].OpenAPIValidationError = _Unavailable  # type: ignore[attr-defined]
