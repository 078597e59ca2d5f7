"""The training loop: a plan of batches, a rate that rises and falls, checkpoints on the way.

A run that is stopped goes on from its checkpoint and ends with the same weights as one that was
not stopped: batches are planned ahead, and the state of the random numbers is saved too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.errors import InputError
from kg.files import replacing
from kg.training.batches import Batch
from kg.training.network import Encoder

Progress = Callable[[int, int, float], None]
Group = dict[str, Any]

_WARM_UP = 0.05
_SAVE_EVERY = 200
_WORTH_COMPILING = 500


class Trainer:
    """One run over *plan*: *loss_of* gives the loss of a batch, *groups* the parameters.

    Each group names its ``peak`` rate. ``average`` is the exponential moving average of the
    module's weights, the newest counting 1 - *keep*; with no *keep* it stays empty.

    *harder* gives the embedding that a batch learns from once more, moved by 1 to where its loss
    grows most, or None (the fast gradient method, Miyato et al. 2017, arXiv:1605.07725).
    """

    def __init__(
        self,
        module: nn.Module,
        plan: list[Batch],
        loss_of: Callable[[Batch], Tensor],
        groups: Iterable[Group],
        keep: float | None = None,
        harder: Callable[[Batch], Tensor | None] = lambda _: None,
    ) -> None:
        self.module, self.plan, self.loss_of, self.keep = module, plan, loss_of, keep
        self.harder = harder
        self.optimiser = torch.optim.AdamW(list(groups), betas=(0.9, 0.98))
        self.average: dict[str, Tensor] = {}
        if keep is not None:
            self.average = {k: v.detach().clone() for k, v in module.state_dict().items()}
        self.done = 0

    def run(self, checkpoint: Path, progress: Progress | None = None) -> None:
        """Go on from *checkpoint*, if it is there, to the end of the plan; saved on the way.

        Raises InputError if it is of another plan: its steps would not be those that follow.
        """
        if checkpoint.exists():
            self._restore(torch.load(checkpoint), checkpoint)
        self.module.train()
        while self.done < len(self.plan):
            loss = self._step(self.plan[self.done])
            self.done += 1
            if self.done % _SAVE_EVERY == 0 or self.done == len(self.plan):
                self._save(checkpoint)
            if progress:
                progress(self.done, len(self.plan), loss)

    def _step(self, batch: Batch) -> float:
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate_at(self.done / len(self.plan))
        loss = self.loss_of(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        if (table := self.harder(batch)) is not None:
            self._learn_from_worse(batch, table)
        nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self._keep_average()
        return loss.item()

    def _learn_from_worse(self, batch: Batch, table: Tensor) -> None:
        """Add the gradient of *batch* where *table* is moved against it."""
        where = table.grad
        assert where is not None
        kept = table.detach().clone()
        with torch.no_grad():
            table.add_(where / where.norm().clamp(min=1e-12))
        self.loss_of(batch).backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            table.copy_(kept)

    @torch.no_grad()
    def _keep_average(self) -> None:
        keep = min(self.keep or 0.0, (1 + self.done) / (10 + self.done))
        weights = self.module.state_dict()
        for name, value in self.average.items():
            value.lerp_(weights[name], 1 - keep)

    def _save(self, checkpoint: Path) -> None:
        state = {
            "module": self.module.state_dict(), "average": self.average, "done": self.done,
            "plan": self._digest(),
            "optimiser": self.optimiser.state_dict(), "random": torch.get_rng_state(),
            "random_cuda": torch.cuda.get_rng_state_all(),
        }  # fmt: skip
        with replacing(checkpoint) as waiting:
            torch.save(state, waiting)

    def _digest(self) -> str:
        """Of batches and rates: what a run that is gone on with must have in common."""
        peaks = [group["peak"] for group in self.optimiser.param_groups]
        twice = [self.harder(batch) is not None for batch in self.plan]
        return hashlib.sha256(repr((self.plan, peaks, twice)).encode()).hexdigest()

    def _restore(self, state: dict[str, Any], checkpoint: Path) -> None:
        if state.get("plan") != self._digest():
            raise InputError(
                f"{checkpoint} is of a run with another configuration or other data: "
                "delete it or give another folder"
            )
        self.module.load_state_dict(state["module"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average, self.done = state["average"], state["done"]
        torch.set_rng_state(state["random"].cpu())
        torch.cuda.set_rng_state_all(state["random_cuda"])


def rate_at(done: float) -> float:
    """The share of the peak rate when *done* in [0, 1] of the plan is: up, then down in a line."""
    return min(done / _WARM_UP, 1.0) * (1.0 - done) + 1e-3


def half_precision(device: str) -> torch.autocast:
    """Products in bfloat16 within, where *device* can; a CPU that cannot takes 10 × as long."""
    able = device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.autocast(device, dtype=torch.bfloat16, enabled=able)


def compiled(encoder: Encoder, steps: int) -> Callable[[Tensor], Tensor]:
    """The *encoder*, compiled where the run is long enough to earn the minutes that it takes."""
    return torch.compile(encoder, dynamic=False) if steps > _WORTH_COMPILING else encoder
