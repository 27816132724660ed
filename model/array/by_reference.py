"""Tables are handed to the parts of a day by reference.

numba hands a named tuple over by value: each array of it as half a dozen numbers, some six hundred at every
call of a part, and there are hundreds of these. It spent most of the time of compiling on them. By reference
it is one. The tuple lies on the stack of the loop that calls, and every part becomes one with that loop, so
that nothing is left of the reference in what is run.
"""

import hashlib
from typing import Any

import numba
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, register_model


class Reference(types.Type):
    """A reference to a named tuple; its fields are those of the tuple, tuples among them again by reference.

    of: numba's type of the tuple.
    """

    def __init__(self, of: Any) -> None:
        self.of = of
        alike = hashlib.sha256(str(of).encode()).hexdigest()[:12]
        super().__init__(name=f"{of.instance_class.__name__}_{alike}")

    @property
    def instance_class(self) -> type:
        """The class of the tuple."""
        cls: type = self.of.instance_class
        return cls


@register_model(Reference)
class _AsPointer(models.PrimitiveModel):
    """A pointer to the tuple as values."""

    def __init__(self, manager: Any, kind: Reference) -> None:
        super().__init__(manager, kind, manager.lookup(kind.of).get_value_type().as_pointer())


@infer_getattr
class _Fields(AttributeTemplate):
    key = Reference

    def generic_resolve(self, reference: Any, name: Any) -> Any:  # type: ignore[override]
        if name not in reference.of.fields:
            return None
        field = reference.of[reference.of.fields.index(name)]
        return Reference(field) if isinstance(field, types.BaseNamedTuple) else field


@lower_getattr_generic(Reference)
def _read_field(context: Any, builder: Any, kind: Reference, pointer: Any, name: str) -> Any:
    at = kind.of.fields.index(name)
    field = cgutils.gep_inbounds(builder, pointer, 0, at)
    return field if isinstance(kind.of[at], types.BaseNamedTuple) else builder.load(field)


def _by_reference(context: Any, of: Any) -> Any:
    if isinstance(of, Reference):
        return of(of), lambda context, builder, signature, arguments: arguments[0]

    def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (value,) = arguments
        place = cgutils.alloca_once(builder, value.type)
        builder.store(value, place)
        return place

    return Reference(of)(of), lower


def _as_it_is(of: Any) -> Any:
    """Python hands everything over by reference."""
    return of


by_reference: Any = _as_it_is if numba.config.DISABLE_JIT else intrinsic(_by_reference)  # type: ignore[attr-defined]
"""In a compiled loop: a reference to a named tuple, valid until the next one is made in its place."""
