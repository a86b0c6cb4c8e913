"""A bare client for the Bot API, and a picture to send."""

import struct
from dataclasses import dataclass

import aiohttp

from playground import Playground

#: A header is all the playground reads of a picture.
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 300, 200) + b"\x08\x02\0\0\0"


@dataclass
class Api:
    """Calls methods as a bot would, seeing the raw envelope."""

    playground: Playground
    http: aiohttp.ClientSession

    async def raw(self, method, **params):
        url = f"{self.playground.base_url}/bot{self.playground.token}/{method}"
        async with self.http.post(url, json=params) as answer:
            body = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def __call__(self, method, **params):
        body = await self.raw(method, **params)
        assert body["ok"], body
        return body["result"]

    async def upload(self, method, files, **params):
        form = aiohttp.FormData(params, quote_fields=False)
        for name, (filename, data) in files.items():
            form.add_field(name, data, filename=filename)
        url = f"{self.playground.base_url}/bot{self.playground.token}/{method}"
        async with self.http.post(url, data=form) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def updates(self, **params):
        """What waits, confirmed at once."""
        found = await self("getUpdates", **params)
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found
