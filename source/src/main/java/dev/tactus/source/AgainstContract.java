package dev.tactus.source;

/// Ends the reading of one item that is against the contract; never leaves this package.
final class AgainstContract extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    AgainstContract(String pointer, String reason, String detail) {
        super(detail, null, false, false);
        this.refusal = new Refusal(pointer, reason, detail);
    }

    Refusal refusal() {
        return refusal;
    }
}
