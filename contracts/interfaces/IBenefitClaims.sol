// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IStatementVerifier} from "./IStatementVerifier.sol";

/// @title Claims of a pension or of unemployment benefit, registered when a valid presentation arrives.
/// @notice One claim a person and purpose. Who they are, and where they are paid, is not on the chain:
/// the nonce of the request, which the holder signs, binds the rule and a hash of what the claim is
/// delivered to, which only its maker can open. So whoever hands a claim in can turn neither.
/// Rules are added and closed by a quorum of the authorities of the verifier's epoch registry.
interface IBenefitClaims {
    /// @notice What one field of the params must be: from `min` to `max`, both included.
    /// @param shift Lowest bit of the field, as `Statements` lays out.
    /// @param bits Width of the field, at most 112.
    struct FieldRule {
        uint8 shift;
        uint8 bits;
        uint112 min;
        uint112 max;
    }

    /// @notice What is claimed, and what must be proven for it.
    /// @param benefit A name: "pension".
    /// @param statement `keccak256("pension-eligibility@1")`.
    /// @param purpose Of the request, which makes the scope: rules that share it share one claim a
    /// person. A benefit that can be claimed again names its period: "unemployment-claim-2026".
    /// @param opensAt Unix seconds.
    /// @param closesAt Unix seconds; from then on nothing is taken.
    /// @param fields Of the params. A bit that none of them covers must be 0.
    struct ClaimRule {
        bytes32 benefit;
        bytes32 statement;
        string purpose;
        uint64 opensAt;
        uint64 closesAt;
        FieldRule[] fields;
    }

    /// @notice A claim that is registered.
    /// @param number From 1 on, without gaps.
    struct Claim {
        uint64 number;
        uint64 rule;
        uint64 registeredAt;
    }

    /// @notice A rule is there.
    event RuleAdded(uint256 indexed rule, bytes32 indexed benefit, bytes32 indexed statement);
    /// @notice Nothing is taken under the rule any more.
    event RuleClosed(uint256 indexed rule);
    /// @notice A quorum signed an addition or a closing; the event beside it tells which.
    event RulesChanged(bytes32 indexed change, bytes32 indexed previousChange, address[] signers);
    /// @notice A claim to be delivered.
    /// @param number From 1 on, without gaps: who follows sees what is missing.
    /// @param deliverTo A hash, chosen by the holder, of what it is delivered to.
    /// @param params What was proven, such as the tier of the benefit.
    event ClaimRegistered(
        uint256 indexed number,
        uint256 indexed rule,
        bytes32 indexed deliverTo,
        bytes32 benefit,
        uint256 nullifier,
        uint256 params,
        uint256 epochRoot
    );

    /// @notice There is no such rule.
    error UnknownRule(uint256 rule);
    /// @notice The rule takes no claims now.
    error RuleNotOpen(uint64 opensAt, uint64 closesAt);
    /// @notice The request is not what the rule asks: another statement or purpose.
    error OtherQuestion();
    /// @notice A field of the params is outside of what the rule allows.
    error FieldOutsideRule(uint256 field, uint256 value);
    /// @notice The params say something that the rule knows nothing of.
    error BitsOutsideRule(uint256 bits);
    /// @notice The nonce is not `nonceFor` of this rule and delivery, or nothing is to be delivered to.
    error OtherClaim();
    /// @notice The rule makes no sense: no purpose or one with a ':', times out of order, a field that
    /// is too wide, empty, or overlaps another.
    error InvalidRule();
    /// @notice A rule is added for later: not before the verifier's `changeDelay` is over.
    error OpensTooSoon(uint256 earliest);
    /// @notice The change does not follow the last one.
    error WrongPreviousRuleChange(bytes32 expected, bytes32 actual);

    /// @notice Registers a claim. Anyone may hand it in: it is the holder's all the same. Reverts with
    /// the verifier's `Rejected` unless the presentation is valid, addressed to this contract, and the
    /// person's first for this purpose.
    /// @param rule Which rule it is claimed under.
    /// @param deliverTo A hash, not 0, of what it is delivered to.
    /// @param presentation A presentation whose audience is this contract and whose nonce is
    /// `nonceFor(rule, deliverTo)`.
    /// @return number Of the claim.
    function claim(
        uint256 rule,
        bytes32 deliverTo,
        IStatementVerifier.Presentation calldata presentation
    ) external returns (uint256 number);

    /// @notice Adds a rule that a quorum signed. Anyone may submit it.
    /// @param added The rule; rules are never changed.
    /// @param previousChange `lastRuleChange`.
    /// @param signatures Of a quorum over `hashAddition`, ascending by signer.
    /// @return rule Its number.
    function addRule(
        ClaimRule calldata added,
        bytes32 previousChange,
        bytes[] calldata signatures
    ) external returns (uint256 rule);

    /// @notice Closes a rule at once. Anyone may submit it.
    /// @param rule Which.
    /// @param previousChange `lastRuleChange`.
    /// @param signatures Of a quorum over `hashClosing`, ascending by signer.
    function closeRule(
        uint256 rule,
        bytes32 previousChange,
        bytes[] calldata signatures
    ) external;

    /// @notice Who checks presentations.
    /// @return The verifier.
    function verifier() external view returns (IStatementVerifier);

    /// @notice A rule.
    /// @param rule Counted from 0.
    /// @return The rule as it is.
    function ruleAt(uint256 rule) external view returns (ClaimRule memory);

    /// @notice How many rules there are.
    /// @return The number, closed ones among them.
    function ruleCount() external view returns (uint256);

    /// @notice How many claims were registered.
    /// @return The number of the last one.
    function claimCount() external view returns (uint256);

    /// @notice The claim of a nullifier.
    /// @param nullifier Any value.
    /// @return All zero where there is none.
    function claimOf(uint256 nullifier) external view returns (Claim memory);

    /// @notice The nonce of a request that asks for a claim.
    /// @param rule Which rule it is claimed under.
    /// @param deliverTo A hash of what it is delivered to.
    /// @return `keccak256(abi.encode(rule, deliverTo))`.
    function nonceFor(uint256 rule, bytes32 deliverTo) external pure returns (bytes32);

    /// @notice Digest of the last addition or closing; the next one names it.
    /// @return Zero before the first.
    function lastRuleChange() external view returns (bytes32);

    /// @notice The EIP-712 digest the authorities sign to add a rule; it names this contract.
    /// @param added The rule.
    /// @param previousChange `lastRuleChange`.
    /// @return The digest.
    function hashAddition(
        ClaimRule calldata added,
        bytes32 previousChange
    ) external view returns (bytes32);

    /// @notice The EIP-712 digest the authorities sign to close a rule; it names this contract.
    /// @param rule Which.
    /// @param previousChange `lastRuleChange`.
    /// @return The digest.
    function hashClosing(uint256 rule, bytes32 previousChange) external view returns (bytes32);
}
