"""The application: its routes and what stands around them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.serve import negotiate as media
from kg.serve.asking import ask
from kg.serve.follow import Follower
from kg.serve.front import Front, expand
from kg.serve.metrics import CONTENT_TYPE, Measured, Metrics
from kg.serve.openapi import describe_api
from kg.serve.pool import Pool
from kg.serve.refused import Refused, tell
from kg.serve.resources import KINDS
from kg.serve.safety import Safe
from kg.serve.settings import Settings
from kg.serve.source import Source
from kg.serve.sparql import sparql
from kg.serve.static_files import static_file
from kg.serve.things import about, data, page, thing
from kg.serve.worker import Job
from kg.serve.writing import Writer, add_documents, remove_document


def make_app(pool: Pool, source: Source, settings: Settings) -> Starlette:
    """The application over the store of *pool*, whose processes live as long as it."""
    metrics, front = Metrics(pool), Front(pool, source.page)
    follower = Follower(source, pool, front)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool.running():
            tasks = (asyncio.ensure_future(follower.follow()), front.prepare())
            yield
            for task in tasks:
                task.cancel()

    app = Starlette(
        routes=routes(writable=settings.token is not None),
        middleware=[
            Middleware(Measured, metrics=metrics),
            Middleware(Safe),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts)),
            *_cors(settings),
        ],
        exception_handlers={HTTPException: tell, Exception: tell},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.pool, app.state.front = pool, front
    app.state.settings, app.state.metrics = settings, metrics
    app.state.writer = Writer(source.folder, follower, settings.limits.writing)
    return app


def routes(*, writable: bool) -> list[Route]:
    """All routes; those that change the store only where it is *writable*."""
    writing = [
        Route("/documents", add_documents, methods=["POST"]),
        Route("/document/{name:path}", remove_document, methods=["DELETE"]),
    ]
    return [
        *(writing if writable else ()),
        Route("/", front_page),
        Route("/expand", expand),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *(Route(f"/{kind}/{{name:path}}", thing) for kind in KINDS),
        Route("/about", about),
        Route("/page", page),
        Route("/page/{name:path}", page),
        Route("/data", data),
        Route("/data/{name:path}", data),
        Route("/openapi.json", openapi),
        Route("/health", health),
        Route("/metrics", metrics_text),
        Route("/static/{name}", static_file),
    ]


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["accept", "content-type"],
        )
    ]


async def front_page(request: Request) -> Response:
    """The graph as a page to explore."""
    front: Front = request.app.state.front
    return await front.respond(request)


async def openapi(request: Request) -> Response:
    """What can be asked here, for programs."""
    return JSONResponse(describe_api(__version__))


async def health(request: Request) -> Response:
    """Whether a query is answered."""
    try:
        await ask(request, Job("ASK {}", form=media.JSON, trusted=True))
    except Refused as error:
        return JSONResponse({"status": "unwell", "reason": error.detail}, 503)
    return JSONResponse({"status": "ok", "version": __version__})


async def metrics_text(request: Request) -> Response:
    """Numbers for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), headers={"content-type": CONTENT_TYPE})
