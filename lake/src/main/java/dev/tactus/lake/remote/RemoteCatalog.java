package dev.tactus.lake.remote;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.files.NotedFiles;
import dev.tactus.lake.place.CatalogService;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.jspecify.annotations.Nullable;

/// A lake's catalog at a server that speaks Iceberg's REST protocol.
///
/// The server keeps the pointers of tables and changes several of them in one instant. It offers no place for what has
/// to change with them, so that is a file in the lake, the catalog's book: the newest snapshot of the table
/// `lake_changes` names it, with its digest. Each change adds a snapshot there, on the condition that nobody else has
/// added one since.
///
/// Not thread-safe.
public final class RemoteCatalog implements AutoCloseable {
    /// A namespace that a ledger owns by way of its catalog's database.
    private static final String OWNED = "tactus.ledger_id";

    private final CatalogService service;
    private final LakeFiles kept;
    private final BookFiles books;
    private final RESTSessionCatalog server;
    private final SessionContext context = SessionContext.createEmpty();
    private final Map<TableIdentifier, CollectedOperations> tables = new LinkedHashMap<>();
    private OptionalLong followed = OptionalLong.empty();
    private boolean open;

    /// Connects to the server.
    ///
    /// @param noted what is noted of files that Iceberg writes and reads
    public RemoteCatalog(CatalogService service, LakeFiles kept, NotedFiles noted) {
        this.service = service;
        this.kept = kept;
        this.books = new BookFiles(kept, service);
        this.server = service.connect(() -> new DurableFileIO(kept, noted));
        try {
            requireNobodys();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Namespace namespace() {
        return CatalogService.CHANGES.namespace();
    }

    private void requireNobodys() {
        try {
            Map<String, String> properties = service.asked(() -> server.loadNamespaceMetadata(context, namespace()));
            if (properties.containsKey(OWNED)) {
                throw new LakeUnavailable(
                        "the tables that the catalog at " + service + " offers belong to the ledger "
                                + properties.get(OWNED) + ", which reaches the catalog's database itself. Use"
                                + " catalog: {type: jdbc} as that one does, or offer another lake",
                        null);
            }
        } catch (NoSuchNamespaceException e) {
            // a new lake
            return;
        }
    }

    /// Where it is.
    public CatalogService service() {
        return service;
    }

    /// Its tables.
    public Catalog tables() {
        return new RemoteTables(this, server.asCatalog(context));
    }

    /// Makes the namespace if it is not there.
    public void makeNamespace() {
        try {
            service.asked(() -> {
                if (!server.namespaceExists(context, namespace())) {
                    server.createNamespace(context, namespace(), Map.of());
                }
                return server;
            });
        } catch (AlreadyExistsException _) {
            // somebody who has opened the lake meanwhile has made the same one
            return;
        }
    }

    /// Makes the table that counts changes, where there is none; other tables must be empty then.
    public void makeChanges() {
        if (changes().isPresent()) {
            return;
        }
        for (CollectedOperations table : tables.values()) {
            if (!table.current().snapshots().isEmpty()) {
                throw new LakeUnavailable(
                        "the table " + table.name() + " at " + service + " has rows that were not written through this"
                                + " catalog: nobody has noted what belongs to them. Use an empty namespace",
                        null);
            }
        }
        try {
            service.asked(() -> server.buildTable(context, CatalogService.CHANGES, LakeChange.SCHEMA)
                    .withLocation(DurableFileIO.location(LakeChange.folder(kept)))
                    .withProperty("format-version", "2")
                    .create());
        } catch (AlreadyExistsException _) {
            // by somebody else, a moment ago
            return;
        }
    }

    /// The table that counts changes; absent where no lake was made.
    public Optional<Table> changes() {
        try {
            return Optional.of(load(CatalogService.CHANGES));
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    Table load(TableIdentifier name) {
        CollectedOperations known = tables.get(name);
        if (known == null) {
            Table table = service.asked(() -> server.loadTable(context, name));
            known = new CollectedOperations(this, name, ((HasTableOperations) table).operations());
            tables.put(name, known);
        } else {
            known.refresh();
        }
        return new BaseTable(known, name.toString());
    }

    /// Brings what is worked on in memory up to the newest change.
    public void follow(Connection session) throws SQLException {
        if (open) {
            return;
        }
        CatalogBook book = new CatalogBook(session);
        book.make();
        Optional<Snapshot> head = changes().map(Table::currentSnapshot);
        if (head.isEmpty() || followed.equals(OptionalLong.of(head.get().snapshotId()))) {
            return;
        }
        byte[] content = books.read(head.get());
        session.setAutoCommit(false);
        try {
            book.read(content);
            session.commit();
            followed = OptionalLong.of(head.get().snapshotId());
        } catch (IOException e) {
            throw LakeFailures.of(
                    "the catalog's book " + head.get().summary().get(BookFiles.PROPERTY) + " can't be read", e);
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /// What a lake says of itself; empty where none was made.
    public Map<String, String> properties() {
        Optional<Snapshot> head = changes().map(Table::currentSnapshot);
        try {
            return head.isEmpty() ? Map.of() : CatalogBook.properties(books.read(head.get()));
        } catch (IOException e) {
            throw LakeFailures.of("the catalog's book can't be read", e);
        }
    }

    /// From now on changes are collected.
    public void begin() {
        open = true;
    }

    void requireOpen() {
        if (!open) {
            throw new IllegalStateException("a table at a server is changed in a transaction only");
        }
    }

    /// What is worked on in memory, with the states of tables as they will be.
    byte[] book(Connection session) throws SQLException {
        CatalogBook book = new CatalogBook(session);
        for (CollectedOperations table : tables.values()) {
            String name = table.name().name();
            if (table.due().isPresent() || book.state(name).isEmpty()) {
                book.note(name, TableState.of(table.current()));
            }
        }
        return book.written();
    }

    /// Sends what was collected, with the book: all of it becomes visible in one instant, or nothing.
    ///
    /// @throws LakeConflict if somebody else has changed the lake meanwhile
    void send(byte[] content) {
        List<TableCommit> commits = new ArrayList<>();
        tables.values().forEach(table -> table.due().ifPresent(commits::add));
        CollectedOperations changes = Optional.ofNullable(tables.get(CatalogService.CHANGES))
                .orElseThrow(() -> new LakeUnavailable("no lake was made at " + service, null));
        Snapshot change = new LakeChange(changes).add(books.write(content));
        // what the work was done on has to be the newest still
        OptionalLong before = change.parentId() == null ? OptionalLong.empty() : OptionalLong.of(change.parentId());
        if (!before.equals(followed)) {
            throw conflict(null);
        }
        commits.add(changes.due().orElseThrow());
        try {
            service.asked(() -> {
                server.commitTransaction(context, commits);
                return commits;
            });
        } catch (CommitFailedException e) {
            throw conflict(e);
        }
        followed = OptionalLong.of(change.snapshotId());
    }

    private LakeConflict conflict(@Nullable Exception cause) {
        return new LakeConflict(
                "another process has changed the lake at " + service + " meanwhile; nothing was committed. Run the same"
                        + " command again",
                cause);
    }

    /// What was collected was sent or is given up.
    public void end() {
        open = false;
        tables.values().forEach(CollectedOperations::end);
    }

    /// What a table is now beside what Tactus left; absent where it never changed it.
    public Optional<StateVerdict> verdict(Connection session, TableIdentifier name) throws SQLException {
        CollectedOperations table = tables.get(name);
        Optional<TableState> noted = new CatalogBook(session).state(name.name());
        return table == null
                ? Optional.empty()
                : noted.map(state -> new StateVerdict(state, TableState.of(table.current())));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw LakeFailures.of("the catalog at " + service + " can't be left", e);
        }
    }
}
