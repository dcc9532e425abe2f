// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IEpochRegistry} from "./IEpochRegistry.sol";
import {IGroth16Verifier} from "./IGroth16Verifier.sol";

/// @title Presentations, checked and consumed.
/// @notice A presentation answers a request with a proof about a record under a published epoch root.
interface IStatementVerifier {
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

    /// @notice A statement and the key it is verified with.
    /// @param vkeyHash The hash `verifier` must have been deployed with.
    struct StatementEntry {
        bytes32 statement;
        IGroth16Verifier verifier;
        bytes32 vkeyHash;
    }

    /// @notice The answer. Numbers are stable: new ones are appended.
    enum Verdict {
        /// The proof holds.
        Valid,
        /// No verifier is registered for the statement.
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
        NullifierSpent
    }

    /// @notice A statement can be checked from now on.
    event StatementRegistered(
        bytes32 indexed statement,
        IGroth16Verifier indexed verifier,
        bytes32 vkeyHash
    );
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
    /// @notice There is no contract at the address.
    error NotAContract(address account);
    /// @notice The statement is registered already.
    error StatementAlreadyRegistered(bytes32 statement);
    /// @notice The verifier was deployed with another key.
    error WrongVerificationKey(bytes32 statement, bytes32 expected, bytes32 actual);
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

    /// @notice Whether a nullifier was consumed.
    /// @param nullifier Any value.
    /// @return Whether it was.
    function isSpent(uint256 nullifier) external view returns (bool);

    /// @notice The verifier of a statement.
    /// @param statement A statement id.
    /// @return Zero if the statement is unknown.
    function verifierOf(bytes32 statement) external view returns (IGroth16Verifier);

    /// @notice The request hash that is a public signal: EIP-712 digest `>> 3`.
    /// @param request Any request.
    /// @return Below 2^253.
    function hashRequest(PresentationRequest calldata request) external view returns (uint256);

    /// @notice `keccak256("canbao/scope/v1:" + audience + ":" + purpose) >> 3`.
    /// @param audience Who asks.
    /// @param purpose What for; reverts if it holds a ':'.
    /// @return Below 2^253.
    function scopeOf(string calldata audience, string calldata purpose) external pure returns (uint256);

    /// @notice Where epoch roots are looked up.
    /// @return The registry, whose domain requests are hashed under.
    function registry() external view returns (IEpochRegistry);

    /// @notice How long a superseded root still counts.
    /// @return Seconds.
    function maxStaleness() external view returns (uint256);
}
