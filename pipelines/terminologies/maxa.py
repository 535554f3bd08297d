"""A client of MAXA, the ministry's reference coding service: which terminologies it has, and what of one has changed since a day.

Belongs here: tokens, paging, trying again, going on after a break. Does not: what a row means (`add_release` reads the file written here).
No public text says what the service looks like. Token and paths follow the gateway's laboratory service (POST /oauth/token, password grant,
Basic client, expires_in about 763 seconds); addresses, names and credentials all come from a YAML file (`maxa_config.yaml` is its pattern).
"""

import base64
import datetime as dt
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

from pipelines.errors import InputError
from pipelines.terminologies.download import Page
from pipelines.terminologies.maxa_config import Config, read_config

__all__ = ["Config", "Maxa", "read_config"]

_AGAIN = {429, 500, 502, 503, 504}
_EARLY = 30.0  # a token is renewed so many seconds before it ends


class Maxa:
    """The client over HTTP. One token at a time; every request is tried again on 429, 5xx and broken connections."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._token = ""
        self._refresh = ""
        self._ends = 0.0

    def terminologies(self) -> list[dict[str, Any]]:
        """What the service has. Raises InputError if it cannot be reached or does not let us in."""
        return self._items(self._get(self.config.list_path, {}))[0]

    def changes(self, terminology: str, since: dt.date | None = None, first_page: int = 1) -> Iterator[Page]:
        """Pages from `first_page` on. A page shorter than it should be by the total is asked for again, never taken."""
        names, size, number = self.config.question, self.config.page_size, first_page
        while True:
            asked = {names["terminology"]: terminology, names["page"]: number, names["size"]: size}
            if since:
                asked[names["since"]] = since.isoformat()
            rows, total = self._whole_page(asked, number)
            last = number * size >= total if total is not None else len(rows) < size
            yield Page(number, rows, last)
            if last:
                return
            number += 1

    def _whole_page(self, asked: dict[str, Any], number: int) -> tuple[list[dict[str, Any]], int | None]:
        size = self.config.page_size
        for attempt in range(self.config.tries):
            rows, total = self._items(self._get(self.config.changes_path, asked))
            if total is None or len(rows) == max(0, min(size, total - (number - 1) * size)):
                return rows, total
            self._pause(attempt)
        raise InputError(
            f"{self.config.base}: page {number} came incomplete {self.config.tries} times. Run it again: it goes on from this page."
        )

    def _items(self, answer: Any) -> tuple[list[dict[str, Any]], int | None]:
        items = answer.get(self.config.answer["items"]) if isinstance(answer, dict) else answer
        if not isinstance(items, list):
            raise InputError(
                f"{self.config.base}: an answer without the list '{self.config.answer['items']}'. Correct `answer` in the configuration."
            )
        total = answer.get(self.config.answer.get("total", "")) if isinstance(answer, dict) else None
        return [item for item in items if isinstance(item, dict)], total if isinstance(total, int) else None

    def _get(self, path: str, asked: dict[str, Any]) -> Any:
        url = self.config.base.rstrip("/") + path + ("?" + urllib.parse.urlencode(asked) if asked else "")
        for renewed in (False, True):
            request = urllib.request.Request(
                url, headers={"Authorization": f"Bearer {self._bearer()}", "Accept": "application/json"}
            )
            try:
                return self._send(request)
            except urllib.error.HTTPError as error:
                if error.code != 401 or renewed:
                    raise InputError(
                        f"{self.config.base}{path}: refused with {error.code}. Check paths and rights in the configuration."
                    ) from error
                self._ends = 0.0  # the service says that the token has ended before its time
        raise AssertionError

    def _bearer(self) -> str:
        if time.monotonic() < self._ends:
            return self._token
        grants = [{"grant_type": "password", "username": self.config.username, "password": self.config.password}]
        if self._refresh:
            grants.insert(0, {"grant_type": "refresh_token", "refresh_token": self._refresh})
        for grant in grants:
            try:
                answer = self._ask_token(grant)
            except urllib.error.HTTPError as error:
                self._refresh = ""
                if grant is grants[-1]:
                    raise InputError(
                        f"{self.config.base}: no token ({error.code}). Check client and user in the configuration."
                    ) from error
                continue
            break
        if not isinstance(answer, dict) or not answer.get("access_token"):
            raise InputError(f"{self.config.base}{self.config.token_path}: an answer without access_token.")
        life = float(answer.get("expires_in") or 60)
        self._token, self._refresh = answer["access_token"], answer.get("refresh_token") or ""
        self._ends = time.monotonic() + max(life - _EARLY, life / 2)
        return self._token

    def _ask_token(self, grant: dict[str, str]) -> Any:
        client = base64.b64encode(f"{self.config.client_id}:{self.config.client_secret}".encode()).decode()
        return self._send(urllib.request.Request(
            self.config.base.rstrip("/") + self.config.token_path,
            data=urllib.parse.urlencode(grant).encode(),
            headers={"Authorization": f"Basic {client}", "Content-Type": "application/x-www-form-urlencoded"},
        ))  # fmt: skip

    def _send(self, request: urllib.request.Request) -> Any:
        """One answer as JSON. A truncated one is a broken connection. HTTP errors that trying again cannot help are raised as they are."""
        what = "nothing"
        for attempt in range(self.config.tries):
            wait = None
            try:
                with urllib.request.urlopen(request, timeout=self.config.timeout_seconds) as answer:
                    return json.loads(answer.read())
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN:
                    raise
                what, wait = f"status {error.code}", error.headers.get("Retry-After")
            except (OSError, http.client.HTTPException, ValueError) as error:
                what = f"{type(error).__name__}: {error}"
            self._pause(attempt, wait)
        raise InputError(
            f"{self.config.base}: no answer after {self.config.tries} tries ({what}). Run it again later: finished pages are kept."
        )

    def _pause(self, attempt: int, wait: str | None = None) -> None:
        if attempt + 1 < self.config.tries:
            asked = float(wait) if wait and wait.isdigit() else 0.0
            time.sleep(min(60.0, max(asked, self.config.pause_seconds * 2**attempt)))
