package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.DigestSeal;
import dev.tactus.lake.place.RegisterTable;
import dev.tactus.lake.remote.CatalogTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The digests of files whose names carry none, in a table beside the catalog's pointers: those of manifests and
/// metadata, written down in the transaction that makes them count, and those of data files that are older than digests
/// in names, taken when the lake was taken over.
///
/// Thread-safe; what is not kept yet is kept by one thread.
public final class DigestRegister {
    private static final String TABLE = RegisterTable.DIGEST.label();
    private static final int TRIES = 3;
    private static final Pattern METADATA = Pattern.compile("/(\\d{1,18})-[^/]*\\.metadata\\.json$");

    /// A digest that is noted.
    ///
    /// @param found when it was taken from a file that nobody had noted; absent where it is as old as the file
    public record Entry(Sha256 digest, Optional<Instant> found) {}

    private final LakeFiles kept;
    private final Path folder;
    private final CatalogTransaction catalog;
    private final Map<String, Entry> known = new ConcurrentHashMap<>();
    private final Map<String, Entry> unkept = new ConcurrentHashMap<>();

    DigestRegister(LakeFiles kept, CatalogTransaction catalog) {
        this.kept = kept;
        this.folder = kept.folder();
        this.catalog = catalog;
    }

    /// Reads what is noted.
    ///
    /// @param make the table where there is none
    void load(boolean make) {
        catalog.onConnection(session -> {
            if (!exists(session)) {
                if (!make) {
                    return;
                }
                try (Statement statement = session.createStatement()) {
                    statement.executeUpdate(RegisterTable.DIGEST.make());
                }
            }
            known.putAll(read(session, ""));
        });
        for (int time = 1; !isWhole(); time++) {
            // perhaps somebody commits just now
            if (time == TRIES) {
                throw new LakeDamaged(
                        "another hand has changed the catalog's table " + TABLE + ", or taken rows out of it: nobody"
                                + " could say any more whether the lake's metadata is what was written. "
                                + LakeDamaged.REMEDY,
                        null);
            }
        }
    }

    private boolean isWhole() {
        AtomicBoolean whole = new AtomicBoolean();
        catalog.onConnection(session -> whole.set(DigestSeal.isOf(session, all(session))));
        return whole.get();
    }

    private static Map<String, Entry> all(Connection session) throws SQLException {
        return exists(session) ? read(session, "") : Map.of();
    }

    private static boolean exists(Connection session) throws SQLException {
        try (ResultSet tables = session.getMetaData().getTables(null, null, TABLE, null)) {
            return tables.next();
        }
    }

    private static Map<String, Entry> read(Connection session, String path) throws SQLException {
        Map<String, Entry> entries = new HashMap<>();
        try (PreparedStatement asked =
                session.prepareStatement("SELECT path, sha256, found_at FROM " + TABLE + " WHERE ? = '' OR path = ?")) {
            asked.setString(1, path);
            asked.setString(2, path);
            ResultSet rows = asked.executeQuery();
            while (rows.next()) {
                Optional<Instant> found = Optional.ofNullable(rows.getObject(3))
                        .map(at -> Instant.ofEpochMilli(((Number) at).longValue()));
                entries.put(rows.getString(1), new Entry(Sha256.parse(rows.getString(2)), found));
            }
        } catch (IllegalArgumentException e) {
            throw new LakeDamaged(
                    "the catalog's table " + TABLE + " holds a value that can't be: " + e.getMessage() + ". "
                            + LakeDamaged.REMEDY,
                    e);
        }
        return entries;
    }

    /// All that is noted in a catalog that is not open, by path relative to the lake's folder.
    ///
    /// @param database the catalog's
    public static Map<String, Entry> of(CatalogDatabase database) {
        try (Connection session = database.connect()) {
            return all(session);
        } catch (SQLException e) {
            throw LakeFailures.of("the catalog " + database + " can't be read", e);
        }
    }

