#!/usr/bin/env python3
"""Checks an exported proof with nothing but Python: no packages, no service, no chain.

    npm run -s canbao -- export presentation.json -o exported
    npm run -s canbao -- epoch export -o epochs.json
    npm run -s canbao -- statements --json > statements.json
    python3 verify_proof.py exported --epochs epochs.json \\
        --request request.json --statements statements.json --key-hash 0x...

Exits 0 for a valid proof, 1 for one that is not, 2 where it cannot be told. `--epochs` also takes the
address of a service's list. Take the epochs and the key's hash from where you trust them, never
from whoever shows you the proof.
"""

import argparse
import json
import pathlib
import re
import sys
import time
import urllib.request

from bn254 import P, R, add_g1, is_g1, is_g2, multiply, negate_g1, pairings_cancel
from keccak import keccak256

SIGNALS = ("nullifier", "epochRoot", "scope", "requestHash", "params")
DAY = 86_400


class Refused(Exception):
    """The proof is not valid; the message says why."""


def number(text, limit):
    """A decimal in its one form, below limit."""
    if not isinstance(text, str) or not re.fullmatch("0|[1-9][0-9]{0,77}", text):
        raise Refused("malformed")
    if int(text) >= limit:
        raise Refused("malformed")
    return int(text)


def g1(json_point):
    x, y, z = (number(text, P) for text in json_point)
    if z != 1 or not is_g1((x, y)):
        raise Refused("malformed")
    return (x, y)


def g2(json_point):
    x, y, z = (tuple(number(text, P) for text in pair) for pair in json_point)
    if z != (1, 0) or not is_g2((x, y)):
        raise Refused("malformed")
    return (x, y)


def read_key(key):
    if key["nPublic"] != len(SIGNALS) or len(key["IC"]) != len(SIGNALS) + 1:
        raise Refused("key_refused")
    g2_points = [g2(key[name]) for name in ("vk_beta_2", "vk_gamma_2", "vk_delta_2")]
    # Where two of them agree, up to sign, anybody can forge.
    if len({point[0] for point in g2_points}) < 3:
        raise Refused("key_refused")
    return (g1(key["vk_alpha_1"]), *g2_points, [g1(point) for point in key["IC"]])


def key_hash(key):
    """As contracts and keys/manifest.json tell it: keccak256 of the key's 26 words."""
    alpha, beta, gamma, delta, ic = read_key(key)
    words = list(alpha)
    for (x0, x1), (y0, y1) in (beta, gamma, delta):
        words += [x1, x0, y1, y0]
    for point in ic:
        words += point
    return "0x" + keccak256(b"".join(word.to_bytes(32, "big") for word in words)).hex()


def proof_holds(key, proof, signals):
    """e(A, B) = e(alpha, beta) * e(sum of signals, gamma) * e(C, delta)."""
    alpha, beta, gamma, delta, ic = read_key(key)
    total = ic[0]
    for signal, point in zip(signals, ic[1:]):
        total = add_g1(total, multiply(point, signal, add_g1))
    a, b, c = g1(proof["pi_a"]), g2(proof["pi_b"]), g1(proof["pi_c"])
    return pairings_cancel([(negate_g1(a), b), (alpha, beta), (total, gamma), (c, delta)])


def cut(digest):
    """256 bits to the 253 that a public signal takes."""
    return int.from_bytes(digest, "big") >> 3


def scope_of(audience, purpose):
    return cut(keccak256(f"canbao/scope/v1:{audience}:{purpose}".encode()))


def pack_params(layout, params):
    """The params word: the layout's first field in the lowest bits."""
    if set(layout) != set(params):
        raise Refused("wrong_request")
    word, shift = 0, 0
    for name, bits in layout.items():
        value = int(params[name])
        if not 0 <= value < 1 << bits:
            raise Refused("wrong_request")
        word |= value << shift
        shift += bits
    return word


