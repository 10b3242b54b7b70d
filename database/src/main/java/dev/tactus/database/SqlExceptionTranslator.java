package dev.tactus.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Translates an error of SQLite into what it means to whoever runs the program.
final class SqlExceptionTranslator {
    private static final Pattern CONSTANT = Pattern.compile("No enum constant (?:\\w+\\.)*(.*)", Pattern.DOTALL);

    private final DatabaseSchema schema;
    private final Path file;

    SqlExceptionTranslator(DatabaseSchema schema, Path file) {
        this.schema = schema;
        this.file = file;
    }

    RuntimeException of(SQLException e) {
        // extended codes carry the plain one in their lowest byte
        SQLiteErrorCode code = e instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
                : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code) {
            case SQLITE_FULL -> full(e);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                unavailable(
                        e,
                        "can't be opened or written. Make the file and its folder writable for this user (SQLite needs "
                                + "files of its own beside it), " + schema.again());
            case SQLITE_IOERR, SQLITE_NOLFS -> disk(e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                unavailable(
                        e,
                        "has been kept locked by another process for too long. Wait until that has ended, "
                                + schema.again());
            case SQLITE_CORRUPT -> unavailable(e, "is damaged. " + schema.damaged());
            case SQLITE_NOTADB -> new ForeignFile(schema, file, "it is not a SQLite database");
            case SQLITE_NOMEM, SQLITE_INTERRUPT -> unavailable(e, "can't be read or written");
            default ->
                new IllegalStateException(schema.name() + " " + file + " refused a statement: " + e.getMessage(), e);
        };
    }

    /// What a check of its pages has found.
    DatabaseUnavailable damaged(String fault) {
        return new DatabaseUnavailable(schema.name() + " " + file + " is damaged. " + schema.damaged()
                + ". Nothing was touched. (" + fault + ")");
    }

    DatabaseUnavailable disk(Exception e) {
        String said = String.valueOf(e.getMessage());
        // SQLite finds no room for the memory that its processes share, or the system says so itself
        if (said.contains("SQLITE_IOERR_SHMSIZE") || said.contains("No space left on device")) {
            return full(e);
        }
        return unavailable(
                e,
                "can't be read or written: the disk reports an error. Look to the disk and its free space, "
                        + schema.again());
    }

    DatabaseUnavailable misread(String table, RuntimeException e) {
        return unavailable(said(e), misread(table));
    }

    /// The same for people: names of Java's are of no use to them.
    static RuntimeException said(RuntimeException e) {
        Matcher constant = CONSTANT.matcher(String.valueOf(e.getMessage()));
        return constant.matches()
                ? new IllegalArgumentException("\"" + constant.group(1) + "\" is none of the values it may have", e)
                : e;
    }

    /// What is wrong with a database that holds such a value.
    static String misread(String table) {
        return "holds a value that can't be, in the table " + table + ": it was changed by another hand, or is damaged."
                + " Restore it from a backup";
    }

    private DatabaseUnavailable full(Exception e) {
        return unavailable(e, "can't be written: the disk is full. Free some space there, " + schema.again());
    }

    private DatabaseUnavailable unavailable(Exception e, String what) {
        return new DatabaseUnavailable(schema.name() + " " + file + " " + what + ". (" + e.getMessage() + ")", e);
    }
}
