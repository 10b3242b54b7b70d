package dev.tactus.source.response;

/// The run can't go on with this source. The message is complete: what, where, what to do.
public final class SourceFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Whose matter it is.
    public enum Kind {
        /// Nothing answers at the address; safe to try again later.
        UNREACHABLE,
        /// The DSP refuses the credentials; somebody has to correct them.
        WRONG_CREDENTIALS,
        /// The DSP knows the caller and forbids the call; somebody has to ask for access.
        FORBIDDEN,
        /// Something answers, but not this API; somebody has to correct the address.
        NOT_THE_API
    }

    private final Kind kind;

    public SourceFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// Whose matter it is.
    public Kind kind() {
        return kind;
    }
}
