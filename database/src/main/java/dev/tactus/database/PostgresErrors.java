package dev.tactus.database;

import java.sql.SQLException;

/// Translates an error of PostgreSQL into what it means to whoever runs the program. Codes:
/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
final class PostgresErrors {
    private final DatabaseSchema schema;
    private final DatabaseAddress.PostgresUrl address;

    PostgresErrors(DatabaseSchema schema, DatabaseAddress.PostgresUrl address) {
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

    /// Why a connection could not be opened.
    RuntimeException ofOpening(SQLException e) {
        RuntimeException known = of(e);
        return known instanceof DatabaseFailure
                ? known
                : unavailable(
                        e, "can't be opened. See that its address is right, such as jdbc:postgresql://host/database");
    }

    private RuntimeException byClass(SQLException e, String code) {
        // the second: a password is asked for and there is none
        if (code.startsWith("28") || code.equals("08004")) {
            return unavailable(
                    e, "refuses this user. Set PGUSER and PGPASSWORD, or name the file of passwords in PGPASSFILE");
        }
        if (code.startsWith("08")) {
            return gone(e);
        }
        if (code.startsWith("53") || code.startsWith("57") || code.startsWith("58")) {
            return unavailable(e, "can't be read or written now. Look to the server, " + schema.again());
        }
        return new IllegalStateException(schema.name() + " " + address + " refused a statement: " + said(e), cause(e));
    }

    private DatabaseUnavailable gone(SQLException e) {
        return unavailable(
                e, "can't be reached. See that the server runs and that its address is right, " + schema.again());
    }

    /// The driver repeats an address that it can't read, with all that stands in it.
    private String said(Exception e) {
        return address.masked(String.valueOf(e.getMessage()));
    }

    /// The same for whoever looks at the stack.
    private Exception cause(Exception e) {
        return said(e).equals(String.valueOf(e.getMessage())) ? e : new SQLException(said(e));
    }

    DatabaseUnavailable unavailable(Exception e, String what) {
        return new DatabaseUnavailable(schema.name() + " " + address + " " + what + ". (" + said(e) + ")", cause(e));
    }
}
