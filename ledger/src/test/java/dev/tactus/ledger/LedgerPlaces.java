package dev.tactus.ledger;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.database.DatabaseAddress;
import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a test's ledgers are: files in a folder, or schemas of a server, gone when this is closed.
public final class LedgerPlaces implements AutoCloseable {
    /// The databases that ledgers are tested on.
    public enum Kind {
        SQLITE,
        POSTGRES
    }

    private final Kind kind;
    private final Path folder;
    private final Map<String, TestSchema> schemas = new HashMap<>();

    public LedgerPlaces(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
        assumeTrue(kind == Kind.SQLITE || TestPostgres.shared().isPresent(), TestPostgres.MISSING);
    }

    /// The place of this name; nothing is there before it is opened.
    public DatabaseAddress place(String name) {
        return switch (kind) {
            case SQLITE -> DatabaseAddress.of(folder.resolve(name + ".db"));
            case POSTGRES ->
                new DatabaseAddress.PostgresUrl(
                        schemas.computeIfAbsent(name, _ -> server().schema()).url(),
                        Optional.empty(),
                        Optional.empty());
        };
    }

    private static TestPostgres server() {
        return TestPostgres.shared().orElseThrow();
    }

    @Override
    public void close() {
        schemas.values().forEach(TestSchema::close);
    }
}
