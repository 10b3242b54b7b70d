package dev.tactus.lake;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.iceberg.CommitLabel;
import dev.tactus.lake.iceberg.CommitSequence;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotTags;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.maintenance.Maintenance;
import dev.tactus.lake.maintenance.MaintenanceEstimate;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.CatalogPlace;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.LedgerRows;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.publication.PublicationWriter;
import dev.tactus.lake.publication.ReportDecisionRow;
import dev.tactus.lake.publication.TableReplacement;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.lake.query.EngineSettings;
import dev.tactus.lake.query.LakeQuery;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.TableRelations;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.lake.sales.SalesReports;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.staging.StagingFolder;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TableSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.jdbc.JdbcClientPool;

/// The lake: Iceberg tables on local files, with a catalog in SQLite, written and read by DuckDB.
///
/// In its folder stand `catalog.db`, a folder for each table under `tactus/`, sealed chunks under `staging/` and
/// DuckDB's spilled memory under `tmp/`.
///
///     lake.table(SALES).snapshot(id).digests(part);
///     try (SalesWriter writer = lake.sales().writer(id, sender)) { … writer.finish().commit(replaces, properties) … }
///     try (PreparedPublication prepared = lake.prepare(publication)) { … prepared.commit(listener) … }
///
/// Any thread may stage, query and list; one publication or maintenance runs at a time, of one process: the ledger's
/// lock sees to that, and the tables' commits notice when it does not.
public final class Lake implements AutoCloseable {
    private final LakeFolder folder;
    private final LakeSettings settings;
    private final LakeCatalog catalog;
    private final StagingFolder staging;
    private final SalesReports sales;

    private Lake(LakeFolder folder, LakeSettings settings, LakeCatalog catalog) {
        this.folder = folder;
        this.settings = settings;
        this.catalog = catalog;
        this.staging = new StagingFolder(folder.kept(), this::duck);
        this.sales = new SalesReports(catalog, settings, folder.temporary());
    }

    /// The same with the machine's clock.
    public static Lake open(Path folder, LakeSettings settings) {
        return open(folder, settings, InstantSource.system());
    }

    /// Opens the lake of that folder, creating folder, catalog and tables where they are missing.
    ///
    /// @param clock tells when changes become visible
    /// @throws LakeUnavailable if the folder can't be written or the lake was moved
    public static Lake open(Path folder, LakeSettings settings, InstantSource clock) {
        return open(LakePlace.in(folder), settings, clock, DiskListener.none());
    }

    /// The same wherever it is, told step by step.
    ///
    /// @param listener is told of each step towards the disk
    public static Lake open(LakePlace place, LakeSettings settings, InstantSource clock, DiskListener listener) {
        return open(place, settings, clock, listener, Lake::connections);
    }

    /// Opens a lake that is there and changes nothing of it: what is missing is told.
    ///
    /// @throws LakeException if something is, or an earlier version has made it
    public static Lake openAsItIs(LakePlace place, LakeSettings settings, InstantSource clock, DiskListener listener) {
        return open(place, settings, clock, listener, Lake::connections, LakeCatalog.Opening.AS_IT_IS);
    }

    private static JdbcClientPool connections(Map<String, String> properties) {
        return new JdbcClientPool(Objects.requireNonNull(properties.get("uri"), "uri"), properties);
    }

    static Lake open(
            LakePlace place,
            LakeSettings settings,
            InstantSource clock,
            DiskListener listener,
            Function<Map<String, String>, JdbcClientPool> connections) {
        return open(place, settings, clock, listener, connections, LakeCatalog.Opening.TO_USE);
    }

    private static Lake open(
            LakePlace place,
            LakeSettings settings,
            InstantSource clock,
            DiskListener listener,
            Function<Map<String, String>, JdbcClientPool> connections,
            LakeCatalog.Opening opening) {
        LakeFolder made = new LakeFolder(place.open(listener, settings.permissions()));
        // the folder of a lake may be called by a link
        CatalogPlace catalog = place.folder().isPresent() && place.catalog() instanceof CatalogDatabase
                ? CatalogDatabase.in(made.path())
                : place.catalog();
        return new Lake(made, settings, LakeCatalog.open(made.kept(), catalog, connections, clock, opening));
    }

