package dev.tactus.ledger.items;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.music.Dataset;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/// What the source could not give: items that await a report, territory by territory, and those a report has covered.
///
/// An item is in one of two states here, AWAITING_REPORT or FELL_BACK, and may change from each to the other as reports
/// come and are taken back; the sum of a run's outcomes stays the same.
public final class AwaitedTerritories {
    private static final String SELECT = """
        SELECT s.run AS run, r.source AS source, s.dataset AS dataset, s.day AS day, a.recording AS recording,
          a.territory AS territory, i.state AS state
        FROM awaited a
        JOIN slice s ON s.number = a.slice
        JOIN run r ON r.id = s.run
        JOIN item i ON i.slice = a.slice AND i.recording = a.recording
        WHERE i.state IN (4, 5)
        """;
    private static final String ORDER = " ORDER BY s.run, s.day, s.dataset, a.recording, a.territory";

    private final Database database;

    public AwaitedTerritories(Database database) {
        this.database = database;
    }

    /// Notes the territories of items that were just recorded as awaiting a report, in place of what was noted of them.
    public void note(String runId, Collection<AwaitedItem> items) {
        database.writing(session -> {
            RunSlices.changed(session, runId);
            RunSlices slices = new RunSlices(session, runId);
            for (AwaitedItem item : items) {
                long slice = slices.number(item.dataset(), item.day());
                long recording = IsrcNumber.of(item.isrc());
                session.update("DELETE FROM awaited WHERE slice = ? AND recording = ?", slice, recording);
                for (String territory :
                        item.territories().isEmpty() ? List.of(AwaitedTerritory.ANY) : item.territories()) {
                    session.update(
                            "INSERT INTO awaited (slice, recording, territory) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                            slice,
                            recording,
                            territory);
                }
            }
        });
    }

    /// Everything of one run.
    public List<AwaitedTerritory> ofRun(String runId) {
        return database.read(
                session -> session.list(SELECT + " AND s.run = ?" + ORDER, AwaitedTerritories::territory, runId));
    }

    /// Everything of every run of a source, on these days.
    public List<AwaitedTerritory> of(String source, LocalDate from, LocalDate to) {
        return database.read(session -> session.list(
                SELECT + " AND r.source = ? AND s.day >= ? AND s.day <= ?" + ORDER,
                AwaitedTerritories::territory,
                source,
                from,
                to));
    }

    /// The runs that have such items, the oldest first.
    public List<String> runs() {
        return database.read(session -> session.list("""
            SELECT DISTINCT s.run AS run FROM awaited a JOIN slice s ON s.number = a.slice ORDER BY s.run
            """, row -> row.text("run")));
    }

    /// Moves items between AWAITING_REPORT and FELL_BACK; one that is there already, or in any other state, stays.
    ///
    /// @param covered whether a report covers them now
    /// @return how many have moved
    public long move(String runId, Collection<AwaitedItem> items, boolean covered) {
        ItemState from = covered ? ItemState.AWAITING_REPORT : ItemState.FELL_BACK;
        ItemState to = covered ? ItemState.FELL_BACK : ItemState.AWAITING_REPORT;
        return database.write(session -> {
            RunSlices.changed(session, runId);
            RunSlices slices = new RunSlices(session, runId);
            long moved = 0;
            for (AwaitedItem item : items) {
                moved += session.update(
                        "UPDATE item SET state = ? WHERE slice = ? AND recording = ? AND state = ?",
                        to.code(),
                        slices.number(item.dataset(), item.day()),
                        IsrcNumber.of(item.isrc()),
                        from.code());
            }
            return moved;
        });
    }

    private static AwaitedTerritory territory(Row row) {
        return new AwaitedTerritory(
                row.text("run"),
                row.text("source"),
                IsrcNumber.toIsrc(row.number("recording")),
                Dataset.parse(row.text("dataset")),
                row.day("day"),
                row.text("territory"),
                ItemState.of(row.integer("state")) == ItemState.FELL_BACK);
    }
}
