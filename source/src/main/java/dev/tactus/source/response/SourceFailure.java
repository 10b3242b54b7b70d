package dev.tactus.source.response;

/// This source can't be used any further. The message is complete: what, where, what to do.
public final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Who has to act.
    public enum Kind {
        /// Nothing responds at the address; safe to try again later.
        UNREACHABLE,
        /// The DSP refuses the credentials; somebody has to correct them.
        WRONG_CREDENTIALS,
        /// The DSP knows the client and forbids the request; somebody has to ask for access.
        FORBIDDEN,
        /// Something responds, but not this API; somebody has to correct the address.
        NOT_THE_API
    }

    private final Kind kind;

    public SourceFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// Who has to act.
    public Kind kind() {
        return kind;
    }
}
