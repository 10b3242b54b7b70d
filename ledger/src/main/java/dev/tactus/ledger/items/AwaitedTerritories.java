package dev.tactus.ledger.items;

import dev.tactus.database.Database;
import dev.tactus.database.KeysetPages;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.music.Dataset;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private static final int PAGE = 10_000;
    private static final String PAGE_OF_SLICE = SELECT
            + " AND a.slice = ? AND (a.recording, a.territory) > (?, ?) ORDER BY a.recording, a.territory LIMIT ?";

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

    /// Everything of one run, slice by slice, read page by page.
    public Stream<AwaitedTerritory> ofRun(String runId) {
        return pages("SELECT number, run, dataset, day FROM slice WHERE run = ? ORDER BY number", runId);
    }

    /// Everything of every run of a source on these days, slice by slice, read page by page.
    public Stream<AwaitedTerritory> of(String source, LocalDate from, LocalDate to) {
        return pages("""
                SELECT s.number AS number, s.run AS run, s.dataset AS dataset, s.day AS day
                FROM run r JOIN slice s ON s.run = r.id
                WHERE r.source = ? AND s.day >= ? AND s.day <= ? ORDER BY s.number
                """, source, from, to);
    }

    private Stream<AwaitedTerritory> pages(String slices, Object... of) {
        List<SliceOfRun> all = database.read(session -> session.list(slices, SliceOfRun::of, of));
        return new KeysetPages<AwaitedTerritory>(last -> database.read(session -> after(session, all, last))).stream();
    }

    /// The page after a territory, or the first; never empty while there are more.
    private static List<AwaitedTerritory> after(
            SqlSession session, List<SliceOfRun> slices, Optional<AwaitedTerritory> last) {
        int from = last.map(one -> slices.indexOf(SliceOfRun.of(slices, one))).orElse(0);
        for (int i = from; i < slices.size(); i++) {
            boolean holdsLast = last.isPresent() && i == from;
            List<AwaitedTerritory> page = session.list(
                    PAGE_OF_SLICE,
                    AwaitedTerritories::territory,
                    slices.get(i).number(),
                    holdsLast ? IsrcNumber.of(last.get().isrc()) : -1L,
                    holdsLast ? last.get().territory() : "",
                    PAGE);
            if (!page.isEmpty()) {
                return page;
            }
        }
        return List.of();
    }

    private record SliceOfRun(String run, Slice slice) {
        static SliceOfRun of(Row row) {
            return new SliceOfRun(row.text("run"), Slice.of(row));
        }

        static SliceOfRun of(List<SliceOfRun> slices, AwaitedTerritory one) {
            return slices.stream()
                    .filter(candidate -> candidate.run.equals(one.runId())
                            && candidate.slice.dataset() == one.dataset()
                            && candidate.slice.day().equals(one.day()))
                    .findFirst()
                    .orElseThrow();
        }

        long number() {
            return slice.number();
        }
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
