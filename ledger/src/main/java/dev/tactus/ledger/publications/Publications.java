package dev.tactus.ledger.publications;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.music.Dataset;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The publications: which snapshot of which table holds which run.
public final class Publications {
    private final Database database;
    private final InstantSource clock;

    public Publications(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// The publication of this run that was begun and not completed, if there is one; otherwise a new one, begun now.
    public PublicationRecord begin(String runId) {
        return database.write(session -> {
            List<PublicationRecord> begun = list(runId);
            for (PublicationRecord publication : begun) {
                if (publication.completedAt().isEmpty()) {
                    return publication;
                }
            }
            // random: a ledger from a backup must not give an id again that the lake has seen
            String id = runId + "/" + (begun.size() + 1) + "-"
                    + UUID.randomUUID().toString().substring(24);
            session.update("INSERT INTO publication (id, run, begun_at) VALUES (?, ?, ?)", id, runId, clock.instant());
            return find(id).orElseThrow();
        });
    }

    /// Notes a table's commit. Noting the same once more changes nothing.
    public void committed(String publicationId, String table, long snapshotId, long rows) {
        database.writing(session -> {
            long number = number(session, publicationId);
            Optional<PublishedTable> noted = session.first(
                    "SELECT * FROM published_table WHERE publication = ? AND table_name = ?",
                    Publications::table,
                    number,
                    table);
            if (noted.isEmpty()) {
                session.update(
                        "INSERT INTO published_table (publication, table_name, snapshot_id, rows, at) VALUES (?, ?, ?,"
                                + " ?, ?)",
                        number,
                        table,
                        snapshotId,
                        rows,
                        clock.instant());
            } else if (noted.get().snapshotId() != snapshotId) {
                throw new IllegalStateException("publication " + publicationId + " is in table " + table
                        + " twice: in snapshot " + noted.get().snapshotId() + " and in " + snapshotId);
            }
        });
    }

    /// Notes the data files that a publication added; what is noted of a file already stays.
    public void files(String publicationId, Collection<PublishedFile> files) {
        database.writing(session -> {
            long number = number(session, publicationId);
            for (PublishedFile file : files) {
                session.update(
                        "INSERT INTO published_file (publication, table_name, path, bytes, sha256) VALUES (?, ?, ?, ?,"
                                + " ?) ON CONFLICT DO NOTHING",
                        number,
                        file.table(),
                        file.path(),
                        file.bytes(),
                        file.sha256());
            }
        });
    }

    /// The data files that a publication added, by path; none where it is older than their being noted.
    public List<PublishedFile> files(String publicationId) {
        return database.read(session -> session.list(
                "SELECT * FROM published_file WHERE publication = ? ORDER BY path",
                row -> new PublishedFile(
                        row.text("table_name"), row.text("path"), row.number("bytes"), row.text("sha256")),
                number(session, publicationId)));
    }

    /// The digests of all data files that publications have added, by path.
    public Map<String, String> digests() {
        return database.read(session -> {
            Map<String, String> digests = new HashMap<>();
            session.list(
                    "SELECT path, sha256 FROM published_file",
                    row -> digests.put(row.text("path"), row.text("sha256")));
            return digests;
        });
    }

    /// The rows that the items of a publication account for, by dataset.
    public Map<Dataset, Long> itemRows(String publicationId) {
        return database.read(session -> {
            Map<Dataset, Long> rows = new EnumMap<>(Dataset.class);
            session.list(
                    """
                    SELECT s.dataset AS dataset, sum(i.rows) AS n FROM slice s JOIN item i ON i.slice = s.number
                    WHERE s.run = (SELECT run FROM publication WHERE number = ?) AND i.publication = ?
                    GROUP BY s.dataset
                    """,
                    row -> rows.put(Dataset.parse(row.text("dataset")), row.number("n")),
                    number(session, publicationId),
                    number(session, publicationId));
            return rows;
        });
    }

    /// Notes that every table is committed.
    public void complete(String publicationId) {
        database.writing(session -> session.update(
                "UPDATE publication SET completed_at = ? WHERE number = ? AND completed_at IS NULL",
                clock.instant(),
                number(session, publicationId)));
    }

    public Optional<PublicationRecord> find(String publicationId) {
        return database.read(session -> records(session, "WHERE id = ?", publicationId)).stream()
                .findFirst();
    }

    /// Those of a run, the oldest first.
    public List<PublicationRecord> list(String runId) {
        return database.read(session -> records(session, "WHERE run = ?", runId));
    }

    /// All, the oldest first.
    public List<PublicationRecord> list() {
        return database.read(session -> records(session, ""));
    }

    /// The key of a publication in other tables.
    public static long number(SqlSession session, String publicationId) {
        return session.first("SELECT number FROM publication WHERE id = ?", row -> row.number("number"), publicationId)
                .orElseThrow(() -> new IllegalArgumentException("the ledger knows no publication " + publicationId));
    }

    private static List<PublicationRecord> records(SqlSession session, String where, String... value) {
        List<PublicationRecord> records = new ArrayList<>();
        for (NumberedPublication begun : session.list(
                "SELECT * FROM publication " + where + " ORDER BY number", NumberedPublication::of, (Object[]) value)) {
            records.add(begun.record()
                    .with(session.list(
                            "SELECT * FROM published_table WHERE publication = ? ORDER BY at, table_name",
                            Publications::table,
                            begun.number())));
        }
        return records;
    }

    private static PublishedTable table(Row row) {
        return new PublishedTable(
                row.text("table_name"), row.number("snapshot_id"), row.number("rows"), row.instant("at"));
    }

    private record NumberedPublication(long number, PublicationRecord record) {
        static NumberedPublication of(Row row) {
            return new NumberedPublication(
                    row.number("number"),
                    new PublicationRecord(
                            row.text("id"),
                            row.text("run"),
                            row.instant("begun_at"),
                            row.optionalInstant("completed_at"),
                            List.of()));
        }
    }
}
