package dev.tactus.reconcile;

import java.time.LocalDate;

/// Values in SQL.
final class Literal {
    private Literal() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String day(LocalDate day) {
        return "DATE '" + day + "'";
    }
}
