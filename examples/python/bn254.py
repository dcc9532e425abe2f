"""The curve BN254 and its pairing, written plainly: some tenths of a second a proof.

Numbers are Python's integers. A point of G1 is (x, y); Fp2 is (a, b) = a + b*u with u^2 = -1; a point
of G2 is a pair of Fp2, on the twist y^2 = x^3 + 3/(9 + u). None is the point at infinity. Fp12 is
a list of 12 coefficients of w, with w^12 = 18*w^6 - 82, so that u = w^6 - 9.
"""

P = 21888242871839275222246405745257275088696311157297823662689037894645226208583
R = 21888242871839275222246405745257275088548364400416034343698204186575808495617

# The trace of Frobenius less one: the length of the ate pairing's loop.
LOOP = 6 * 4965661367192848881**2
FINAL_EXPONENT = (P**12 - 1) // R


def add2(a, b):
    return ((a[0] + b[0]) % P, (a[1] + b[1]) % P)


def sub2(a, b):
    return ((a[0] - b[0]) % P, (a[1] - b[1]) % P)


def mul2(a, b):
    return ((a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P)


def inverse2(a):
    norm = pow(a[0] * a[0] + a[1] * a[1], -1, P)
    return (a[0] * norm % P, -a[1] * norm % P)


TWIST_B = mul2((3, 0), inverse2((9, 1)))


def is_g1(point):
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - x * x * x - 3) % P == 0


def is_g2(point):
    """On the twist, and in the subgroup of order R."""
    x, y = point
    in_range = all(0 <= number < P for number in (*x, *y))
    on_curve = sub2(mul2(y, y), add2(mul2(x, mul2(x, x)), TWIST_B)) == (0, 0)
    return in_range and on_curve and multiply(point, R, add_g2) is None


def negate_g1(point):
    return None if point is None else (point[0], -point[1] % P)


def add_g1(p, q):
    if p is None or q is None:
        return p or q
    (x1, y1), (x2, y2) = p, q
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = 3 * x1 * x1 * pow(2 * y1, -1, P) if p == q else (y2 - y1) * pow(x2 - x1, -1, P)
    x3 = (slope * slope - x1 - x2) % P
    return (x3, (slope * (x1 - x3) - y1) % P)


def slope_g2(p, q):
    (x1, y1), (x2, y2) = p, q
    if p == q:
        return mul2(mul2((3, 0), mul2(x1, x1)), inverse2(add2(y1, y1)))
    return mul2(sub2(y2, y1), inverse2(sub2(x2, x1)))


def add_g2(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0] and add2(p[1], q[1]) == (0, 0):
        return None
    slope = slope_g2(p, q)
    x3 = sub2(sub2(mul2(slope, slope), p[0]), q[0])
    return (x3, sub2(mul2(slope, sub2(p[0], x3)), p[1]))


def multiply(point, scalar, add):
    result = None
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


ONE = [1] + [0] * 11


def mul12(a, b):
    product = [0] * 23
    for i, left in enumerate(a):
        if left:
            for j, right in enumerate(b):
                product[i + j] += left * right
    for i in range(22, 11, -1):
        product[i - 6] += 18 * product[i]
        product[i - 12] -= 82 * product[i]
    return [number % P for number in product[:12]]


def line(p, q, at):
    """The line through p and q of G2 (a tangent where they are one), at a point of G1."""
    slope = slope_g2(p, q)
    value = [0] * 12
    value[0] = at[1]
    # A coefficient a + b*u of w^k is (a - 9b)*w^k + b*w^(k + 6).
    for k, (a, b) in (
        (1, mul2(slope, (-at[0], 0))),
        (3, sub2(mul2(slope, p[0]), p[1])),
    ):
        value[k] = (a - 9 * b) % P
        value[k + 6] = b
    return value


def miller(p, q):
    """The pairing of p in G1 and q in G2 before the final exponentiation."""
    if p is None or q is None:
        return ONE
    value, point = ONE, q
    for bit in bin(LOOP)[3:]:
        value = mul12(mul12(value, value), line(point, point, p))
        point = add_g2(point, point)
        if bit == "1":
            value = mul12(value, line(point, q, p))
            point = add_g2(point, q)
    return value


def pairings_cancel(pairs):
    """Whether the pairings of all (G1, G2) multiply to one."""
    product = ONE
    for p, q in pairs:
        product = mul12(product, miller(p, q))
    result = ONE
    for bit in bin(FINAL_EXPONENT)[2:]:
        result = mul12(result, result)
        if bit == "1":
            result = mul12(result, product)
    return result == ONE
