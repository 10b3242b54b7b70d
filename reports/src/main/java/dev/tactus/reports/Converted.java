package dev.tactus.reports;

/// What became of something that stands in a row.
sealed interface Converted<T> {
    /// It can be taken.
    record Good<T>(T value) implements Converted<T> {}

    /// It can't.
    ///
    /// @param field the column of the lake that it was for
    /// @param reason for a person: what stands there and why it can't be taken
    record Bad<T>(Field field, String reason) implements Converted<T> {}

    /// Why a value can't be taken.
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Field field;

        Unusable(Field field, String reason) {
            super(reason, null, false, false);
            this.field = field;
        }

        <T> Bad<T> bad() {
            return new Bad<>(field, String.valueOf(getMessage()));
        }
    }
}
