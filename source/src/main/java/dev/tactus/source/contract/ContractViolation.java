package dev.tactus.source.contract;

import dev.tactus.source.response.PayloadRejection;

/// Ends the reading of one item that is against the contract; never leaves this package.
public final class ContractViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PayloadRejection refusal;

    ContractViolation(String pointer, String reason, String detail) {
        super(detail, null, false, false);
        this.refusal = new PayloadRejection(pointer, reason, detail);
    }

    public PayloadRejection refusal() {
        return refusal;
    }
}