    /// Gives files that were written anew, in a lake that is not open, their new digests; what nobody has noted stays
    /// that way.
    public static void renew(Connection session, LakeFiles kept, Collection<Path> files) throws SQLException {
        if (!exists(session)) {
            return;
        }
        try (PreparedStatement update =
                session.prepareStatement("UPDATE " + TABLE + " SET sha256 = ? WHERE path = ?")) {
            for (Path file : files) {
                update.setString(1, DataFileDigests.now(kept, file).hex());
                update.setString(2, DataFileDigests.relative(kept.folder(), file));
                update.executeUpdate();
            }
        }
        DigestSeal.renew(session, all(session));
    }

    /// The name of the last metadata file that was noted beside this one, by the number that names begin with.
    Optional<String> newestBeside(Path metadata) {
        String place = DataFileDigests.relative(folder, metadata);
        String beside = place.substring(0, place.lastIndexOf('/') + 1);
        return known.keySet().stream()
                .filter(path ->
                        path.startsWith(beside) && METADATA.matcher(path).find())
                .map(path -> path.substring(beside.length()))
                .max(Comparator.comparingLong(DigestRegister::number));
    }

    /// The number that the name of a metadata file begins with; 0 where it has none.
    static long number(String name) {
        Matcher found = METADATA.matcher("/" + name);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    public Optional<Sha256> digest(Path file) {
        return entry(file).map(Entry::digest);
    }

    /// What is noted of a file; another process may have noted it a moment ago.
    public Optional<Entry> entry(Path file) {
        if (!file.startsWith(folder)) {
            return Optional.empty();
        }
        String path = DataFileDigests.relative(folder, file);
        @Nullable Entry here = known.get(path);
        if (here == null) {
            catalog.onConnection(session -> {
                if (exists(session)) {
                    known.putAll(read(session, path));
                }
            });
            here = known.get(path);
        }
        return Optional.ofNullable(here);
    }

    public void wrote(Path file, Sha256 digest) {
        note(file, new Entry(digest, Optional.empty()));
    }

    void note(Path file, Entry entry) {
        if (file.startsWith(folder)) {
            String path = DataFileDigests.relative(folder, file);
            known.put(path, entry);
            unkept.put(path, entry);
        }
    }

    boolean isKept() {
        return unkept.isEmpty();
    }

    /// Writes down what was noted since it was last [#kept], in the transaction that is open.
    void keep() {
        Map<String, Entry> all = Map.copyOf(unkept);
        catalog.onConnection(session -> {
            delete(session, all.keySet());
            try (PreparedStatement insert =
                    session.prepareStatement("INSERT INTO " + TABLE + " (path, sha256, found_at) VALUES (?, ?, ?)")) {
                for (Map.Entry<String, Entry> one : all.entrySet()) {
                    insert.setString(1, one.getKey());
                    insert.setString(2, one.getValue().digest().hex());
                    @Nullable
                    Long at = one.getValue().found().map(Instant::toEpochMilli).orElse(null);
                    insert.setObject(3, at);
                    insert.executeUpdate();
                }
            }
            DigestSeal.renew(session, all(session));
        });
    }

    /// The transaction has succeeded.
    void kept() {
        unkept.clear();
    }

    /// Strikes out files that were deleted.
    public void forget(Collection<Path> files) {
        Collection<String> paths = files.stream()
                .map(file -> DataFileDigests.relative(folder, file))
                .filter(known::containsKey)
                .toList();
        if (!paths.isEmpty()) {
            catalog.run(() -> {
                catalog.onConnection(session -> {
                    delete(session, paths);
                    DigestSeal.renew(session, all(session));
                });
                return paths;
            });
            paths.forEach(known::remove);
        }
    }

    private static void delete(Connection session, Collection<String> paths) throws SQLException {
        try (PreparedStatement delete = session.prepareStatement("DELETE FROM " + TABLE + " WHERE path = ?")) {
            for (String path : paths) {
                delete.setString(1, path);
                delete.executeUpdate();
            }
        }
    }

    /// The files that are noted only since the lake was taken over: nobody has compared them with what was written.
    public Map<String, Instant> foundOnly() {
        Map<String, Instant> found = new HashMap<>();
        known.forEach((path, entry) -> entry.found().ifPresent(at -> found.put(path, at)));
        found.keySet().removeIf(path -> !DataFileDigests.exists(kept, folder.resolve(path)));
        return found;
    }
}
