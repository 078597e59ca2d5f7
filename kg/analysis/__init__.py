"""Pure functions of the network: graph first, input untouched."""

from kg.analysis.brokers import default_pair, find_brokers
from kg.analysis.encode import to_json
from kg.analysis.measures import analyse
from kg.analysis.paths import find_paths

__all__ = ["analyse", "default_pair", "find_brokers", "find_paths", "to_json"]
