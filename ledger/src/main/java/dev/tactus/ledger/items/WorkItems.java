package dev.tactus.ledger.items;

import dev.tactus.database.Database;
import dev.tactus.database.KeysetPages;
import dev.tactus.database.Row;
import dev.tactus.ledger.catalog.Freshness;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.catalog.PlanPosition;
import dev.tactus.ledger.catalog.PlanRange;
import dev.tactus.ledger.catalog.Recordings;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.publications.Publications;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The work items of the runs: one recording × one dataset × one day each.
public final class WorkItems {
    static final String OPEN = """
        SELECT recording FROM item
        WHERE slice = ? AND state IN (0, 6) AND (order_key, recording) > (?, ?) AND (order_key, recording) <= (?, ?)
          AND (state = 0 OR not_before <= ?)
        ORDER BY order_key, recording LIMIT ?
        """;

    static final String OPEN_UNRESOLVED = """
        SELECT r.id AS recording FROM recording r
        WHERE (r.order_key, r.id) > (?, ?)
          AND NOT EXISTS (SELECT 1 FROM resolution x WHERE x.source = ? AND x.recording = r.id AND %s)
          AND EXISTS (
            SELECT 1 FROM slice s CROSS JOIN item i
            WHERE i.slice = s.number AND i.recording = r.id AND s.run = ? AND (i.state = 0 OR (i.state = 6 AND i.not_before <= ?)))
        ORDER BY r.order_key, r.id LIMIT ?
        """.formatted(Freshness.SQL);

    /// The same of a part of the run's items, in their own order.
    static final String OPEN_UNRESOLVED_IN_RANGE = """
        SELECT r.id AS recording FROM (
          SELECT DISTINCT i.order_key AS order_key, i.recording AS id FROM slice s JOIN item i ON i.slice = s.number
          WHERE s.run = ? AND i.state IN (0, 6) AND (i.state = 0 OR i.not_before <= ?)
            AND (i.order_key, i.recording) > (?, ?) AND (i.order_key, i.recording) <= (?, ?)) AS r
        WHERE NOT EXISTS (SELECT 1 FROM resolution x WHERE x.source = ? AND x.recording = r.id AND %s)
        ORDER BY r.order_key, r.id LIMIT ?
        """.formatted(Freshness.SQL);

    static final String NEXT_DUE = """
        SELECT due FROM (
          SELECT (SELECT min(i.not_before) FROM item i WHERE i.slice = s.number AND i.state = 6) AS due
          FROM slice s WHERE s.run = ?) AS parked
        WHERE due IS NOT NULL ORDER BY due LIMIT 1
        """;

    private final Database database;

    public WorkItems(Database database) {
        this.database = database;
    }

    /// Plans a dataset on a day for every active recording; what is planned already stays as it is.
    ///
    /// @return how many items are new
    public int plan(String runId, Dataset dataset, LocalDate day) {
        String sql = """
            INSERT INTO item (slice, recording, order_key, state, rows)
            SELECT ?, id, order_key, 0, 0 FROM recording WHERE generation = %s ORDER BY id
            ON CONFLICT DO NOTHING
            """.formatted(Recordings.GENERATION);
        return database.write(session -> {
            RunSlices.changed(session, runId);
            long slice = RunSlices.create(session, runId, dataset, day);
            return RunSlices.grown(session, slice, session.update(sql, slice));
        });
    }

    /// The same for some recordings only, which some catalog must have held.
    public int plan(String runId, Dataset dataset, LocalDate day, Collection<Isrc> isrcs) {
        String sql = """
            INSERT INTO item (slice, recording, order_key, state, rows)
            SELECT ?, id, order_key, 0, 0 FROM recording WHERE id = ?
            ON CONFLICT DO NOTHING
            """;
        return database.write(session -> {
            RunSlices.changed(session, runId);
            long slice = RunSlices.create(session, runId, dataset, day);
            long added = 0;
            for (Isrc isrc : isrcs) {
                Recordings.start(session, PlanPage.first(1).after(isrc));
                added += session.update(sql, slice, IsrcNumber.of(isrc));
            }
            return RunSlices.grown(session, slice, added);
        });
    }

