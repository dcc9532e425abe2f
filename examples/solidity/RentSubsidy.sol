// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IStatementVerifier} from "../../contracts/interfaces/IStatementVerifier.sol";

/// @title A rent subsidy, paid once to each person whose insurance record qualifies.
/// @notice The contract learns that a person qualifies and that it has not paid them before; who they
/// are it does not learn. Whoever sends a presentation is paid: the holder's proof is for one
/// recipient, whose address is its nonce, so that nobody who sees it on the way can turn it.
contract RentSubsidy {
    IStatementVerifier public immutable verifier;
    bytes32 public immutable statement;
    uint256 public immutable params;
    uint256 public immutable amount;
    string public purpose;

    event Paid(address indexed recipient, uint256 indexed nullifier);

    error OtherQuestion();
    error OtherRecipient();
    error NotPaid();

    /// @param verifier_ Where presentations are consumed.
    /// @param statement_ `keccak256("coverage@1")`.
    /// @param params_ The thresholds, packed as the statement lays out.
    /// @param purpose_ One payment a person and purpose: "rent-subsidy-2026".
    /// @param amount_ Wei.
    constructor(
        IStatementVerifier verifier_,
        bytes32 statement_,
        uint256 params_,
        string memory purpose_,
        uint256 amount_
    ) payable {
        verifier = verifier_;
        statement = statement_;
        params = params_;
        purpose = purpose_;
        amount = amount_;
    }

    /// @notice Pays the recipient a presentation was made for.
    /// @param presentation A presentation whose audience is this contract.
    /// @param recipient The address in the request's nonce.
    function claim(
        IStatementVerifier.Presentation calldata presentation,
        address payable recipient
    ) external {
        IStatementVerifier.PresentationRequest calldata request = presentation.request;
        // The verifier knows that the proof is true; what it should prove only this contract knows.
        if (
            request.statement != statement ||
            request.params != params ||
            keccak256(bytes(request.purpose)) != keccak256(bytes(purpose))
        ) revert OtherQuestion();
        if (request.nonce != bytes32(uint256(uint160(address(recipient))))) revert OtherRecipient();

        // Reverts unless it is valid, addressed to this contract and its nullifier unspent; spends it.
        verifier.consume(presentation);

        emit Paid(recipient, presentation.nullifier);
        (bool paid, ) = recipient.call{value: amount}("");
        if (!paid) revert NotPaid();
    }
}
