package dev.tactus.lake.place;

import dev.tactus.lake.failure.LakeFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The database that holds the pointers of an Iceberg catalog.
///
/// @param uri of JDBC: `jdbc:sqlite:FILE` or `jdbc:postgresql://…`
public record CatalogDatabase(String uri) implements CatalogPlace {
    private static final String SQLITE = "jdbc:sqlite:";

    /// That of a lake in a folder.
    public static CatalogDatabase in(Path folder) {
        return new CatalogDatabase(SQLITE + folder.resolve("catalog.db"));
    }

    /// One of this process alone, for what stands beside pointers that a server keeps.
    public static CatalogDatabase inMemory() {
        return new CatalogDatabase(SQLITE + ":memory:");
    }

    /// Its file; absent where a server has it.
    public Optional<Path> file() {
        return uri.startsWith(SQLITE) ? Optional.of(Path.of(uri.substring(SQLITE.length()))) : Optional.empty();
    }

    @Override
    public boolean isMade() {
        if (file().isPresent() && !Files.exists(file().get())) {
            return false;
        }
        try (Connection session = connect();
                ResultSet tables = session.getMetaData().getTables(null, null, "iceberg_tables", null)) {
            return file().isPresent() || tables.next();
        } catch (SQLException e) {
            throw LakeFailures.of("the catalog " + this + " can't be read", e);
        }
    }

    /// Whether its file is there and holds nothing; of a server's nothing is said.
    public boolean isEmpty() {
        try {
            return file().isPresent() && Files.size(file().get()) == 0;
        } catch (IOException e) {
            throw LakeFailures.of("the catalog " + this + " can't be read", e);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(uri);
    }

    /// What Iceberg's JDBC catalog is made with.
    ///
    /// @param warehouse as Iceberg names it
    public Map<String, String> properties(String warehouse) {
        Map<String, String> properties =
                new HashMap<>(Map.of("uri", uri, "warehouse", warehouse, "jdbc.schema-version", "V1", "clients", "1"));
        if (file().isPresent()) {
            properties.put("jdbc.synchronous", "FULL");
            properties.put("jdbc.busy_timeout", "20000");
            // a transaction has the right to write from its first statement on
            properties.put("jdbc.transaction_mode", "IMMEDIATE");
        }
        return properties;
    }

    /// Without what may be secret.
    @Override
    public String toString() {
        return file().map(Path::toString).orElseGet(() -> uri.replaceFirst("\\?.*", ""));
    }
}
