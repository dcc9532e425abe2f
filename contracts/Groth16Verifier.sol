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
        if (!_isCanonical(proof, signals)) return false;

        // IC[0] + Σ signal[i]·IC[i+1]; words 2 to 4 are where a product is made.
        uint256[5] memory sum;
        sum[0] = IC0_X;
        sum[1] = IC0_Y;
        if (
            !(_addProduct(sum, IC1_X, IC1_Y, signals[0]) &&
                _addProduct(sum, IC2_X, IC2_Y, signals[1]) &&
                _addProduct(sum, IC3_X, IC3_Y, signals[2]) &&
                _addProduct(sum, IC4_X, IC4_Y, signals[3]) &&
                _addProduct(sum, IC5_X, IC5_Y, signals[4]))
        ) return false;

        uint256[24] memory pairs;
        pairs[0] = proof[0];
        pairs[1] = proof[1] == 0 ? 0 : Q - proof[1];
        pairs[2] = proof[2];
        pairs[3] = proof[3];
        pairs[4] = proof[4];
        pairs[5] = proof[5];

        pairs[6] = ALPHA_X;
        pairs[7] = ALPHA_Y;
        pairs[8] = BETA_X1;
        pairs[9] = BETA_X0;
        pairs[10] = BETA_Y1;
        pairs[11] = BETA_Y0;

        pairs[12] = sum[0];
        pairs[13] = sum[1];
        pairs[14] = GAMMA_X1;
        pairs[15] = GAMMA_X0;
        pairs[16] = GAMMA_Y1;
        pairs[17] = GAMMA_Y0;

        pairs[18] = proof[6];
        pairs[19] = proof[7];
        pairs[20] = DELTA_X1;
        pairs[21] = DELTA_X0;
        pairs[22] = DELTA_Y1;
        pairs[23] = DELTA_Y0;

        (bool called, bool isOne) = _pairing(pairs, 24);
        return called && isOne;
    }

    /// Every coordinate below q, every signal below r: the precompiles reduce scalars, so without
    /// this a signal and signal + r would both pass.
    function _isCanonical(
        uint256[8] calldata proof,
        uint256[5] calldata signals
    ) private pure returns (bool) {
        for (uint256 i = 0; i < 8; ++i) if (proof[i] >= Q) return false;
        for (uint256 i = 0; i < 5; ++i) if (signals[i] >= R) return false;
        return true;
    }

    /// sum[0..1] += scalar · (x, y). False if a precompile refuses.
    function _addProduct(
        uint256[5] memory sum,
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

    /// The pairing check over `words` / 6 pairs. `called` is false if a point is not in its group.
    function _pairing(
        uint256[24] memory pairs,
        uint256 words
    ) private view returns (bool called, bool isOne) {
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
        uint256[24] memory pairs;
        for (uint256 point = 0; point < 3; ++point) {
            uint256 from = 2 + 4 * point;
            uint256 to = 6 * point;
            if (key[from] | key[from + 1] | key[from + 2] | key[from + 3] == 0) return false;
            // The generator of G1.
            pairs[to] = 1;
            pairs[to + 1] = 2;
            for (uint256 i = 0; i < 4; ++i) pairs[to + 2 + i] = key[from + i];
        }
        (called, ) = _pairing(pairs, 18);
    }
}
