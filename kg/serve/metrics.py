"""What ``/metrics`` tells, in the text format of Prometheus."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.pool import Pool

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The numbers of one server."""

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_PoolCollector(pool))
        self._requests = Counter(
            "kg_http_requests", "Requests by route, method and status.",
            ("route", "method", "status"), registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "kg_http_request_seconds", "Time from the request to the end of the answer, by route.",
            ("route",), buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Note a request that is over."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All numbers as they are now."""
        return generate_latest(self._registry)


class _PoolCollector:
    """Reads the pool's numbers when they are asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        pool, counts = self._pool, self._pool.counts
        for name, said, value in (
            ("kg_queries_waiting", "Queries that wait for a process.", pool.waiting),
            ("kg_queries_slow", "Long queries that run at the lowest priority.", pool.slow),
            ("kg_workers", "Worker processes.", len(pool.processes)),
        ):
            yield GaugeMetricFamily(name, said, value)
        for name, said, value in (
            ("kg_queries_answered", "Queries that were answered.", counts.answered),
            ("kg_queries_too_slow", "Queries stopped at the time limit.", counts.too_slow),
            ("kg_queries_busy", "Queries refused as there was no place.", counts.busy),
            ("kg_queries_left", "Queries ended as their client left.", counts.left),
            ("kg_workers_started", "Worker processes started.", counts.started),
        ):
            yield CounterMetricFamily(name, said, value)


class Measured:
    """Middleware that counts and times each request under the name of its route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.metrics.count(route, method, status, time.perf_counter() - started)


_METHODS = frozenset(("GET", "HEAD", "POST", "DELETE", "OPTIONS"))
