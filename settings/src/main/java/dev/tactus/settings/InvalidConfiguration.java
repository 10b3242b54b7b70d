package dev.tactus.settings;

/// A setting that cannot be used: the message says which file, line and key, what stands there, and what would be
/// right.
///
/// It is always the writer's to mend; trying again without a change cannot help.
public class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidConfiguration(String message) {
        super(message);
    }
}
