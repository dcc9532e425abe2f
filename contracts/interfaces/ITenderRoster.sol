// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IStatementVerifier} from "./IStatementVerifier.sol";

/// @title Rosters of staff for tenders: so many people of each bidder prove what is required.
/// @notice Nobody counts twice in a tender, not even for two bidders. Who they are stays with them.
interface ITenderRoster {
    /// @notice What a tender requires.
    /// @param statement `keccak256("coverage@1")`.
    /// @param params The thresholds, the bits of `bidderMask` left 0.
    /// @param bidderMask Bits of the params that each bidder fills in, such as the employer's; 0 where
    /// the params are whole and there is one roster.
    /// @param staff How many people a roster needs.
    /// @param deadline Unix seconds; from then on nobody is admitted.
    struct Terms {
        bytes32 statement;
        uint256 params;
        uint256 bidderMask;
        uint32 staff;
        uint64 deadline;
    }

    /// @notice A tender is open.
    event TenderOpened(
        uint256 indexed tender,
        address indexed opener,
        bytes32 indexed statement,
        uint256 params,
        uint256 bidderMask,
        uint32 staff,
        uint64 deadline
    );
    /// @notice People were admitted to a roster; the verifier's `Consumed` events tell the nullifiers.
    /// @param roster The params they proved, the bidder's part filled in.
    /// @param admitted How many just now.
    /// @param total How many the roster has.
    event StaffAdmitted(
        uint256 indexed tender,
        uint256 indexed roster,
        uint256 admitted,
        uint256 total
    );
    /// @notice The roster has as many as the tender requires.
    event RosterComplete(uint256 indexed tender, uint256 indexed roster);

    /// @notice The terms make no sense: nobody required, a deadline that is over, a bit both set and
    /// left to the bidder.
    error InvalidTerms();
    /// @notice There is no such tender.
    error UnknownTender(uint256 tender);
    /// @notice The deadline is over.
    error TenderOver(uint64 deadline);
    /// @notice The batch answers another question: statement, purpose, or params.
    error OtherQuestion();
    /// @notice The bidder's part of the params is empty.
    error NoBidder();
    /// @notice More than the roster still needs.
    error TooMany(uint256 missing, uint256 given);

    /// @notice Opens a tender.
    /// @param terms What it requires, for good.
    /// @return tender Its number, from 1 on.
    function open(Terms calldata terms) external returns (uint256 tender);

    /// @notice Admits people to a roster, all of the batch or none. Anyone may hand it in. Reverts
    /// with the verifier's `RejectedAnswer` or `Rejected` unless all of it is valid and new.
    /// @param tender Which tender.
    /// @param batch Answers whose audience is this contract and whose purpose is `purposeOf(tender)`.
    /// @return total How many the roster has now.
    function admit(
        uint256 tender,
        IStatementVerifier.PresentationBatch calldata batch
    ) external returns (uint256 total);

    /// @notice Who checks presentations.
    /// @return The verifier.
    function verifier() external view returns (IStatementVerifier);

    /// @notice What a tender requires.
    /// @param tender Which tender.
    /// @return The terms.
    function termsOf(uint256 tender) external view returns (Terms memory);

    /// @notice How many tenders were opened.
    /// @return The number of the last one.
    function tenderCount() external view returns (uint256);

    /// @notice The purpose of a tender's requests, so that its scope is its own.
    /// @param tender Any number.
    /// @return "tender-" and the number.
    function purposeOf(uint256 tender) external pure returns (string memory);

    /// @notice How many people a roster has.
    /// @param tender Which tender.
    /// @param roster The params, the bidder's part filled in.
    /// @return The number.
    function admittedTo(uint256 tender, uint256 roster) external view returns (uint256);

    /// @notice Whether a roster has as many as the tender requires.
    /// @param tender Which tender.
    /// @param roster The params, the bidder's part filled in.
    /// @return Whether it has.
    function isComplete(uint256 tender, uint256 roster) external view returns (bool);
}
