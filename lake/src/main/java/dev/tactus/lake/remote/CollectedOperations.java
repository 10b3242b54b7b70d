package dev.tactus.lake.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/// A table at a server, whose changes are collected until they are sent together with those of other tables.
///
/// Not thread-safe.
public final class CollectedOperations implements TableOperations {
    private final RemoteCatalog catalog;
    private final TableIdentifier name;
    private final TableOperations server;
    private final List<MetadataUpdate> collected = new ArrayList<>();
    private @Nullable TableMetadata base;
    private @Nullable TableMetadata changed;
    private boolean stale;

    CollectedOperations(RemoteCatalog catalog, TableIdentifier name, TableOperations server) {
        this.catalog = catalog;
        this.name = name;
        this.server = server;
    }

    TableIdentifier name() {
        return name;
    }

    @Override
    public TableMetadata current() {
        if (changed != null) {
            return changed;
        }
        return stale ? refresh() : server.current();
    }

    @Override
    public TableMetadata refresh() {
        if (changed != null) {
            return changed;
        }
        TableMetadata now = catalog.service().asked(server::refresh);
        stale = false;
        return now;
    }

    /// Adds changes to those that will be sent; the table looks as if they had been made.
    public void collect(List<MetadataUpdate> updates) {
        catalog.requireOpen();
        if (base == null) {
            base = current();
        }
        collected.addAll(updates);
        TableMetadata.Builder next = TableMetadata.buildFrom(base);
        collected.forEach(update -> update.applyTo(next));
        changed = next.build();
    }

    /// What is to be sent; absent where nothing was collected.
    Optional<TableCommit> due() {
        return base == null || changed == null
                ? Optional.empty()
                : Optional.of(TableCommit.create(name, base, changed));
    }

    /// All of it was sent, or given up: only the server knows how the table is now.
    void end() {
        stale |= changed != null;
        collected.clear();
        base = null;
        changed = null;
    }

    @Override
    public void commit(TableMetadata before, TableMetadata after) {
        collect(after.changes());
    }

    @Override
    public FileIO io() {
        return server.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return server.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return server.locationProvider();
    }
}
