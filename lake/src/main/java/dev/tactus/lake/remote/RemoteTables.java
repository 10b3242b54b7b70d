package dev.tactus.lake.remote;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/// The tables at a server, as Iceberg's own code takes a catalog; what is loaded collects its changes.
final class RemoteTables implements Catalog {
    private final RemoteCatalog served;
    private final Catalog server;

    RemoteTables(RemoteCatalog served, Catalog server) {
        this.served = served;
        this.server = server;
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        return served.service().asked(() -> server.listTables(namespace));
    }

    @Override
    public boolean dropTable(TableIdentifier name, boolean purge) {
        return served.service().asked(() -> server.dropTable(name, purge));
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        throw new UnsupportedOperationException("nobody renames tables of a lake");
    }

    @Override
    public Table loadTable(TableIdentifier name) {
        return served.load(name);
    }

    @Override
    public TableBuilder buildTable(TableIdentifier name, Schema schema) {
        return server.buildTable(name, schema);
    }
}
