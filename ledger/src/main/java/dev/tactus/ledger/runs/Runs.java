package dev.tactus.ledger.runs;

import dev.tactus.database.Database;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.Row;
import dev.tactus.ledger.codec.ShortId;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The runs and how far each has come.
public final class Runs {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Database database;
    private final InstantSource clock;
    private final DatabaseAddress address;

    public Runs(Database database, InstantSource clock, DatabaseAddress address) {
        this.database = database;
        this.clock = clock;
        this.address = address;
    }

    /// Starts a run, in state RUNNING.
    public Run start(
            String source,
            LocalDate from,
            LocalDate to,
            Set<Dataset> datasets,
            String catalogHash,
            String codeVersion) {
        if (datasets.isEmpty() || to.isBefore(from)) {
            throw new IllegalArgumentException("a run needs a dataset and a first day no later than its last: "
                    + datasets + ", " + from + " to " + to);
        }
        return database.write(session -> {
            Instant now = clock.instant();
            String id = newId(source, now);
            session.update(
                    """
                    INSERT INTO run (id, source, from_day, to_day, datasets, catalog_hash, code_version, state,
                      started_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    source,
                    from,
                    to,
                    labels(datasets),
                    catalogHash,
                    codeVersion,
                    RunState.RUNNING.name(),
                    now,
                    now);
            return find(id).orElseThrow();
        });
    }

    /// The newest run of exactly these days and datasets that is neither finished nor abandoned.
    public Optional<Run> unfinished(String source, LocalDate from, LocalDate to, Set<Dataset> datasets) {
        String sql = """
            SELECT * FROM run
            WHERE source = ? AND from_day = ? AND to_day = ? AND datasets = ?
            ORDER BY started_at DESC, rowid DESC
            """;
        return database.read(session -> session.list(sql, Runs::run, source, from, to, labels(datasets))).stream()
                .filter(run -> run.state().isUnfinished())
                .findFirst();
    }

    /// The runs of a source that are neither finished nor abandoned, the oldest first.
    public List<Run> unfinished(String source) {
        return list().reversed().stream()
                .filter(run -> run.source().equals(source) && run.state().isUnfinished())
                .toList();
    }

    public Optional<Run> find(String id) {
        return database.read(session -> session.first("SELECT * FROM run WHERE id = ?", Runs::run, id));
    }

    /// All runs, the newest first.
    public List<Run> list() {
        return database.read(
                session -> session.list("SELECT * FROM run ORDER BY started_at DESC, rowid DESC", Runs::run));
    }

    /// Moves a run to a state.
    ///
    /// @param why in a sentence; may be empty
    public void state(String id, RunState state, String why) {
        boolean works = state == RunState.RUNNING || state == RunState.PUBLISHING;
        Instant now = clock.instant();
        update(
                id,
                "UPDATE run SET state = ?, note = ?, updated_at = ?, ended_at = ? WHERE id = ?",
                state.name(),
                why,
                now,
                works ? null : now,
                id);
    }

    /// Adds to the counters.
    public void count(String id, RunCounters more) {
        database.writing(session -> {
            update(id, """
                UPDATE run SET requests = requests + ?, throttled = throttled + ?, retried = retried + ?, updated_at = ?
                WHERE id = ?
                """, more.requests(), more.throttled(), more.retried(), clock.instant(), id);
            session.update("""
                INSERT INTO source_calls (source, day, calls) SELECT source, ?, ? FROM run WHERE id = ?
                ON CONFLICT (source, day) DO UPDATE SET calls = source_calls.calls + excluded.calls
                """, today(), more.requests(), id);
        });
    }

    /// How many requests were made today, UTC, to a source by its runs; after a crash those of its last second are
    /// missing.
    public long requestsToday(String source) {
        return database.read(session -> session.first(
                        "SELECT calls FROM source_calls WHERE source = ? AND day = ?",
                        row -> row.number("calls"),
                        source,
                        today())
                .orElse(0L));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void update(String id, String sql, @Nullable Object... values) {
        database.writing(session -> {
            if (session.update(sql, values) != 1) {
                throw new IllegalArgumentException("the ledger knows no run " + id);
            }
        });
    }

    /// The time makes ids sort; the rest keeps those of one second apart, in this ledger and over ledgers that share a
    /// lake.
    private String newId(String source, Instant now) {
        String place = address + ":" + ProcessHandle.current().pid();
        for (int attempt = 0; ; attempt++) {
            String hash = ShortId.of(place, now.toString(), source, Integer.toString(attempt));
            String id =
                    ID_TIME.format(now) + "-" + source.replaceAll("[^A-Za-z0-9_-]", "-") + "-" + hash.substring(0, 4);
            if (find(id).isEmpty()) {
                return id;
            }
        }
    }

    private static String labels(Collection<Dataset> datasets) {
        return EnumSet.copyOf(datasets).stream().map(Dataset::label).collect(Collectors.joining(","));
    }

    private static Run run(Row row) {
        return new Run(
                row.text("id"),
                row.text("source"),
                row.day("from_day"),
                row.day("to_day"),
                Arrays.stream(row.text("datasets").split(",", -1))
                        .map(Dataset::parse)
                        .collect(Collectors.toUnmodifiableSet()),
                row.text("catalog_hash"),
                row.text("code_version"),
                RunState.valueOf(row.text("state")),
                new RunCounters(row.number("requests"), row.number("throttled"), row.number("retried")),
                row.text("note"),
                row.instant("started_at"),
                row.instant("updated_at"),
                row.optionalInstant("ended_at"));
    }
}
