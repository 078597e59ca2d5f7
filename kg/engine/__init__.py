"""How to run a pure function over many inputs: in this process, or on a cluster.

    base        the protocol, and what comes back
    inprocess   one after the other, in this process
    dask        on local worker processes or a cluster, by Dask distributed
    quiet       what local workers load first
    limits      a budget of time for one input

An engine knows nothing of what the function does. Begin with ``base``.
"""

from kg.engine.base import Engine, Outcome
from kg.engine.inprocess import InProcess
from kg.engine.limits import TimeIsUp, time_limit

__all__ = ["Engine", "InProcess", "Outcome", "TimeIsUp", "time_limit"]
