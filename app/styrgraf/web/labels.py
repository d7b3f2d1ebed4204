"""What pages call things: as all floors do."""

from styrgraf.governance.labels import load_labels

__all__ = ["load_labels"]
