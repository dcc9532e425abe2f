// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IStatementRegistry} from "./IStatementRegistry.sol";

/// @title Presentations, checked and consumed.
/// @notice A presentation answers a request with a proof about a record under a published epoch root.
interface IStatementVerifier is IStatementRegistry {
    /// @notice What a verifier asks. Its EIP-712 hash, under the domain of the epoch registry, is
    /// signed by the holder inside the circuit.
    /// @param statement `keccak256("coverage@1")`.
    /// @param params The thresholds, packed as the statement lays out.
    /// @param scope `scopeOf(audience, purpose)`: what the nullifier is unique in.
    /// @param audience Who asks: an https origin, or a contract as `eip155:<chain id>:0x<lowercase address>`.
    /// @param purpose What for, without ':'.
    /// @param nonce Chosen by the verifier.
    /// @param expiresAt Unix seconds; from then on the presentation counts no more.
    struct PresentationRequest {
        bytes32 statement;
        uint256 params;
        uint256 scope;
        string audience;
        string purpose;
        bytes32 nonce;
        uint64 expiresAt;
    }

    /// @notice A request and its proof.
    /// @param proof As `IGroth16Verifier.verifyProof` takes it.
    struct Presentation {
        PresentationRequest request;
        uint256 epochRoot;
        uint256 nullifier;
        uint256[8] proof;
    }

    /// @notice One of several answers to one question.
    /// @param nonce Of the request that was answered; each its own.
    /// @param expiresAt Of the request that was answered.
    struct Answer {
        bytes32 nonce;
        uint64 expiresAt;
        uint256 epochRoot;
        uint256 nullifier;
        uint256[8] proof;
    }

    /// @notice Presentations whose requests differ in nonce and expiry alone.
    struct PresentationBatch {
        bytes32 statement;
        uint256 params;
        string audience;
        string purpose;
        Answer[] answers;
    }

    /// @notice The answer. Numbers are stable: new ones are appended.
    enum Verdict {
        /// The proof holds.
        Valid,
        /// The statement was never registered.
        UnknownStatement,
        /// `scope` is not the hash of audience and purpose, or the purpose holds a ':'.
        WrongScope,
        /// `expiresAt` has come.
        Expired,
        /// The root was never published.
        UnknownRoot,
        /// The authorities corrected the month: what the root says was withdrawn.
        Corrected,
        /// The root has been superseded for longer than `maxStaleness`.
        Superseded,
        /// The proof does not prove the signals.
        InvalidProof,
        /// `consume` only: the audience is not the caller.
        WrongAudience,
        /// `consume` only: the nullifier was consumed before.
        NullifierSpent,
        /// The authorities paused the statement.
        Paused,
        /// The authorities disabled the statement for good.
        Disabled
    }

    /// @notice A presentation was accepted and its nullifier spent.
    event Consumed(
        bytes32 indexed statement,
        uint256 indexed scope,
        uint256 indexed nullifier,
        uint256 epochRoot,
        uint256 requestHash
    );

    /// @notice `consume` refused the presentation.
    error Rejected(Verdict verdict);
    /// @notice `consumeBatch` refused one of the answers, counted from 0.
    error RejectedAnswer(uint256 index, Verdict verdict);
    /// @notice A batch without answers.
    error EmptyBatch();
    /// @notice ':' separates audience from purpose and may not be in a purpose.
    error PurposeHasColon();

    /// @notice What a presentation is worth now. Says nothing of whether its nullifier is spent.
    /// @dev Does not revert for any well-encoded presentation, given the gas a verification takes.
    /// @param presentation Any presentation.
    /// @return The verdict.
    function check(Presentation calldata presentation) external view returns (Verdict);

    /// @notice Accepts a presentation addressed to the caller and spends its nullifier, once and for all.
    /// Of several presentations with one scope, which share one nullifier, a caller consumes one and
    /// checks the others. Reverts with `Rejected` unless the verdict is Valid.
    /// @param presentation A presentation whose audience is the caller.
    function consume(Presentation calldata presentation) external;

    /// @notice What a batch of presentations is worth now, with one pairing check for all of them.
    /// @dev Does not revert for any well-encoded batch with answers, given the gas it takes. The
    /// scope is that of audience and purpose.
    /// @param batch Any batch.
    /// @return verdict Valid if every presentation is; else that of the first that is not, or the
    /// statement's or the question's; InvalidProof if a proof is false, which one it does not tell.
    /// @return index Which answer the verdict is about; `answers.length` if it is about none alone.
    function checkBatch(
        PresentationBatch calldata batch
    ) external view returns (Verdict verdict, uint256 index);

    /// @notice Accepts a batch addressed to the caller and spends every nullifier, or none. Reverts
    /// with `RejectedAnswer` or `Rejected`.
    /// @param batch A batch whose audience is the caller.
    function consumeBatch(PresentationBatch calldata batch) external;

    /// @notice Whether a nullifier was consumed.
    /// @param nullifier Any value.
    /// @return Whether it was.
    function isSpent(uint256 nullifier) external view returns (bool);

    /// @notice The request hash that is a public signal: EIP-712 digest `>> 3`.
    /// @param request Any request.
    /// @return Below 2^253.
    function hashRequest(PresentationRequest calldata request) external view returns (uint256);

    /// @notice `keccak256("canbao/scope/v1:" + audience + ":" + purpose) >> 3`.
    /// @param audience Who asks.
    /// @param purpose What for; reverts if it holds a ':'.
    /// @return Below 2^253.
    function scopeOf(string calldata audience, string calldata purpose) external pure returns (uint256);

    /// @notice How long a superseded root still counts.
    /// @return Seconds.
    function maxStaleness() external view returns (uint256);
}
