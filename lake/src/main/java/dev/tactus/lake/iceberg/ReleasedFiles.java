package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.place.RegisterTable;
import dev.tactus.lake.remote.CatalogTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Data files whose bytes were let go, and the files that took their places, in a table beside the catalog's pointers.
///
/// Snapshots of the past, and the tags of closes, go on naming the old files; whoever reads them is led to the new
/// ones, which have the same rows without those bytes. Thread-safe; what is not kept yet is kept by one thread.
public final class ReleasedFiles {
    private static final String TABLE = RegisterTable.RELEASED.label();

    /// What took a file's place.
    ///
    /// @param path relative to the lake's folder
    /// @param retention the id of the record that says who let its bytes go
    private record Replacement(String path, String retention) {}

    private final LakeFiles kept;
    private final Path folder;
    private final CatalogTransaction catalog;
    private final Map<String, Replacement> known = new ConcurrentHashMap<>();
    private final Map<String, Replacement> unkept = new HashMap<>();

    ReleasedFiles(LakeFiles kept, CatalogTransaction catalog) {
        this.kept = kept;
        this.folder = kept.folder();
        this.catalog = catalog;
    }

    /// Reads what is noted.
    void load() {
        catalog.onConnection(session -> {
            if (exists(session)) {
                try (Statement statement = session.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT path, replacement, retention FROM " + TABLE)) {
                    while (rows.next()) {
                        known.put(rows.getString(1), new Replacement(rows.getString(2), rows.getString(3)));
                    }
                }
            }
        });
    }

    private static boolean exists(Connection session) throws SQLException {
        try (ResultSet tables = session.getMetaData().getTables(null, null, TABLE, null)) {
            return tables.next();
        }
    }

    /// Where the rows of a file are now: itself, or what took its place, however often.
    Path inPlaceOf(Path file) {
        if (!file.startsWith(folder)) {
            return file;
        }
        String path = DataFileDigests.relative(folder, file);
        if (!known.containsKey(path) && !DataFileDigests.exists(kept, file)) {
            // another process may have let it go a moment ago
            load();
        }
        Path place = file;
        Set<String> passed = new HashSet<>();
        for (Replacement next = known.get(path); next != null; next = known.get(next.path())) {
            place = folder.resolve(next.path());
            if (!passed.add(next.path())) {
                throw new LakeDamaged(
                        "the catalog says of the data file " + path + " that it has taken its own place, by way of "
                                + next.path() + ": another hand has changed its table " + TABLE + ". "
                                + LakeDamaged.REMEDY,
                        null);
            }
        }
        return place;
    }

    /// The record that says who let a file's bytes go; absent where nobody has.
    ///
    /// @param path relative to the lake's folder
    public Optional<String> retention(String path) {
        return Optional.ofNullable(known.get(path)).map(Replacement::retention);
    }

    /// Those of a retention that are still on the disk.
    public List<Path> leftOver(String retention) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().retention().equals(retention))
                .map(entry -> folder.resolve(entry.getKey()))
                .filter(file -> DataFileDigests.exists(kept, file))
                .sorted()
                .toList();
    }

    /// Whether anything of a retention was committed.
    public boolean knows(String retention) {
        return known.values().stream().anyMatch(one -> one.retention().equals(retention));
    }

    void note(String retention, Map<Path, Path> places) {
        places.forEach((file, place) -> unkept.put(
                DataFileDigests.relative(folder, file),
                new Replacement(DataFileDigests.relative(folder, place), retention)));
    }

    /// Writes down what was noted since it was last [#kept], in the transaction that is open.
    void keep() {
        if (unkept.isEmpty()) {
            return;
        }
        catalog.onConnection(session -> {
            if (!exists(session)) {
                try (Statement statement = session.createStatement()) {
                    statement.executeUpdate(RegisterTable.RELEASED.make());
                }
            }
            try (PreparedStatement insert = session.prepareStatement(
                    "INSERT INTO " + TABLE + " (path, replacement, retention) VALUES (?, ?, ?)")) {
                for (Map.Entry<String, Replacement> one : unkept.entrySet()) {
                    insert.setString(1, one.getKey());
                    insert.setString(2, one.getValue().path());
                    insert.setString(3, one.getValue().retention());
                    insert.executeUpdate();
                }
            }
        });
    }

    /// The transaction has succeeded.
    void kept() {
        known.putAll(unkept);
        unkept.clear();
    }

    /// Nobody knows whether the transaction has succeeded but the catalog.
    void lookUp() {
        unkept.clear();
        load();
    }
}
