package dev.tactus.reports.rows;

import dev.tactus.reports.ReportField;

/// What became of something that stands in a row.
sealed interface Conversion<T> {
    /// It can be taken.
    record Accepted<T>(T value) implements Conversion<T> {}

    /// It can't.
    ///
    /// @param field the column of the lake that it was for
    /// @param reason for a person: what stands there and why it can't be taken
    record Rejected<T>(ReportField field, String reason) implements Conversion<T> {}

    /// Why a value can't be taken.
    final class UnusableValue extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ReportField field;

        UnusableValue(ReportField field, String reason) {
            super(reason, null, false, false);
            this.field = field;
        }

        <T> Rejected<T> bad() {
            return new Rejected<>(field, String.valueOf(getMessage()));
        }
    }
}