def request_hash(request, params):
    """The EIP-712 digest that the holder signed, in the circuit."""
    text = lambda value: keccak256(value.encode())
    word = lambda value: value.to_bytes(32, "big")
    domain = keccak256(
        text("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
        + text("Canbao")
        + text("1")
        + word(request["domain"]["chainId"])
        + word(int(request["domain"]["verifyingContract"], 16))
    )
    message = keccak256(
        text(
            "PresentationRequest(bytes32 statement,uint256 params,uint256 scope,string audience,"
            "string purpose,bytes32 nonce,uint64 expiresAt)"
        )
        + text(request["statement"])
        + word(params)
        + word(scope_of(request["audience"], request["purpose"]))
        + text(request["audience"])
        + text(request["purpose"])
        + word(int(request["nonce"], 16))
        + word(request["expiresAt"])
    )
    return cut(keccak256(b"\x19\x01" + domain + message))


def check_request(signals, request, layout, now):
    params = pack_params(layout, request["params"])
    if signals["params"] != params or signals["requestHash"] != request_hash(request, params):
        raise Refused("wrong_request")
    if signals["scope"] != scope_of(request["audience"], request["purpose"]):
        raise Refused("wrong_request")
    if now >= request["expiresAt"]:
        raise Refused("expired")


def check_epoch(root, epochs, now, max_staleness):
    found = [epoch for epoch in epochs if int(epoch["root"]) == root]
    if not found:
        raise Refused("unknown_root")
    if "correctedAt" in found[0]:
        raise Refused("corrected")
    if now - found[0].get("supersededAt", now) > max_staleness:
        raise Refused("superseded")
    return found[0]


def month_text(month):
    """Months are counted from 1900-01; a service tells them as text."""
    return month if isinstance(month, str) else f"{1900 + month // 12}-{month % 12 + 1:02}"


def read_json(where):
    where = str(where)
    if where.startswith(("http://", "https://")):
        with urllib.request.urlopen(where, timeout=30) as answer:
            return json.load(answer)
    return json.loads(pathlib.Path(where).read_text("utf-8"))


def verify(options):
    """The facts of a valid proof, by name. Raises Refused for any other."""
    folder, now = pathlib.Path(options.folder), int(time.time())
    proof, public, key = (
        read_json(folder / name) for name in ("proof.json", "public.json", "verification_key.json")
    )
    if len(public) != len(SIGNALS):
        raise Refused("malformed")
    signals = dict(zip(SIGNALS, (number(text, R) for text in public)))
    if options.key_hash and key_hash(key) != options.key_hash.lower():
        raise Refused("key_refused")
    request = options.request and read_json(options.request)
    if request:
        statements = read_json(options.statements)["statements"]
        layouts = {each["statement"]: each["params"] for each in statements}
        check_request(signals, request, layouts[request["statement"]], now)
    epochs = read_json(options.epochs)["epochs"]
    epoch = check_epoch(signals["epochRoot"], epochs, now, options.max_staleness_days * DAY)
    if not proof_holds(key, proof, list(signals.values())):
        raise Refused("invalid_proof")
    return {
        "month": month_text(epoch["month"]),
        "audience": request["audience"] if request else None,
        "purpose": request["purpose"] if request else None,
        "keyHash": key_hash(key),
        "keyChecked": options.key_hash is not None,
        **{name: str(value) for name, value in signals.items()},
    }


def main():
    parser = argparse.ArgumentParser(description="Check an exported Canbao proof")
    parser.add_argument("folder", help="proof.json, public.json and verification_key.json")
    parser.add_argument("--epochs", required=True, help="file or address of the published roots")
    parser.add_argument("--request", help="your own copy of what you asked")
    parser.add_argument("--statements", help="needed with --request: how params are packed")
    parser.add_argument("--key-hash", help="the verification key's hash, from the manifest")
    parser.add_argument("--max-staleness-days", type=int, default=35)
    options = parser.parse_args()
    if options.request and not options.statements:
        parser.error("--request needs --statements")
    try:
        facts = verify(options)
    except Refused as refused:
        print(json.dumps({"valid": False, "reason": str(refused)}))
        return 1
    if not options.request:
        print("Nobody checked what was asked, and for whom: give --request.", file=sys.stderr)
    if not options.key_hash:
        print("Nobody checked the key: give --key-hash.", file=sys.stderr)
    print(json.dumps({"valid": True, "reason": "valid", **facts}, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"Cannot tell: {error!r}", file=sys.stderr)
        sys.exit(2)
