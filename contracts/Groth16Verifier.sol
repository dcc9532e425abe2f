// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IGroth16Verifier} from "./interfaces/IGroth16Verifier.sol";

/// @title Groth16 verifier over BN254 with five public signals and the key bound at deployment.
/// @notice Accepts iff e(−A, B) · e(alpha, beta) · e(IC[0] + Σ signal[i]·IC[i+1], gamma) · e(C, delta) = 1.
/// @dev Source: J. Groth, "On the Size of Pairing-based Non-interactive Arguments", EUROCRYPT 2016;
/// precompiles of EIP-196 and EIP-197 at the prices of EIP-1108. The key lives in immutables, so a
/// verification reads no storage. That its toxic waste is unknown is **assumed and not checked here**.
contract Groth16Verifier is IGroth16Verifier {
    /// Order q of the base field: coordinates.
    uint256 private constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    /// Order r of the scalar field: signals.
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    uint256 private constant G2_GENERATOR_X1 =
        11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 private constant G2_GENERATOR_X0 =
        10857046999023057135944570762232829481370756359578518086990519993285655852781;

    /// Precompiles: 5 × 6,150 and 181,000; 2,900 for the 1/64 that a call to the pairing holds back;
    /// the rest for the code around them, with room to spare. A limit on what is left, not a cost.
    uint256 private constant MIN_GAS = 222_000;
    /// Of a batch of whatever size: three pairs, seven products, and the room.
    uint256 private constant MIN_GAS_OF_BATCH = 205_000;
    /// Of each of its proofs: a pair, two products, their 1/64, the code around.
    uint256 private constant MIN_GAS_OF_EACH = 49_000;
    /// A proof and its signals, as both calls lay them out.
    uint256 private constant WORDS_OF_EACH = 13;

    uint256 private constant EC_ADD = 0x06;
    uint256 private constant EC_MUL = 0x07;
    uint256 private constant EC_PAIRING = 0x08;

    /// @inheritdoc IGroth16Verifier
    bytes32 public immutable vkeyHash;

    uint256 private immutable ALPHA_X;
    uint256 private immutable ALPHA_Y;
    uint256 private immutable BETA_X1;
    uint256 private immutable BETA_X0;
    uint256 private immutable BETA_Y1;
    uint256 private immutable BETA_Y0;
    uint256 private immutable GAMMA_X1;
    uint256 private immutable GAMMA_X0;
    uint256 private immutable GAMMA_Y1;
    uint256 private immutable GAMMA_Y0;
    uint256 private immutable DELTA_X1;
    uint256 private immutable DELTA_X0;
    uint256 private immutable DELTA_Y1;
    uint256 private immutable DELTA_Y0;
    uint256 private immutable IC0_X;
    uint256 private immutable IC0_Y;
    uint256 private immutable IC1_X;
    uint256 private immutable IC1_Y;
    uint256 private immutable IC2_X;
    uint256 private immutable IC2_Y;
    uint256 private immutable IC3_X;
    uint256 private immutable IC3_Y;
    uint256 private immutable IC4_X;
    uint256 private immutable IC4_Y;
    uint256 private immutable IC5_X;
    uint256 private immutable IC5_Y;

    /// @param key alpha (2), beta (4), gamma (4), delta (4), IC (6 × 2): x, y; in G2 x.c1, x.c0, y.c1, y.c0.
    constructor(uint256[26] memory key) {
        _requireSafe(key);
        vkeyHash = keccak256(abi.encode(key));
        ALPHA_X = key[0];
        ALPHA_Y = key[1];
        BETA_X1 = key[2];
        BETA_X0 = key[3];
        BETA_Y1 = key[4];
        BETA_Y0 = key[5];
        GAMMA_X1 = key[6];
        GAMMA_X0 = key[7];
        GAMMA_Y1 = key[8];
        GAMMA_Y0 = key[9];
        DELTA_X1 = key[10];
        DELTA_X0 = key[11];
        DELTA_Y1 = key[12];
        DELTA_Y0 = key[13];
        IC0_X = key[14];
        IC0_Y = key[15];
        IC1_X = key[16];
        IC1_Y = key[17];
        IC2_X = key[18];
        IC2_Y = key[19];
        IC3_X = key[20];
        IC3_Y = key[21];
        IC4_X = key[22];
        IC4_Y = key[23];
        IC5_X = key[24];
        IC5_Y = key[25];
    }

    /// @inheritdoc IGroth16Verifier
    function verifyProof(
        uint256[8] calldata proof,
        uint256[5] calldata signals
    ) external view returns (bool) {
        if (gasleft() < MIN_GAS) revert InsufficientGas();
        uint256 offset;
        uint256 signalsAt;
        assembly ("memory-safe") {
            offset := proof
            signalsAt := signals
        }
        if (!_isCanonical(offset, signalsAt)) return false;

        // −A, B | alpha, beta | sum, gamma | C, delta.
        uint256 pairs = _allocate(24);
        assembly ("memory-safe") {
            calldatacopy(pairs, offset, 0xc0)
            mstore(add(pairs, 0x20), mod(sub(Q, mload(add(pairs, 0x20))), Q))
            calldatacopy(add(pairs, 0x240), add(offset, 0xc0), 0x40)
        }
        unchecked {
            _put(pairs + 0xc0, ALPHA_X, ALPHA_Y);
            uint256 sum = pairs + 0x180;
            _put(sum, IC0_X, IC0_Y);
            // What follows the sum is where products are made, until gamma takes its place.
            bool isSummed = _addProduct(sum, IC1_X, IC1_Y, signals[0]) &&
                _addProduct(sum, IC2_X, IC2_Y, signals[1]) &&
                _addProduct(sum, IC3_X, IC3_Y, signals[2]) &&
                _addProduct(sum, IC4_X, IC4_Y, signals[3]) &&
                _addProduct(sum, IC5_X, IC5_Y, signals[4]);
            if (!isSummed) return false;
        }
        return _isProductOne(pairs, 4);
    }

    /// @inheritdoc IGroth16Verifier
    /// @dev With coefficients c[i], all hold iff Π e(c[i]·A[i], B[i]) is e(Σ c[i]·alpha, beta) ·
    /// e(Σ c[i]·sum[i], gamma) · e(Σ c[i]·C[i], delta), but for a chance of 2^−128 that false ones make
    /// up for one another. Nobody chooses the coefficients: they are hashes of the key and of every
    /// proof and signal. The signals are summed up first, so that six products do for all of them.
    function verifyBatch(uint256[] calldata words) external view returns (bool) {
        uint256 count = words.length / WORDS_OF_EACH;
        if (count == 0 || words.length % WORDS_OF_EACH != 0) return false;
        if (gasleft() / MIN_GAS_OF_EACH < count + MIN_GAS_OF_BATCH / MIN_GAS_OF_EACH + 1) {
            revert InsufficientGas();
        }
        // c[i]·A[i], B[i] … | −alpha, beta | −sum, gamma | −C, delta.
        uint256 pairs = _allocate(6 * (count + 3));
        uint256 last = pairs + 0xc0 * count;
        Sums memory sums;
        if (!_combine(words, pairs, last + 0x180, sums)) return false;

        // Each product is made behind its sum, in words that its pair's second point takes later.
        uint256 sum = last + 0xc0;
        bool isSummed = _addProduct(last, ALPHA_X, ALPHA_Y, sums.coefficients) &&
            _addProduct(sum, IC0_X, IC0_Y, sums.coefficients) &&
            _addProduct(sum, IC1_X, IC1_Y, sums.signals[0]) &&
            _addProduct(sum, IC2_X, IC2_Y, sums.signals[1]) &&
            _addProduct(sum, IC3_X, IC3_Y, sums.signals[2]) &&
            _addProduct(sum, IC4_X, IC4_Y, sums.signals[3]) &&
            _addProduct(sum, IC5_X, IC5_Y, sums.signals[4]);
        if (!isSummed) return false;
        _negate(last);
        _negate(sum);
        _negate(last + 0x180);
        return _isProductOne(pairs, count + 3);
    }

    /// Σ c[i] and Σ c[i]·signal[i][k], modulo r.
    struct Sums {
        uint256 coefficients;
        uint256[5] signals;
    }

    /// Writes c[i]·A[i] and B[i] as pairs, Σ c[i]·C[i] to `sumOfC`, the sums of scalars to `sums`.
    /// @return Whether every number is canonical and every point of G1 on the curve.
    function _combine(
        uint256[] calldata words,
        uint256 pairs,
        uint256 sumOfC,
        Sums memory sums
    ) private view returns (bool) {
        uint256 offset;
        assembly ("memory-safe") {
            offset := words.offset
        }
        bytes32 seed = _seed(words);
        uint256 end = offset + 0x20 * words.length;
        for (uint256 index = 0; offset < end; ++index) {
            if (!_isCanonical(offset, offset + 0x100)) return false;
            uint256 coefficient = _coefficient(seed, index);
            bool isOnCurve;
            assembly ("memory-safe") {
                let product := add(sumOfC, 0x40)
                // Σ += c·C.
                calldatacopy(product, add(offset, 0xc0), 0x40)
                mstore(add(product, 0x40), coefficient)
                isOnCurve := staticcall(gas(), EC_MUL, product, 0x60, product, 0x40)
                isOnCurve := and(isOnCurve, staticcall(gas(), EC_ADD, sumOfC, 0x80, sumOfC, 0x40))
                // c·A, then B behind it, over the coefficient.
                calldatacopy(pairs, offset, 0x40)
                mstore(add(pairs, 0x40), coefficient)
                isOnCurve := and(isOnCurve, staticcall(gas(), EC_MUL, pairs, 0x60, pairs, 0x40))
                calldatacopy(add(pairs, 0x40), add(offset, 0x40), 0x80)

                mstore(sums, addmod(mload(sums), coefficient, R))
                let sum := mload(add(sums, 0x20))
                let signalsAt := add(offset, 0x100)
                for { let i := 0 } lt(i, 0xa0) { i := add(i, 0x20) } {
                    let term := mulmod(coefficient, calldataload(add(signalsAt, i)), R)
                    mstore(add(sum, i), addmod(mload(add(sum, i)), term, R))
                }
            }
            if (!isOnCurve) return false;
            pairs += 0xc0;
            offset += 0x20 * WORDS_OF_EACH;
        }
        return true;
    }

    /// Of the key, every proof and every signal.
    function _seed(uint256[] calldata words) private view returns (bytes32 seed) {
        bytes32 key = vkeyHash;
        assembly ("memory-safe") {
            let start := mload(0x40)
            let size := shl(5, words.length)
            mstore(start, key)
            calldatacopy(add(start, 0x20), words.offset, size)
            seed := keccak256(start, add(size, 0x20))
        }
    }

    /// 128 bits.
    function _coefficient(bytes32 seed, uint256 index) private pure returns (uint256 coefficient) {
        assembly ("memory-safe") {
            mstore(0x00, seed)
            mstore(0x20, index)
            coefficient := shr(128, keccak256(0x00, 0x40))
        }
    }

    /// Every coordinate below q, every signal below r: the precompiles reduce scalars, so without
    /// this a signal and signal + r would both pass.
    function _isCanonical(uint256 offset, uint256 signalsAt) private pure returns (bool isCanonical) {
        assembly ("memory-safe") {
            function below(place, limit) -> isBelow {
                isBelow := lt(calldataload(place), limit)
            }
            let isLow := and(below(offset, Q), below(add(offset, 0x20), Q))
            isLow := and(isLow, and(below(add(offset, 0x40), Q), below(add(offset, 0x60), Q)))
            isLow := and(isLow, and(below(add(offset, 0x80), Q), below(add(offset, 0xa0), Q)))
            isLow := and(isLow, and(below(add(offset, 0xc0), Q), below(add(offset, 0xe0), Q)))
            isLow := and(isLow, and(below(signalsAt, R), below(add(signalsAt, 0x20), R)))
            isLow := and(isLow, and(below(add(signalsAt, 0x40), R), below(add(signalsAt, 0x60), R)))
            isCanonical := and(isLow, below(add(signalsAt, 0x80), R))
        }
    }

    /// Zeroed words of memory.
    function _allocate(uint256 words) private pure returns (uint256 pointer) {
        assembly ("memory-safe") {
            pointer := mload(0x40)
            mstore(0x40, add(pointer, shl(5, words)))
            calldatacopy(pointer, calldatasize(), shl(5, words))
        }
    }

    function _put(uint256 pointer, uint256 x, uint256 y) private pure {
        assembly ("memory-safe") {
            mstore(pointer, x)
            mstore(add(pointer, 0x20), y)
        }
    }

    /// The point at `pointer` becomes its negative.
    function _negate(uint256 pointer) private pure {
        assembly ("memory-safe") {
            mstore(add(pointer, 0x20), mod(sub(Q, mload(add(pointer, 0x20))), Q))
        }
    }

    /// The point at `sum` += scalar · (x, y); the three words behind it are overwritten. False if a
    /// precompile refuses.
    function _addProduct(
        uint256 sum,
        uint256 x,
        uint256 y,
        uint256 scalar
    ) private view returns (bool ok) {
        assembly ("memory-safe") {
            let product := add(sum, 0x40)
            mstore(product, x)
            mstore(add(product, 0x20), y)
            mstore(add(product, 0x40), scalar)
            ok := staticcall(gas(), EC_MUL, product, 0x60, product, 0x40)
            ok := and(ok, staticcall(gas(), EC_ADD, sum, 0x80, sum, 0x40))
        }
    }

    /// The last three pairs get beta, gamma and delta; then the pairing check over all of them.
    function _isProductOne(uint256 pairs, uint256 count) private view returns (bool isOne) {
        unchecked {
            uint256 second = pairs + 0xc0 * count - 0x200;
            _put(second, BETA_X1, BETA_X0);
            _put(second + 0x40, BETA_Y1, BETA_Y0);
            _put(second + 0xc0, GAMMA_X1, GAMMA_X0);
            _put(second + 0x100, GAMMA_Y1, GAMMA_Y0);
            _put(second + 0x180, DELTA_X1, DELTA_X0);
            _put(second + 0x1c0, DELTA_Y1, DELTA_Y0);
        }
        (bool called, bool is1) = _pairing(pairs, 6 * count);
        return called && is1;
    }

    /// The pairing check over `words` / 6 pairs. `called` is false if a point is not in its group.
    function _pairing(uint256 pairs, uint256 words) private view returns (bool called, bool isOne) {
        assembly ("memory-safe") {
            called := staticcall(gas(), EC_PAIRING, pairs, mul(words, 0x20), 0x00, 0x20)
            isOne := and(called, eq(mload(0x00), 1))
        }
    }

    function _requireSafe(uint256[26] memory key) private view {
        for (uint256 i = 0; i < 26; ++i) _require(key[i] < Q, KeyFault.NotCanonical);
        _require(_isOnCurve(key[0], key[1]), KeyFault.NotOnCurve);
        for (uint256 i = 14; i < 26; i += 2) {
            _require(_isOnCurve(key[i], key[i + 1]), KeyFault.NotOnCurve);
        }
        // Where two of them agree, two pairings merge into one that needs no witness: with
        // delta = ±gamma, (alpha, beta, ∓sum) proves anything. Equal x means equal up to sign.
        bool isForgeable = _isEqual(key[6], key[7], key[10], key[11]) ||
            _isEqual(key[2], key[3], key[6], key[7]) ||
            _isEqual(key[2], key[3], key[10], key[11]) ||
            _isEqual(key[10], key[11], G2_GENERATOR_X1, G2_GENERATOR_X0);
        _require(!isForgeable, KeyFault.Forgeable);
        _require(_areInSubgroup(key), KeyFault.NotInSubgroup);
    }

    function _require(bool isSafe, KeyFault fault) private pure {
        if (!isSafe) revert UnsafeVerificationKey(fault);
    }

    function _isEqual(uint256 a1, uint256 a0, uint256 b1, uint256 b0) private pure returns (bool) {
        return a1 == b1 && a0 == b0;
    }

    /// y² = x³ + 3, which infinity, (0, 0), does not satisfy. G1 has no smaller subgroup.
    function _isOnCurve(uint256 x, uint256 y) private pure returns (bool) {
        return mulmod(y, y, Q) == addmod(mulmod(mulmod(x, x, Q), x, Q), 3, Q);
    }

    /// beta, gamma and delta are in the subgroup of order r: the pairing precompile refuses a point
    /// that is not. It takes infinity, so that is asked first.
    function _areInSubgroup(uint256[26] memory key) private view returns (bool called) {
        uint256 pairs = _allocate(18);
        for (uint256 point = 0; point < 3; ++point) {
            uint256 from = 2 + 4 * point;
            uint256 to = pairs + 0xc0 * point;
            if (key[from] | key[from + 1] | key[from + 2] | key[from + 3] == 0) return false;
            // The generator of G1.
            _put(to, 1, 2);
            _put(to + 0x40, key[from], key[from + 1]);
            _put(to + 0x80, key[from + 2], key[from + 3]);
        }
        (called, ) = _pairing(pairs, 18);
    }
}
