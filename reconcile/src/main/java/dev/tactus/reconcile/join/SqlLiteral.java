package dev.tactus.reconcile.join;

import java.time.LocalDate;

/// Values in SQL.
public final class SqlLiteral {
    private SqlLiteral() {}

    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public static String day(LocalDate day) {
        return "DATE '" + day + "'";
    }
}