    /// Fetched rows on their way to a publication.
    public StagingFolder staging() {
        return staging;
    }

    /// Writes the files of a publication and audits them; nothing is visible yet.
    ///
    /// @throws LakeDamaged if a staged file is missing or not what was noted
    public PreparedPublication prepare(Publication publication) {
        return catalog.locked("the publication " + publication.id() + " can't be prepared", () -> {
            try (PublicationWriter writer =
                    new PublicationWriter(catalog, staging, settings, folder.temporary(), publication)) {
                return writer.prepare();
            }
        });
    }

    /// The tables that already carry a publication, from the snapshots.
    public List<TableCommit> landed(String publicationId) {
        return catalog.locked(
                "the snapshots can't be read",
                () -> catalog.together().entrySet().stream()
                        .flatMap(table -> Snapshots.of(table.getValue(), publicationId).stream()
                                .map(snapshot -> Snapshots.committed(table.getKey(), snapshot)))
                        .toList());
    }

    /// The same for a publication whose end nobody has noted: all its tables, or nothing where one lacks it.
    ///
    /// @throws LakeDamaged if a snapshot carries its id and is of another run, or of other rows
    public List<TableCommit> landed(Publication publication) {
        Set<LakeTable> written = publication.files().stream()
                .filter(file -> file.rows() > 0)
                .map(StagedFile::table)
                .collect(Collectors.toSet());
        return catalog.locked("the snapshots can't be read", () -> {
            Map<LakeTable, TableCommit> landed = CommitSequence.landed(catalog, publication.label());
            boolean whole = !written.isEmpty() && landed.keySet().containsAll(written);
            return whole ? List.copyOf(landed.values()) : List.of();
        });
    }

    /// The sales reports, written and removed whole.
    public SalesReports sales() {
        return sales;
    }

    /// Gives the table of people's decisions about usage these rows in place of what it has.
    ///
    /// @param publicationId carried by the snapshot, so that it is done once; a repeated call is safe
    public void replaceUsageMatches(String publicationId, List<UsageMatchRow> rows) {
        replace(LakeTable.USAGE_MATCHES, publicationId, duck -> LedgerRows.usageMatches(duck, rows));
    }

    /// Puts what people decided about texts in reports in place of what the table says.
    ///
    /// @param publicationId carried by the snapshot, so that it is done once
    public void replaceReportDecisions(String publicationId, List<ReportDecisionRow> rows) {
        replace(LakeTable.REPORT_DECISIONS, publicationId, duck -> LedgerRows.reportDecisions(duck, rows));
    }

    private void replace(LakeTable table, String publicationId, Function<DuckDb, String> selection) {
        CommitSequence.once(catalog, table, CommitLabel.of(publicationId, "reports", Map.of()), () -> {
            try (DuckDb duck = duck()) {
                return TableReplacement.replaced(duck, table, catalog, settings, selection.apply(duck)).stream()
                        .toList();
            }
        });
    }

    /// One of its tables.
    public LakeTableReader table(LakeTable table) {
        return new LakeTableReader(catalog, folder, table);
    }

    /// What each table holds now.
    public List<TableSummary> tables() {
        return Arrays.stream(LakeTable.values())
                .map(table -> table(table).summary())
                .toList();
    }

    /// Names snapshots, so that they and their files stay. A name that is there already is moved.
    public void tag(String name, Map<LakeTable, Long> snapshots) {
        catalog.locked("the tables can't be tagged", () -> {
            new SnapshotTags(catalog).set(name, snapshots);
            return name;
        });
    }

    /// The snapshots with this name, by table; empty where there is none.
    public Map<LakeTable, Long> tagged(String name) {
        return catalog.locked("the tables can't be read", () -> new SnapshotTags(catalog).find(name));
    }

    /// Answers one SELECT over the tables as they are now; returns the number of rows.
    ///
    /// @throws QueryRefused if it is anything else, or wrong
    public long query(String sql, RowSink sink) {
        return query(sql, Instant.MAX, sink);
    }

    /// Answers one SELECT over the tables as they were then, as far as maintenance has kept their history.
    public long query(String sql, Instant asOf, RowSink sink) {
        return query(asOf).run(sql, sink);
    }

