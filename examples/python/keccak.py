"""Keccak-256, as Ethereum has it; hashlib's SHA-3 pads otherwise."""

LANE = 2**64 - 1
RATE = 136


def rotate(lane, by):
    return ((lane << by) | (lane >> (64 - by))) & LANE if by else lane


def round_constants():
    """From the linear feedback shift register of FIPS 202."""
    state = 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if state & 1:
                constant |= 1 << (2**j - 1)
            state = (state << 1) ^ (0x171 if state >> 7 else 0)
        yield constant


ROUND_CONSTANTS = list(round_constants())


def permute(a):
    """Keccak-f[1600] on a[x + 5y]."""
    for constant in ROUND_CONSTANTS:
        parity = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        for i in range(25):
            a[i] ^= parity[(i + 4) % 5] ^ rotate(parity[(i + 1) % 5], 1)
        x, y, lane = 1, 0, a[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            at = x + 5 * y
            lane, a[at] = a[at], rotate(lane, (step + 1) * (step + 2) // 2 % 64)
        for row in range(0, 25, 5):
            old = a[row : row + 5]
            for x in range(5):
                a[row + x] = old[x] ^ (~old[(x + 1) % 5] & LANE & old[(x + 2) % 5])
        a[0] ^= constant


def keccak256(message):
    padded = bytearray(message) + b"\x01"
    padded += bytes(-len(padded) % RATE)
    padded[-1] |= 0x80
    state = [0] * 25
    for start in range(0, len(padded), RATE):
        for i in range(RATE // 8):
            at = start + 8 * i
            state[i] ^= int.from_bytes(padded[at : at + 8], "little")
        permute(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])
