// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IBenefitClaims} from "./interfaces/IBenefitClaims.sol";
import {IStatementVerifier} from "./interfaces/IStatementVerifier.sol";
import {CanbaoDomain} from "./lib/CanbaoDomain.sol";
import {RequestText} from "./lib/RequestText.sol";

/// @title Claims of a pension or of unemployment benefit.
/// @notice No owner. It holds and pays nothing: the bureau follows its events and delivers.
contract BenefitClaims is IBenefitClaims, CanbaoDomain {
    bytes32 private constant FIELD_TYPEHASH =
        keccak256("FieldRule(uint8 shift,uint8 bits,uint112 min,uint112 max)");
    bytes32 private constant RULE_TYPEHASH =
        keccak256(
            "ClaimRule(bytes32 benefit,bytes32 statement,string purpose,uint64 opensAt,uint64 closesAt,FieldRule[] fields)FieldRule(uint8 shift,uint8 bits,uint112 min,uint112 max)"
        );
    bytes32 private constant ADDITION_TYPEHASH =
        keccak256(
            "ClaimRuleAddition(address benefitClaims,bytes32 previousChange,ClaimRule rule)ClaimRule(bytes32 benefit,bytes32 statement,string purpose,uint64 opensAt,uint64 closesAt,FieldRule[] fields)FieldRule(uint8 shift,uint8 bits,uint112 min,uint112 max)"
        );
    bytes32 private constant CLOSING_TYPEHASH =
        keccak256("ClaimRuleClosing(address benefitClaims,bytes32 previousChange,uint256 rule)");
    uint256 private constant MAX_FIELD_BITS = 112;

    /// @inheritdoc IBenefitClaims
    IStatementVerifier public immutable verifier;
    /// @inheritdoc IBenefitClaims
    uint256 public claimCount;
    /// @inheritdoc IBenefitClaims
    bytes32 public lastRuleChange;

    ClaimRule[] private _rules;
    mapping(uint256 nullifier => Claim) private _claims;

    /// @param verifier_ Who checks presentations, and whose epoch registry's authorities govern.
    /// @param rules There from the beginning.
    constructor(
        IStatementVerifier verifier_,
        ClaimRule[] memory rules
    ) CanbaoDomain(address(verifier_.registry())) {
        verifier = verifier_;
        for (uint256 i = 0; i < rules.length; ++i) _add(rules[i]);
    }

    /// @inheritdoc IBenefitClaims
    function claim(
        uint256 rule,
        bytes32 deliverTo,
        IStatementVerifier.Presentation calldata presentation
    ) external returns (uint256 number) {
        IStatementVerifier.PresentationRequest calldata request = presentation.request;
        ClaimRule storage asked = _ruleAt(rule);
        _requireOpen(asked);
        if (
            request.statement != asked.statement ||
            keccak256(bytes(request.purpose)) != keccak256(bytes(asked.purpose))
        ) revert OtherQuestion();
        if (deliverTo == 0 || request.nonce != nonceFor(rule, deliverTo)) revert OtherClaim();
        _requireFields(asked.fields, request.params);

        verifier.consume(presentation);
        number = ++claimCount;
        _claims[presentation.nullifier] = Claim(
            uint64(number),
            uint64(rule),
            uint64(block.timestamp)
        );
        emit ClaimRegistered(
            number,
            rule,
            deliverTo,
            asked.benefit,
            presentation.nullifier,
            request.params,
            presentation.epochRoot
        );
    }

    /// @inheritdoc IBenefitClaims
    function addRule(
        ClaimRule calldata added,
        bytes32 previousChange,
        bytes[] calldata signatures
    ) external returns (uint256 rule) {
        uint256 earliest = block.timestamp + verifier.changeDelay();
        if (added.opensAt < earliest) revert OpensTooSoon(earliest);
        _follow(previousChange, hashAddition(added, previousChange), signatures);
        return _add(added);
    }

    /// @inheritdoc IBenefitClaims
    function closeRule(
        uint256 rule,
        bytes32 previousChange,
        bytes[] calldata signatures
    ) external {
        ClaimRule storage closed = _ruleAt(rule);
        _follow(previousChange, hashClosing(rule, previousChange), signatures);
        if (block.timestamp < closed.closesAt) closed.closesAt = uint64(block.timestamp);
        emit RuleClosed(rule);
    }

    /// @inheritdoc IBenefitClaims
    function ruleAt(uint256 rule) external view returns (ClaimRule memory) {
        return _ruleAt(rule);
    }

    /// @inheritdoc IBenefitClaims
    function ruleCount() external view returns (uint256) {
        return _rules.length;
    }

    /// @inheritdoc IBenefitClaims
    function claimOf(uint256 nullifier) external view returns (Claim memory) {
        return _claims[nullifier];
    }

    /// @inheritdoc IBenefitClaims
    function nonceFor(uint256 rule, bytes32 deliverTo) public pure returns (bytes32) {
        return keccak256(abi.encode(rule, deliverTo));
    }

    /// @inheritdoc IBenefitClaims
    function hashAddition(
        ClaimRule calldata added,
        bytes32 previousChange
    ) public view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(ADDITION_TYPEHASH, address(this), previousChange, _hashRule(added))
                )
            );
    }

    /// @inheritdoc IBenefitClaims
    function hashClosing(uint256 rule, bytes32 previousChange) public view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(abi.encode(CLOSING_TYPEHASH, address(this), previousChange, rule))
            );
    }

    function _hashRule(ClaimRule calldata rule) private pure returns (bytes32) {
        bytes32[] memory fields = new bytes32[](rule.fields.length);
        for (uint256 i = 0; i < fields.length; ++i) {
            fields[i] = keccak256(abi.encode(FIELD_TYPEHASH, rule.fields[i]));
        }
        return
            keccak256(
                abi.encode(
                    RULE_TYPEHASH,
                    rule.benefit,
                    rule.statement,
                    keccak256(bytes(rule.purpose)),
                    rule.opensAt,
                    rule.closesAt,
                    keccak256(abi.encodePacked(fields))
                )
            );
    }

    /// The change is the one after the last and a quorum of the authorities of now signed it.
    function _follow(bytes32 previousChange, bytes32 change, bytes[] calldata signatures) private {
        if (previousChange != lastRuleChange) {
            revert WrongPreviousRuleChange(lastRuleChange, previousChange);
        }
        address[] memory signers = verifier.registry().requireQuorum(change, signatures);
        lastRuleChange = change;
        emit RulesChanged(change, previousChange, signers);
    }

    function _add(ClaimRule memory rule) private returns (uint256 number) {
        if (
            bytes(rule.purpose).length == 0 ||
            RequestText.hasColonInMemory(rule.purpose) ||
            rule.opensAt >= rule.closesAt ||
            !_areFieldsInOrder(rule.fields)
        ) revert InvalidRule();
        number = _rules.length;
        _rules.push(rule);
        emit RuleAdded(number, rule.benefit, rule.statement);
    }

    function _areFieldsInOrder(FieldRule[] memory fields) private pure returns (bool) {
        uint256 covered;
        for (uint256 i = 0; i < fields.length; ++i) {
            FieldRule memory field = fields[i];
            if (field.bits == 0 || field.bits > MAX_FIELD_BITS) return false;
            uint256 limit = 1 << field.bits;
            uint256 mask = (limit - 1) << field.shift;
            // Off the top, or over another.
            if (mask >> field.shift != limit - 1 || mask & covered != 0) return false;
            if (field.min > field.max || field.max >= limit) return false;
            covered |= mask;
        }
        return true;
    }

    function _ruleAt(uint256 rule) private view returns (ClaimRule storage) {
        if (rule >= _rules.length) revert UnknownRule(rule);
        return _rules[rule];
    }

    function _requireOpen(ClaimRule storage rule) private view {
        (uint64 opensAt, uint64 closesAt) = (rule.opensAt, rule.closesAt);
        if (block.timestamp < opensAt || block.timestamp >= closesAt) {
            revert RuleNotOpen(opensAt, closesAt);
        }
    }

    function _requireFields(FieldRule[] storage fields, uint256 params) private view {
        uint256 covered;
        uint256 count = fields.length;
        for (uint256 i = 0; i < count; ++i) {
            FieldRule memory field = fields[i];
            uint256 mask = (1 << field.bits) - 1;
            uint256 value = (params >> field.shift) & mask;
            if (value < field.min || value > field.max) revert FieldOutsideRule(i, value);
            covered |= mask << field.shift;
        }
        if (params & ~covered != 0) revert BitsOutsideRule(params & ~covered);
    }
}
