package dev.tactus.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// A kind of SQLite file that Tactus keeps: what it is called, how it is told from other files, and its versions.
///
/// @param name what messages call it, such as `ledger`
/// @param setting where its path is configured, such as `ledger:`
/// @param again what to do once a trouble of the machine's is over, as the end of a sentence
/// @param damaged what to do where the file is damaged, as a sentence without its end
/// @param applicationId marks a SQLite file as one of this kind (offset 68 of the file); the first migration sets it
/// @param migrations the SQL that leads from version n to version n + 1; one that has been released never changes
public record DatabaseSchema(
        String name, String setting, String again, String damaged, int applicationId, List<String> migrations) {
    public DatabaseSchema {
        migrations = List.copyOf(migrations);
    }

    /// One whose migrations stand beside a class, as `migration-1.sql` and so on.
    public static DatabaseSchema of(
            Class<?> beside,
            int versions,
            String name,
            String setting,
            String again,
            String damaged,
            int applicationId) {
        List<String> migrations = IntStream.rangeClosed(1, versions)
                .mapToObj(version -> resource(beside, "migration-" + version + ".sql"))
                .toList();
        return new DatabaseSchema(name, setting, again, damaged, applicationId, migrations);
    }

    /// The version that this program reads and writes.
    public int version() {
        return migrations.size();
    }

    private static String resource(Class<?> beside, String name) {
        try (InputStream sql = beside.getResourceAsStream(name)) {
            if (sql == null) {
                throw new IllegalStateException("there is no " + name + " beside " + beside.getName());
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
