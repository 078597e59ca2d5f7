"""A package, so that the browser lasts for these tests and no longer (`chromium` in conftest)."""
