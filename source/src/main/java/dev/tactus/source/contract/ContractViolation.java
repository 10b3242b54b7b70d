package dev.tactus.source.contract;

import dev.tactus.source.response.PayloadRejection;

/// Ends the reading of one item that is against the contract; never leaves this room.
public final class ContractViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PayloadRejection rejection;

    ContractViolation(String pointer, String reason, String detail) {
        super(detail, null, false, false);
        this.rejection = new PayloadRejection(pointer, reason, detail);
    }

    public PayloadRejection rejection() {
        return rejection;
    }
}