    /// The same from files that are compared with their digests first.
    ///
    /// @throws LakeDamaged if one is not what was written; no row was shown then
    public long queryChecked(String sql, Instant asOf, RowSink sink) {
        LakeQuery query = query(asOf);
        query.requireSound(sql);
        return query.run(sql, sink);
    }

    private LakeQuery query(Instant asOf) {
        TableRelations tables = catalog.locked("the tables can't be read", () -> TableRelations.asOf(catalog, asOf));
        return new LakeQuery(settings, folder.kept(), tables);
    }

    /// The tables as they are now, computed over in a DuckDB.
    ///
    /// @param memoryMegabytes DuckDB's own limit, in place of the settings'
    public Workbench workbench(int memoryMegabytes) {
        return workbench(memoryMegabytes, EngineSettings.DUCKDB);
    }

    /// The tables as they are now, computed over by an engine of choice.
    public Workbench workbench(int memoryMegabytes, EngineSettings choice) {
        return catalog.locked("the tables can't be read", () -> {
            Map<LakeTable, Long> now = new EnumMap<>(LakeTable.class);
            catalog.together().forEach((lakeTable, table) -> {
                long current = Snapshots.currentId(table);
                if (current >= 0) {
                    now.put(lakeTable, current);
                }
            });
            return new Workbench(
                    catalog,
                    settings.withMemory(memoryMegabytes),
                    folder.path(),
                    now,
                    choice.open(catalog.kept().temporary()));
        });
    }

    /// A DuckDB over these snapshots; a table that is not named is empty.
    public Workbench workbench(int memoryMegabytes, Map<LakeTable, Long> snapshots) {
        LakeSettings bounded = settings.withMemory(memoryMegabytes);
        return new Workbench(catalog, bounded, folder.path(), snapshots);
    }

    /// Counts a change that is in no table: a reopening, a decision. Whoever has a ledger from before it shows then.
    public void count() {
        catalog.locked("the catalog can't be written", () -> {
            catalog.count();
            return catalog;
        });
    }

    /// Whose it is, and what was never verified of it.
    public LakeOwnership ownership() {
        return new LakeOwnership(catalog);
    }

    /// The runs, reports and other changes that snapshots name.
    public Set<String> changes() {
        return catalog.locked(
                "the snapshots can't be read",
                () -> catalog.together().values().stream()
                        .flatMap(table -> Snapshots.runs(table).stream())
                        .collect(Collectors.toSet()));
    }

    /// What was let go of it.
    public LakeRetention retention() {
        return new LakeRetention(catalog);
    }

    /// How far its last change is ahead of the clock; absent where it is not, or by little. Then either was wrong once.
    public Optional<Duration> ahead() {
        return catalog.locked("the tables can't be read", catalog::ahead);
    }

    /// When a run, or another change, became visible; absent where it has not, or its snapshots have expired.
    ///
    /// @param runId of a run, a report or a reconciliation
    public Optional<Instant> visibleSince(String runId) {
        return catalog.locked(
                "the snapshots can't be read",
                () -> catalog.together().values().stream()
                        .flatMap(table -> Snapshots.visibleSince(table, runId).stream())
                        .max(Comparator.naturalOrder()));
    }

    /// Where it is, and the files in it that are no table's.
    public LakeFolder folder() {
        return folder;
    }

    /// Merges small files, forgets old snapshots, deletes what nothing refers to.
    public MaintenanceReport maintain(MaintenanceSettings maintenance) {
        return catalog.locked(
                "maintenance stopped; what it did stays, and it can be repeated",
                () -> new Maintenance(catalog, settings, maintenance).run());
    }

    /// What maintenance would find to do.
    public MaintenanceEstimate estimate(MaintenanceSettings maintenance) {
        return catalog.locked(
                "the lake can't be looked through", () -> new Maintenance(catalog, settings, maintenance).estimate());
    }

    /// Starts to offer its catalog to other programs.
    ///
    /// @throws IOException if the address can't be listened on
    public CatalogServer offer(CatalogServerSettings offered) throws IOException {
        catalog.requireOwn();
        return CatalogServer.start(catalog, offered);
    }

    private DuckDb duck() {
        return DuckDb.open(settings, folder.temporary());
    }

    @Override
    public void close() {
        catalog.close();
    }
}
