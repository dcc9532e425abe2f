// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IEpochRegistry} from "./interfaces/IEpochRegistry.sol";
import {IGroth16Verifier} from "./interfaces/IGroth16Verifier.sol";
import {IStatementVerifier} from "./interfaces/IStatementVerifier.sol";
import {Caip10} from "./lib/Caip10.sol";
import {RequestText} from "./lib/RequestText.sol";
import {StatementRegistry} from "./StatementRegistry.sol";

/// @title Presentations, checked and consumed.
/// @notice No owner: statements are governed as StatementRegistry tells.
contract StatementVerifier is IStatementVerifier, StatementRegistry {
    bytes32 private constant REQUEST_TYPEHASH =
        keccak256(
            "PresentationRequest(bytes32 statement,uint256 params,uint256 scope,string audience,string purpose,bytes32 nonce,uint64 expiresAt)"
        );

    /// A proof and its signals, as the verifier takes them; the fourth signal is the request hash.
    uint256 private constant WORDS_OF_EACH = 13;
    uint256 private constant BYTES_OF_EACH = 0x1a0;
    uint256 private constant HASH_AT = 11;

    /// A request as EIP-712 encodes it: eight words, hashed where they are.
    struct EncodedRequest {
        bytes32 typeHash;
        bytes32 statement;
        uint256 params;
        uint256 scope;
        bytes32 audienceHash;
        bytes32 purposeHash;
        bytes32 nonce;
        uint256 expiresAt;
    }

    /// @inheritdoc IStatementVerifier
    uint256 public immutable maxStaleness;
    /// @inheritdoc IStatementVerifier
    /// @dev A nullifier is a hash of its scope, so that one mapping serves every audience.
    mapping(uint256 nullifier => bool) public isSpent;

    /// @param registry_ Where epoch roots are published; its domain is the one requests are hashed under.
    /// @param maxStaleness_ Seconds a root still counts after it was superseded.
    /// @param changeDelay_ Seconds a registration or resumption waits.
    /// @param statements Statements with their verifiers and the keys these must have.
    constructor(
        IEpochRegistry registry_,
        uint256 maxStaleness_,
        uint32 changeDelay_,
        StatementEntry[] memory statements
    ) StatementRegistry(registry_, changeDelay_, statements) {
        maxStaleness = maxStaleness_;
    }

    /// @inheritdoc IStatementVerifier
    function check(Presentation calldata presentation) external view returns (Verdict verdict) {
        (verdict, , ) = _check(presentation);
    }

    /// @inheritdoc IStatementVerifier
    function consume(Presentation calldata presentation) external {
        uint256 nullifier = presentation.nullifier;
        PresentationRequest calldata request = presentation.request;
        _requireCaller(request.audience);
        if (isSpent[nullifier]) revert Rejected(Verdict.NullifierSpent);
        (Verdict verdict, uint256 scope, uint256 requestHash) = _check(presentation);
        if (verdict != Verdict.Valid) revert Rejected(verdict);

        isSpent[nullifier] = true;
        emit Consumed(request.statement, scope, nullifier, presentation.epochRoot, requestHash);
    }

    /// @inheritdoc IStatementVerifier
    function checkBatch(
        PresentationBatch calldata batch
    ) external view returns (Verdict verdict, uint256 index) {
        (verdict, index, , ) = _checkBatch(batch);
    }

    /// @inheritdoc IStatementVerifier
    function consumeBatch(PresentationBatch calldata batch) external {
        _requireCaller(batch.audience);
        Answer[] calldata answers = batch.answers;
        // Spent before they are checked, so that one that comes twice is found: what is not valid reverts.
        for (uint256 i = 0; i < answers.length; ++i) {
            uint256 nullifier = answers[i].nullifier;
            if (isSpent[nullifier]) revert RejectedAnswer(i, Verdict.NullifierSpent);
            isSpent[nullifier] = true;
        }
        (Verdict verdict, uint256 index, uint256 scope, uint256[] memory words) = _checkBatch(batch);
        if (verdict != Verdict.Valid) {
            if (index < answers.length) revert RejectedAnswer(index, verdict);
            revert Rejected(verdict);
        }
        bytes32 statement = batch.statement;
        for (uint256 i = 0; i < answers.length; ++i) {
            Answer calldata answer = answers[i];
            uint256 requestHash = words[WORDS_OF_EACH * i + HASH_AT];
            emit Consumed(statement, scope, answer.nullifier, answer.epochRoot, requestHash);
        }
    }

    /// @inheritdoc IStatementVerifier
    function hashRequest(PresentationRequest calldata request) external view returns (uint256) {
        EncodedRequest memory encoded = _encode(
            request.statement,
            request.params,
            request.audience,
            request.purpose
        );
        encoded.scope = request.scope;
        return _requestHash(encoded, domainSeparator(), request.nonce, request.expiresAt);
    }

    /// @inheritdoc IStatementVerifier
    function scopeOf(
        string calldata audience,
        string calldata purpose
    ) external pure returns (uint256 scope) {
        if (RequestText.hasColon(purpose)) revert PurposeHasColon();
        (scope, , ) = RequestText.hashes(audience, purpose);
    }

    /// Cheap refusals first, the pairing last. `requestHash` is 0 unless the verdict is Valid.
    function _check(
        Presentation calldata presentation
    ) private view returns (Verdict, uint256 scope, uint256 requestHash) {
        PresentationRequest calldata request = presentation.request;
        (IGroth16Verifier verifier, Verdict standing) = _verifierFor(request.statement);
        if (standing != Verdict.Valid) return (standing, 0, 0);
        string calldata purpose = request.purpose;
        EncodedRequest memory encoded = _encode(
            request.statement,
            request.params,
            request.audience,
            purpose
        );
        scope = encoded.scope;
        // Without the first ("a", "b:c") and ("a:b", "c") would share a scope.
        if (RequestText.hasColon(purpose) || request.scope != scope) {
            return (Verdict.WrongScope, 0, 0);
        }
        uint64 expiresAt = request.expiresAt;
        if (block.timestamp >= expiresAt) return (Verdict.Expired, 0, 0);
        Verdict freshness = _freshnessOf(presentation.epochRoot);
        if (freshness != Verdict.Valid) return (freshness, 0, 0);

        requestHash = _requestHash(encoded, domainSeparator(), request.nonce, expiresAt);
        if (!_isProven(verifier, presentation, encoded, requestHash)) {
            return (Verdict.InvalidProof, 0, 0);
        }
        return (Verdict.Valid, scope, requestHash);
    }

    /// `verifier.verifyProof`, its arguments laid out without a copy between.
    function _isProven(
        IGroth16Verifier verifier,
        Presentation calldata presentation,
        EncodedRequest memory encoded,
        uint256 requestHash
    ) private view returns (bool isProven) {
        uint256[8] calldata proof = presentation.proof;
        uint256 nullifier = presentation.nullifier;
        uint256 epochRoot = presentation.epochRoot;
        bytes4 selector = IGroth16Verifier.verifyProof.selector;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, selector)
            calldatacopy(add(start, 0x04), proof, 0x100)
            mstore(add(start, 0x104), nullifier)
            mstore(add(start, 0x124), epochRoot)
            mstore(add(start, 0x144), mload(add(encoded, 0x60)))
            mstore(add(start, 0x164), requestHash)
            mstore(add(start, 0x184), mload(add(encoded, 0x40)))
            if iszero(staticcall(gas(), verifier, start, 0x1a4, 0x00, 0x20)) {
                // Too little gas: what it reverted with.
                returndatacopy(start, 0, returndatasize())
                revert(start, returndatasize())
            }
            isProven := and(gt(returndatasize(), 0x1f), eq(mload(0x00), 1))
        }
    }

    /// As `_check`. `words` are what the verifier takes, 13 for each answer.
    function _checkBatch(
        PresentationBatch calldata batch
    ) private view returns (Verdict, uint256 index, uint256 scope, uint256[] memory words) {
        Answer[] calldata answers = batch.answers;
        uint256 count = answers.length;
        if (count == 0) revert EmptyBatch();
        (IGroth16Verifier verifier, Verdict verdict) = _verifierFor(batch.statement);
        if (verdict != Verdict.Valid) return (verdict, count, 0, words);
        if (RequestText.hasColon(batch.purpose)) return (Verdict.WrongScope, count, 0, words);
        EncodedRequest memory encoded = _encode(
            batch.statement,
            batch.params,
            batch.audience,
            batch.purpose
        );
        words = _allocateWords(count);
        (verdict, index) = _readAnswers(answers, encoded, words);
        if (verdict == Verdict.Valid && !_areProven(verifier, words)) verdict = Verdict.InvalidProof;
        return (verdict, index, encoded.scope, words);
    }

    /// Words of so many answers, not zeroed; before them two for the head of the call they go into.
    function _allocateWords(uint256 count) private pure returns (uint256[] memory words) {
        assembly ("memory-safe") {
            words := add(mload(0x40), 0x40)
            mstore(words, mul(count, WORDS_OF_EACH))
            mstore(0x40, add(add(words, 0x20), mul(count, BYTES_OF_EACH)))
        }
    }

    /// `verifier.verifyBatch`, the words staying where they are.
    function _areProven(
        IGroth16Verifier verifier,
        uint256[] memory words
    ) private view returns (bool areProven) {
        uint256 selector = uint32(IGroth16Verifier.verifyBatch.selector);
        assembly ("memory-safe") {
            mstore(sub(words, 0x40), selector)
            mstore(sub(words, 0x20), 0x20)
            let size := add(0x44, shl(5, mload(words)))
            if iszero(staticcall(gas(), verifier, sub(words, 0x24), size, 0x00, 0x20)) {
                // Too little gas: what it reverted with.
                let free := mload(0x40)
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
            areProven := and(gt(returndatasize(), 0x1f), eq(mload(0x00), 1))
        }
    }

    /// Fills in proofs and signals. The first answer that is expired or of no fresh root, or Valid.
    function _readAnswers(
        Answer[] calldata answers,
        EncodedRequest memory encoded,
        uint256[] memory words
    ) private view returns (Verdict, uint256 index) {
        bytes32 separator = domainSeparator();
        uint256 freshRoot;
        for (; index < answers.length; ++index) {
            Answer calldata answer = answers[index];
            uint64 expiresAt = answer.expiresAt;
            if (block.timestamp >= expiresAt) return (Verdict.Expired, index);
            uint256 epochRoot = answer.epochRoot;
            // Most of a batch stand under one root; 0 is none.
            if (epochRoot != freshRoot || epochRoot == 0) {
                Verdict freshness = _freshnessOf(epochRoot);
                if (freshness != Verdict.Valid) return (freshness, index);
                freshRoot = epochRoot;
            }
            uint256 requestHash = _requestHash(encoded, separator, answer.nonce, expiresAt);
            assembly ("memory-safe") {
                let entry := add(add(words, 0x20), mul(index, BYTES_OF_EACH))
                calldatacopy(entry, add(answer, 0x80), 0x100)
                mstore(add(entry, 0x100), calldataload(add(answer, 0x60)))
                mstore(add(entry, 0x120), epochRoot)
                mstore(add(entry, 0x140), mload(add(encoded, 0x60)))
                mstore(add(entry, 0x160), requestHash)
                mstore(add(entry, 0x180), mload(add(encoded, 0x40)))
            }
        }
        return (Verdict.Valid, index);
    }

    /// The audience is the caller, spelt the one way.
    function _requireCaller(string calldata audience) private view {
        if (keccak256(bytes(audience)) != keccak256(Caip10.local(msg.sender))) {
            revert Rejected(Verdict.WrongAudience);
        }
    }

    /// A verifier to ask, or why there is none.
    function _verifierFor(bytes32 statement) private view returns (IGroth16Verifier, Verdict) {
        (IGroth16Verifier verifier, Status status) = _standingOf(statement);
        if (status == Status.Active) return (verifier, Verdict.Valid);
        if (status == Status.Paused) return (verifier, Verdict.Paused);
        return (
            verifier,
            status == Status.Disabled ? Verdict.Disabled : Verdict.UnknownStatement
        );
    }

    /// UnknownRoot, Corrected, Superseded, or Valid.
    function _freshnessOf(uint256 epochRoot) private view returns (Verdict) {
        (uint40 publishedAt, uint40 supersededAt, uint40 correctedAt) = registry.timesOf(epochRoot);
        if (publishedAt == 0) return Verdict.UnknownRoot;
        if (correctedAt != 0) return Verdict.Corrected;
        bool isStale = supersededAt != 0 && block.timestamp - supersededAt > maxStaleness;
        return isStale ? Verdict.Superseded : Verdict.Valid;
    }

    /// All of a request but nonce and expiry, under the scope its texts make.
    function _encode(
        bytes32 statement,
        uint256 params,
        string calldata audience,
        string calldata purpose
    ) private pure returns (EncodedRequest memory encoded) {
        encoded.typeHash = REQUEST_TYPEHASH;
        encoded.statement = statement;
        encoded.params = params;
        (encoded.scope, encoded.audienceHash, encoded.purposeHash) = RequestText.hashes(
            audience,
            purpose
        );
    }

    /// EIP-712 digest `>> 3`.
    function _requestHash(
        EncodedRequest memory encoded,
        bytes32 separator,
        bytes32 nonce,
        uint64 expiresAt
    ) private pure returns (uint256) {
        encoded.nonce = nonce;
        encoded.expiresAt = expiresAt;
        bytes32 structHash;
        assembly ("memory-safe") {
            structHash := keccak256(encoded, 0x100)
        }
        return uint256(_typedDataHash(separator, structHash)) >> 3;
    }
}
