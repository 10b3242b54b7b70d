package dev.tactus.database;

import java.sql.SQLException;

/// Translates an error of PostgreSQL into what it means to whoever runs the program. Codes:
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
final class PostgresErrors {
    private final DatabaseSchema schema;
    private final DatabaseAddress address;

    PostgresErrors(DatabaseSchema schema, DatabaseAddress address) {
        this.schema = schema;
        this.address = address;
    }

    RuntimeException of(SQLException e) {
        String code = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (code) {
            case "57P01", "57P02", "57P03" -> gone(e);
            case "3D000" -> unavailable(e, "does not exist. Make it (createdb), or correct the address");
            case "42501" ->
                unavailable(
                        e,
                        "may not be changed by this user. Give it the right (GRANT CREATE, USAGE ON SCHEMA …, or make"
                                + " it the owner of the database), " + schema.again());
            case "25006" ->
                unavailable(
                        e, "can only be read there: it is a standby, or set so. Name the server that is written to");
            case "53100" ->
                unavailable(e, "can't be written: the server's disk is full. Free some space, " + schema.again());
            case "53300" -> unavailable(e, "has no connection left. Allow more (max_connections), " + schema.again());
            case "55P03" ->
                unavailable(
                        e,
                        "has been kept locked by another process for too long. Wait until that has ended, "
                                + schema.again());
            case "40001", "40P01" ->
                unavailable(e, "was changed by another process at the same moment. Wait, " + schema.again());
            case "58030", "XX001", "XX002" -> unavailable(e, "is damaged. Restore it from a backup");
            default -> byClass(e, code);
        };
    }

    private RuntimeException byClass(SQLException e, String code) {
        if (code.startsWith("08")) {
            return gone(e);
        }
        if (code.startsWith("28")) {
            return unavailable(
                    e, "refuses this user. Set PGUSER and PGPASSWORD, or name the file of passwords in PGPASSFILE");
        }
        if (code.startsWith("53") || code.startsWith("57") || code.startsWith("58")) {
            return unavailable(e, "can't be read or written now. Look to the server, " + schema.again());
        }
        return new IllegalStateException(schema.name() + " " + address + " refused a statement: " + e.getMessage(), e);
    }

    private DatabaseUnavailable gone(SQLException e) {
        return unavailable(
                e, "can't be reached. See that the server runs and that its address is right, " + schema.again());
    }

    DatabaseUnavailable unavailable(Exception e, String what) {
        return new DatabaseUnavailable(schema.name() + " " + address + " " + what + ". (" + e.getMessage() + ")", e);
    }
}
