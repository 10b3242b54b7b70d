package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.files.NotedFiles;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.DigestSeal;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.remote.CatalogTransaction;
import dev.tactus.lake.remote.RemoteCatalog;
import dev.tactus.lake.table.EpochListener;
import dev.tactus.lake.table.LakeIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.jspecify.annotations.Nullable;

/// Whose a lake is and how often it has changed, as properties of the catalog's namespace: they change in the same
/// transaction as the tables, and no snapshot that expires takes them along.
///
/// Not thread-safe.
public final class EpochRegister {
    private static final String LAKE = "tactus.lake_id";
    private static final String LEDGER = "tactus.ledger_id";
    private static final String PATH = "tactus.ledger_path";
    private static final String EPOCH = "tactus.epoch";
    private static final String MARK = "tactus.mark";
    /// What a lake says of itself that has noted digests from the first file on.
    static final Map<String, String> TAKEN_OVER = Map.of(DigestSeal.PROPERTY, "noted");

    private final JdbcCatalog catalog;
    private final CatalogTransaction transaction;
    private final Namespace namespace;
    private @Nullable EpochListener listener;
    private long expected;

    EpochRegister(JdbcCatalog catalog, CatalogTransaction transaction, Namespace namespace) {
        this.catalog = catalog;
        this.transaction = transaction;
        this.namespace = namespace;
    }

    /// Absent where no ledger has ever been tied to the lake.
    public Optional<LakeIdentity> identity() {
        return identity(properties());
    }

    /// None where somebody has taken the namespace away.
    private Map<String, String> properties() {
        try {
            return transaction.fresh(() -> catalog.loadNamespaceMetadata(namespace));
        } catch (NoSuchNamespaceException e) {
            return Map.of();
        }
    }

    /// The same of a catalog that is not open, for those who want to know no more of it.
    ///
    /// @param place which need not be there
    public static Optional<LakeIdentity> identity(LakePlace place) {
        if (!place.catalog().isMade()) {
            return Optional.empty();
        }
        return switch (place.catalog()) {
            case CatalogDatabase database -> identity(database);
            case CatalogService service -> {
                try (LakeFiles kept = place.open(DiskListener.none(), FilePermissions.ownerOnly());
                        RemoteCatalog served = new RemoteCatalog(service, kept, NotedFiles.none())) {
                    yield identity(served.properties());
                }
            }
        };
    }

    private static Optional<LakeIdentity> identity(CatalogDatabase database) {
        Map<String, String> properties = new HashMap<>();
        try (Connection connection = database.connect()) {
            if (!connection
                    .getMetaData()
                    .getTables(null, null, "iceberg_namespace_properties", null)
                    .next()) {
                return Optional.empty();
            }
            try (PreparedStatement asked = connection.prepareStatement(
                    "SELECT property_key, property_value FROM iceberg_namespace_properties WHERE namespace = ?")) {
                asked.setString(1, LakeCatalog.CATALOG);
                ResultSet rows = asked.executeQuery();
                while (rows.next()) {
                    properties.put(rows.getString(1), rows.getString(2));
                }
            }
            return identity(properties);
        } catch (SQLException e) {
            throw LakeFailures.of("the catalog " + database + " can't be read", e);
        }
    }

    private static Optional<LakeIdentity> identity(Map<String, String> properties) {
        return Optional.ofNullable(properties.get(LAKE))
                .map(id -> new LakeIdentity(
                        id,
                        properties.getOrDefault(LEDGER, ""),
                        properties.getOrDefault(PATH, ""),
                        epoch(properties),
                        properties.getOrDefault(MARK, "")));
    }

    /// Makes a ledger the lake's own; a lake without an id gets one.
    public LakeIdentity belongTo(String ledgerId, String ledgerPath) {
        Map<String, String> owner = new HashMap<>(Map.of(LEDGER, ledgerId, PATH, ledgerPath));
        if (identity().isEmpty()) {
            owner.put(LAKE, UUID.randomUUID().toString());
        }
        transaction.run(() -> catalog.setProperties(namespace, owner));
        return identity().orElseThrow();
    }

    /// Whether every file of the lake has a digest, as far as Tactus wrote it.
    public boolean isTakenOver() {
        return properties().containsKey(DigestSeal.PROPERTY);
    }

    /// Whether a digest that somebody takes away would be missed; earlier versions noted them without a seal.
    public boolean isSealed() {
        return DigestSeal.isSeal(properties().getOrDefault(DigestSeal.PROPERTY, ""));
    }

    /// Notes that they have, within the transaction that gave them theirs.
    void takenOver() {
        catalog.setProperties(namespace, TAKEN_OVER);
    }

    /// From now on every change is told, and nobody else may have changed the lake since this epoch.
    public void bind(EpochListener told, long epoch) {
        listener = told;
        expected = epoch;
    }

    /// Tells that no more changes come from here.
    void closed() {
        if (listener != null) {
            listener.closed();
        }
    }

    /// Tells that a change is about to be made; returns its mark.
    String announce() {
        String mark = UUID.randomUUID().toString();
        if (listener != null) {
            listener.changes(mark);
        }
        return mark;
    }

    /// Counts the change, within its transaction; returns its number.
    ///
    /// @throws LakeConflict if somebody else has changed the lake
    long raise(String mark) {
        long epoch = epoch(catalog.loadNamespaceMetadata(namespace));
        if (listener != null && epoch != expected) {
            throw new LakeConflict(
                    "another process has changed the lake meanwhile, with a copy of the same ledger: it has seen "
                            + epoch + " changes, this process knows " + expected
                            + ". Nothing was changed. Use one ledger for a lake",
                    null);
        }
        catalog.setProperties(namespace, Map.of(EPOCH, Long.toString(epoch + 1), MARK, mark));
        return epoch + 1;
    }

    /// Tells that the change was made.
    void made(long epoch) {
        expected = epoch;
        if (listener != null) {
            listener.changed(epoch);
        }
    }

    /// After a change whose answer was lost: tells that it was made, if it was.
    void lookUp(String mark) {
        Map<String, String> properties = properties();
        if (mark.equals(properties.get(MARK))) {
            made(epoch(properties));
        }
    }

    private static long epoch(Map<String, String> properties) {
        String epoch = properties.getOrDefault(EPOCH, "0");
        if (!epoch.matches("[0-9]{1,18}")) {
            throw new LakeDamaged(
                    "the catalog says that the lake has changed \"" + epoch + "\" times: another hand has changed"
                            + " that. " + LakeDamaged.REMEDY,
                    null);
        }
        return Long.parseLong(epoch);
    }
}
