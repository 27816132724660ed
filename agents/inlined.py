"""How a part of a compiled loop is compiled: as far as its callers need it, and no further.

A part becomes one with whatever calls it, so that machine code of its own would never run. numba makes it all
the same, for each of some four hundred functions. Here the way ends with the code that callers take in.
"""

from typing import Any

from numba._dynfunc import make_function
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


class _OnlyForCallers(JITCodeLibrary):
    """The code of a part, which callers link and which is never loaded."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Callers do."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerForCallers(NativeLowering):
    _name = "lowering_for_callers"

    def run_pass(self, state: Any) -> bool:
        state.library = library = _OnlyForCallers(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        library.finalize()
        lowered = state["cr"]
        name = state.func_id.func_name
        no_door = make_function(lowered.fndesc.lookup_module(), name, "", 0, lowered.env, (library,))
        state.targetctx.insert_user_function(no_door, lowered.fndesc, [library])
        state["cr"] = lowered._replace(cfunc=no_door)
        return True


class ForCallers(CompilerBase):
    """numba's own way of compiling, without its last step."""

    def define_pipelines(self) -> list[Any]:
        """The passes."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.passes = [
            (_LowerForCallers if step is NativeLowering else step, what) for step, what in passes.passes
        ]
        return [passes]


class Rule(CPUDispatcher):
    """A function that Python calls by its door, and compiled code as a part.

    of: the function; alone, inside: numba's options for the one and for the other.
    """

    def __init__(self, of: Any, alone: dict[str, Any], inside: dict[str, Any]) -> None:
        super().__init__(of, targetoptions={"nopython": True, **alone})
        self._part = CPUDispatcher(of, targetoptions={"nopython": True, **inside}, pipeline_class=ForCallers)

    @property
    def _numba_type_(self) -> Any:
        return types.Dispatcher(self._part)
