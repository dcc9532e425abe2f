// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IEpochRegistry} from "./interfaces/IEpochRegistry.sol";
import {IGroth16Verifier} from "./interfaces/IGroth16Verifier.sol";
import {IStatementVerifier} from "./interfaces/IStatementVerifier.sol";
import {Caip10} from "./lib/Caip10.sol";
import {CanbaoDomain} from "./lib/CanbaoDomain.sol";

/// @title Presentations, checked and consumed.
/// @notice Binds statements to verification keys once, at deployment. No owner.
/// @dev A verifier vouches for its own `vkeyHash`; that its code is Groth16Verifier is for whoever
/// deploys, and whoever audits the deployment, to see.
contract StatementVerifier is IStatementVerifier, CanbaoDomain {
    bytes32 private constant REQUEST_TYPEHASH =
        keccak256(
            "PresentationRequest(bytes32 statement,uint256 params,uint256 scope,string audience,string purpose,bytes32 nonce,uint64 expiresAt)"
        );

    /// @inheritdoc IStatementVerifier
    IEpochRegistry public immutable registry;
    /// @inheritdoc IStatementVerifier
    uint256 public immutable maxStaleness;
    /// @inheritdoc IStatementVerifier
    mapping(bytes32 statement => IGroth16Verifier) public verifierOf;
    /// @inheritdoc IStatementVerifier
    /// @dev A nullifier is a hash of its scope, so that one mapping serves every audience.
    mapping(uint256 nullifier => bool) public isSpent;

    /// @param registry_ Where epoch roots are published; its domain is the one requests are hashed under.
    /// @param maxStaleness_ Seconds a root still counts after it was superseded.
    /// @param statements Statements with their verifiers and the keys these must have.
    constructor(
        IEpochRegistry registry_,
        uint256 maxStaleness_,
        StatementEntry[] memory statements
    ) CanbaoDomain(address(registry_)) {
        if (address(registry_).code.length == 0) revert NotAContract(address(registry_));
        registry = registry_;
        maxStaleness = maxStaleness_;
        for (uint256 i = 0; i < statements.length; ++i) _register(statements[i]);
    }

    /// @inheritdoc IStatementVerifier
    function check(Presentation calldata presentation) external view returns (Verdict verdict) {
        (verdict, ) = _check(presentation);
    }

    /// @inheritdoc IStatementVerifier
    function consume(Presentation calldata presentation) external {
        PresentationRequest calldata request = presentation.request;
        uint256 nullifier = presentation.nullifier;
        if (keccak256(bytes(request.audience)) != keccak256(Caip10.local(msg.sender))) {
            revert Rejected(Verdict.WrongAudience);
        }
        if (isSpent[nullifier]) revert Rejected(Verdict.NullifierSpent);
        (Verdict verdict, uint256 requestHash) = _check(presentation);
        if (verdict != Verdict.Valid) revert Rejected(verdict);

        isSpent[nullifier] = true;
        emit Consumed(request.statement, request.scope, nullifier, presentation.epochRoot, requestHash);
    }

    /// @inheritdoc IStatementVerifier
    function hashRequest(PresentationRequest calldata request) public view returns (uint256) {
        return
            uint256(
                _typedDataHash(
                    keccak256(
                        abi.encode(
                            REQUEST_TYPEHASH,
                            request.statement,
                            request.params,
                            request.scope,
                            keccak256(bytes(request.audience)),
                            keccak256(bytes(request.purpose)),
                            request.nonce,
                            request.expiresAt
                        )
                    )
                )
            ) >> 3;
    }

    /// @inheritdoc IStatementVerifier
    function scopeOf(
        string calldata audience,
        string calldata purpose
    ) external pure returns (uint256) {
        if (_hasColon(bytes(purpose))) revert PurposeHasColon();
        return _scopeOf(audience, purpose);
    }

    /// Cheap refusals first, the pairing last. `requestHash` is 0 unless the verdict is Valid.
    function _check(
        Presentation calldata presentation
    ) private view returns (Verdict, uint256 requestHash) {
        PresentationRequest calldata request = presentation.request;
        IGroth16Verifier verifier = verifierOf[request.statement];
        if (address(verifier) == address(0)) return (Verdict.UnknownStatement, 0);
        if (
            _hasColon(bytes(request.purpose)) ||
            request.scope != _scopeOf(request.audience, request.purpose)
        ) return (Verdict.WrongScope, 0);
        if (block.timestamp >= request.expiresAt) return (Verdict.Expired, 0);
        Verdict freshness = _freshnessOf(presentation.epochRoot);
        if (freshness != Verdict.Valid) return (freshness, 0);

        requestHash = hashRequest(request);
        uint256[5] memory signals = [
            presentation.nullifier,
            presentation.epochRoot,
            request.scope,
            requestHash,
            request.params
        ];
        if (!verifier.verifyProof(presentation.proof, signals)) return (Verdict.InvalidProof, 0);
        return (Verdict.Valid, requestHash);
    }

    /// UnknownRoot, Corrected, Superseded, or Valid.
    function _freshnessOf(uint256 epochRoot) private view returns (Verdict) {
        IEpochRegistry.Epoch memory epoch = registry.epochOf(epochRoot);
        if (epoch.publishedAt == 0) return Verdict.UnknownRoot;
        if (epoch.correctedAt != 0) return Verdict.Corrected;
        bool isStale = epoch.supersededAt != 0 &&
            block.timestamp - epoch.supersededAt > maxStaleness;
        return isStale ? Verdict.Superseded : Verdict.Valid;
    }

    /// Binds a statement to a verifier, for good.
    function _register(StatementEntry memory entry) internal {
        if (address(entry.verifier).code.length == 0) revert NotAContract(address(entry.verifier));
        if (address(verifierOf[entry.statement]) != address(0)) {
            revert StatementAlreadyRegistered(entry.statement);
        }
        bytes32 actual = entry.verifier.vkeyHash();
        if (actual != entry.vkeyHash) {
            revert WrongVerificationKey(entry.statement, entry.vkeyHash, actual);
        }
        verifierOf[entry.statement] = entry.verifier;
        emit StatementRegistered(entry.statement, entry.verifier, actual);
    }

    function _scopeOf(
        string calldata audience,
        string calldata purpose
    ) private pure returns (uint256) {
        return uint256(keccak256(bytes.concat("canbao/scope/v1:", bytes(audience), ":", bytes(purpose)))) >> 3;
    }

    /// Without this ("a", "b:c") and ("a:b", "c") would share a scope.
    function _hasColon(bytes calldata text) private pure returns (bool) {
        for (uint256 i = 0; i < text.length; ++i) if (text[i] == ":") return true;
        return false;
    }
}