    /// Records outcomes, all or none. An item that has one already takes the new one and counts as unpublished again.
    ///
    /// @throws IllegalArgumentException for an item that isn't planned
    public void record(String runId, Collection<ItemOutcome> outcomes) {
        String sql = """
            UPDATE item SET state = ?, rows = ?, reason = ?, not_before = ?, publication = NULL
            WHERE slice = ? AND recording = ?
            """;
        database.writing(session -> {
            RunSlices.changed(session, runId);
            RunSlices slices = new RunSlices(session, runId);
            for (ItemOutcome outcome : outcomes) {
                long changed = session.update(
                        sql,
                        outcome.state().code(),
                        outcome.rows(),
                        outcome.reason(),
                        outcome.notBefore(),
                        slices.number(outcome.dataset(), outcome.day()),
                        IsrcNumber.of(outcome.isrc()));
                if (changed != 1) {
                    throw new IllegalArgumentException("run " + runId + " has not planned " + outcome.isrc() + " for "
                            + outcome.dataset().label() + " on " + outcome.day());
                }
            }
        });
    }

    /// What is to be fetched: planned items, and parked ones that are due.
    ///
    /// @param now parked items with a later time are left out
    public List<Isrc> open(String runId, Dataset dataset, LocalDate day, Instant now, PlanPage page) {
        return open(runId, dataset, day, now, PlanRange.ALL, page);
    }

    /// The same of a part of them.
    public List<Isrc> open(String runId, Dataset dataset, LocalDate day, Instant now, PlanRange range, PlanPage page) {
        return database.read(session -> {
            long slice = new RunSlices(session, runId).number(dataset, day);
            PlanPosition start = page.after()
                    .map(isrc -> RunSlices.place(session, slice, isrc))
                    .orElse(range.after());
            return session.list(
                    OPEN,
                    WorkItems::recording,
                    slice,
                    start.key(),
                    start.recording(),
                    range.to().key(),
                    range.to().recording(),
                    now,
                    page.limit());
        });
    }

    /// Makes every parked item due that would be later.
    ///
    /// @return how many
    public long makeDue(String runId, Instant now) {
        String sql = """
            UPDATE item SET not_before = ?
            WHERE slice IN (SELECT number FROM slice WHERE run = ?) AND state = 6 AND not_before > ?
            """;
        return database.write(session -> {
            RunSlices.changed(session, runId);
            return session.update(sql, now, runId, now);
        });
    }

    /// The open items of these recordings, parked ones in, due or not; recordings without one are left out.
    public Map<Isrc, List<OpenItem>> open(String runId, Collection<Isrc> isrcs) {
        return database.read(session -> OpenItemQuery.of(session, runId, isrcs));
    }

    /// What became of one item; empty where it isn't planned.
    public Optional<ItemState> state(String runId, Isrc isrc, Dataset dataset, LocalDate day) {
        String sql = """
            SELECT i.state AS state FROM slice s JOIN item i ON i.slice = s.number AND i.recording = ?
            WHERE s.run = ? AND s.dataset = ? AND s.day = ?
            """;
        return database.read(session -> session.first(
                sql, row -> ItemState.of(row.integer("state")), IsrcNumber.of(isrc), runId, dataset.label(), day));
    }

    /// What a source came to say on a day, over all its runs, in the order of the recordings' numbers and read page by
    /// page; recordings that were never asked for are left out.
    public Stream<SourceAnswer> answers(String source, Dataset dataset, LocalDate day) {
        return new KeysetPages<SourceAnswer>(
                        last -> database.read(session -> SourceAnswerQuery.after(session, source, dataset, day, last)))
                .stream();
    }

