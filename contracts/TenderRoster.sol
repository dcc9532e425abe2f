// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IStatementVerifier} from "./interfaces/IStatementVerifier.sol";
import {ITenderRoster} from "./interfaces/ITenderRoster.sol";
import {Decimal} from "./lib/Decimal.sol";

/// @title Rosters of staff for tenders.
/// @notice No owner; anyone opens a tender, and nobody changes one.
contract TenderRoster is ITenderRoster {
    /// @inheritdoc ITenderRoster
    IStatementVerifier public immutable verifier;
    /// @inheritdoc ITenderRoster
    uint256 public tenderCount;
    /// @inheritdoc ITenderRoster
    mapping(uint256 tender => mapping(uint256 roster => uint256)) public admittedTo;

    mapping(uint256 tender => Terms) private _terms;

    /// @param verifier_ Who checks presentations.
    constructor(IStatementVerifier verifier_) {
        verifier = verifier_;
    }

    /// @inheritdoc ITenderRoster
    function open(Terms calldata terms) external returns (uint256 tender) {
        if (
            terms.staff == 0 ||
            terms.deadline <= block.timestamp ||
            terms.params & terms.bidderMask != 0
        ) revert InvalidTerms();
        tender = ++tenderCount;
        _terms[tender] = terms;
        emit TenderOpened(
            tender,
            msg.sender,
            terms.statement,
            terms.params,
            terms.bidderMask,
            terms.staff,
            terms.deadline
        );
    }

    /// @inheritdoc ITenderRoster
    function admit(
        uint256 tender,
        IStatementVerifier.PresentationBatch calldata batch
    ) external returns (uint256 total) {
        Terms memory terms = termsOf(tender);
        if (block.timestamp >= terms.deadline) revert TenderOver(terms.deadline);
        uint256 roster = batch.params;
        if (
            batch.statement != terms.statement ||
            roster & ~terms.bidderMask != terms.params ||
            keccak256(bytes(batch.purpose)) != keccak256(bytes(purposeOf(tender)))
        ) revert OtherQuestion();
        if (terms.bidderMask != 0 && roster & terms.bidderMask == 0) revert NoBidder();
        uint256 before = admittedTo[tender][roster];
        uint256 given = batch.answers.length;
        total = before + given;
        if (total > terms.staff) revert TooMany(terms.staff - before, given);

        admittedTo[tender][roster] = total;
        emit StaffAdmitted(tender, roster, given, total);
        if (total == terms.staff) emit RosterComplete(tender, roster);
        // The audience has to be this contract: the verifier sees to that, and to the rest.
        verifier.consumeBatch(batch);
    }

    /// @inheritdoc ITenderRoster
    function termsOf(uint256 tender) public view returns (Terms memory terms) {
        terms = _terms[tender];
        if (terms.staff == 0) revert UnknownTender(tender);
    }

    /// @inheritdoc ITenderRoster
    function purposeOf(uint256 tender) public pure returns (string memory) {
        return string.concat("tender-", string(Decimal.digits(tender)));
    }

    /// @inheritdoc ITenderRoster
    function isComplete(uint256 tender, uint256 roster) external view returns (bool) {
        return admittedTo[tender][roster] == termsOf(tender).staff;
    }
}
