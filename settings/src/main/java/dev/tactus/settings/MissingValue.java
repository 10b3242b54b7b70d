package dev.tactus.settings;

/// A setting whose value comes from outside the file and is not there: a variable that is not set, a secret's file.
///
/// Who doesn't need the value may go on without it.
public final class MissingValue extends InvalidConfiguration {
    private static final long serialVersionUID = 1L;

    MissingValue(String message) {
        super(message);
    }
}