    /// Recordings that have an open item in any dataset or day of the run, but no fresh resolution.
    public List<Isrc> openUnresolved(String runId, String source, Freshness fresh, Instant now, PlanPage page) {
        return database.read(session -> {
            PlanPosition start = Recordings.start(session, page);
            return session.list(
                    OPEN_UNRESOLVED,
                    WorkItems::recording,
                    start.key(),
                    start.recording(),
                    source,
                    fresh.now(),
                    fresh.now(),
                    fresh.periodMicros(),
                    fresh.periodMicros(),
                    fresh.asks(),
                    fresh.absentSince(),
                    runId,
                    now,
                    page.limit());
        });
    }

    /// The same of a part of them.
    public List<Isrc> openUnresolved(
            String runId, String source, Freshness fresh, Instant now, PlanRange range, PlanPage page) {
        return database.read(session -> {
            PlanPosition start = page.after()
                    .flatMap(isrc -> RunSlices.placeInRun(session, runId, isrc))
                    .orElse(range.after());
            return session.list(
                    OPEN_UNRESOLVED_IN_RANGE,
                    WorkItems::recording,
                    runId,
                    now,
                    start.key(),
                    start.recording(),
                    range.to().key(),
                    range.to().recording(),
                    source,
                    fresh.now(),
                    fresh.now(),
                    fresh.periodMicros(),
                    fresh.periodMicros(),
                    fresh.asks(),
                    fresh.absentSince(),
                    page.limit());
        });
    }

    /// Whether anything is to be fetched of a part of a run: planned items, and parked ones that are due.
    public boolean isOpen(String runId, Instant now, PlanRange range) {
        String sql = """
            SELECT 1 FROM slice s JOIN item i ON i.slice = s.number
            WHERE s.run = ? AND i.state IN (0, 6) AND (i.state = 0 OR i.not_before <= ?)
              AND (i.order_key, i.recording) > (?, ?) AND (i.order_key, i.recording) <= (?, ?) LIMIT 1
            """;
        return database.<Boolean>read(session -> session.first(
                        sql,
                        _ -> true,
                        runId,
                        now,
                        range.after().key(),
                        range.after().recording(),
                        range.to().key(),
                        range.to().recording())
                .isPresent());
    }

    /// When the first parked item is due; empty where nothing is parked.
    public Optional<Instant> nextDue(String runId) {
        return database.read(session -> session.first(NEXT_DUE, row -> row.instant("due"), runId));
    }

    /// Counts the items of a run. Reads every one of them: about a second for three million.
    public ItemCounts counts(String runId) {
        return ItemCounts.sum(
                countsBySlice(runId).stream().map(SliceCounts::counts).toList());
    }

    /// The counts per dataset and day, by day, then dataset.
    public List<SliceCounts> countsBySlice(String runId) {
        return database.read(session -> SliceCountQuery.of(session, runId));
    }

    /// Items with an outcome that no publication holds yet, read page by page; can be iterated more than once.
    public Iterable<UnpublishedItem> unpublished(String runId) {
        return new KeysetPages<>(last -> database.read(session -> UnpublishedItemQuery.after(session, runId, last)));
    }

    /// Notes that a publication holds all items of the run that have an outcome and are in none yet.
    ///
    /// @return how many
    public long markPublished(String runId, String publicationId) {
        String sql = """
            UPDATE item SET publication = ?
            WHERE slice IN (SELECT number FROM slice WHERE run = ?) AND publication IS NULL AND state NOT IN (0, 6, 7)
            """;
        return database.write(session -> {
            RunSlices.changed(session, runId);
            return session.update(sql, Publications.number(session, publicationId), runId);
        });
    }

    /// Makes items open again that have an outcome and are in no publication.
    ///
    /// @return how many
    public long reopen(String runId) {
        String sql = """
            UPDATE item SET state = 0, rows = 0, reason = NULL, not_before = NULL
            WHERE slice IN (SELECT number FROM slice WHERE run = ?) AND publication IS NULL AND state NOT IN (0, 6, 7)
            """;
        return database.write(session -> {
            RunSlices.changed(session, runId);
            return session.update(sql, runId);
        });
    }

    private static Isrc recording(Row row) {
        return IsrcNumber.toIsrc(row.number("recording"));
    }
}
