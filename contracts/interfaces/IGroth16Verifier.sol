// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Verifier of one statement: Groth16 over BN254 with five public signals.
/// @notice Every statement shares one source; what differs is the key bound when it is deployed.
interface IGroth16Verifier {
    /// @notice The key is not safe to verify with.
    /// @param reason What is wrong with it.
    error UnsafeVerificationKey(KeyFault reason);

    /// @notice Less gas is left than a verification costs; going on would call a valid proof invalid.
    error InsufficientGas();

    /// @notice Why a verification key is refused.
    enum KeyFault {
        /// A coordinate is not below the order of the base field.
        NotCanonical,
        /// A G1 point is not on the curve, or is the point at infinity.
        NotOnCurve,
        /// A G2 point is not in the subgroup of order r, or is the point at infinity.
        NotInSubgroup,
        /// Two of beta, gamma and delta agree up to sign, or delta is the generator (phase 2 of the
        /// setup was skipped): anyone can forge.
        Forgeable
    }

    /// @notice Whether `proof` proves `signals` under the key of this contract.
    /// @dev Returns false, and does not revert, for any proof or signal that is wrong in any way.
    /// A proof that leaves the curve burns the gas given to the precompile that finds out.
    /// @param proof A (x, y), B (x.c1, x.c0, y.c1, y.c0), C (x, y); each below q.
    /// @param signals nullifier, epochRoot, scope, requestHash, params; each below r.
    /// @return Whether the proof is valid.
    function verifyProof(
        uint256[8] calldata proof,
        uint256[5] calldata signals
    ) external view returns (bool);

    /// @notice Whether many proofs each prove their signals under the key of this contract.
    /// @dev As `verifyProof`, but for all of them with one pairing check: which of them is false it
    /// does not tell. No proofs, or words that are not 13 for each, are not valid.
    /// @param words For each the 8 of the proof and the 5 signals, as `verifyProof` takes them.
    /// @return Whether every one of the proofs is valid.
    function verifyBatch(uint256[] calldata words) external view returns (bool);

    /// @notice `keccak256(abi.encode(words))` of the verification key: alpha, beta, gamma, delta,
    /// IC[0..5], in the order of `proof`.
    /// @return The hash that binds this contract to a key.
    function vkeyHash() external view returns (bytes32);
}
