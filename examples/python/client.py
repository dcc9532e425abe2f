#!/usr/bin/env python3
"""Asks a service for its verdict on a presentation, with nothing but Python.

    python3 client.py http://localhost:7200 presentation.json request.json

Exits 0 for a verified one, 1 for one that is not, 2 where the service refused or was not there.
"""

import json
import pathlib
import sys
import urllib.error
import urllib.request


class ServiceError(Exception):
    """What the service refused, as RFC 9457 has it told: `code` is stable, `title` is for people."""

    def __init__(self, problem):
        super().__init__(f"{problem.get('code')}: {problem.get('title')}")
        self.code = problem.get("code")


def post(service, path, body):
    request = urllib.request.Request(
        service.rstrip("/") + path,
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json", "accept-language": "en"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise ServiceError(json.load(error)) from None


def verify(service, presentation, request=None):
    """The verdict on a presentation, held against your own copy of the request."""
    body = {"presentation": presentation}
    if request is not None:
        body["request"] = request
    return post(service, "/v1/presentations/verify", body)


def main(service, *files):
    presentation, *request = (json.loads(pathlib.Path(file).read_text("utf-8")) for file in files)
    verdict = verify(service, presentation, *request)
    print(verdict["text"])
    for note in verdict["notes"]:
        print("!", note)
    return 0 if verdict["verified"] else 1


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (ServiceError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
