package dev.tactus.ledger.quality;

import dev.tactus.database.Database;
import dev.tactus.database.KeysetPages;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.Gzip;
import dev.tactus.ledger.codec.IsrcNumber;
import dev.tactus.ledger.codec.ShortId;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What sources sent that couldn't be used. Payloads are kept compressed, each once.
public final class DeadLetters {
    private static final int PAGE = 500;

    private static final String OPEN_OF_EARLIER_RUNS = """
        SELECT d.* FROM dead_letter d JOIN run r ON r.id = d.run
        WHERE d.state = 'OPEN' AND d.source = ?
          AND r.started_at < (SELECT started_at FROM run WHERE id = ?)
        """;

    /// The values are recording, run, and twice each dataset and day, absent for any. Parked and skipped items are
    /// none.
    private static final String ANSWERED = """
        SELECT 1 FROM slice s JOIN item i ON i.slice = s.number AND i.recording = ?
        WHERE s.run = ? AND (CAST(? AS TEXT) IS NULL OR s.dataset = ?) AND (CAST(? AS TEXT) IS NULL OR s.day = ?) AND i.state IN (1, 3, 4, 5)
        LIMIT 1
        """;

    /// The values are a moment, and whether open letters are meant too.
    private static final String BODIES_BEFORE = """
        SELECT b.payload_sha256 FROM dead_letter_body b
        WHERE length(b.body) > 0
          AND NOT EXISTS (SELECT 1 FROM dead_letter d WHERE d.payload_sha256 = b.payload_sha256
            AND (d.created_at >= ? OR (d.state = 'OPEN' AND ? = 0)))
        """;

    private final Database database;
    private final InstantSource clock;

    public DeadLetters(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Sets something aside; the same fault of the same run stays one letter, open again.
    ///
    /// @param body the payload as received, perhaps cut short
    public DeadLetter add(NewDeadLetter letter, byte[] body) {
        String id = id(letter);
        byte[] compressed = Gzip.compress(body);
        return database.write(session -> {
            Instant now = clock.instant();
            // the copy in the lake follows
            session.update("UPDATE run SET change = change + 1 WHERE id = ?", letter.runId());
            session.update(
                    "INSERT INTO dead_letter_body (payload_sha256, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    letter.payloadSha256(),
                    compressed);
            session.update(
                    """
                    INSERT INTO dead_letter (id, run, source, endpoint, isrc, dataset, day, reason, pointer, detail,
                      request, payload_sha256, state, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET detail = excluded.detail, request = excluded.request,
                      payload_sha256 = excluded.payload_sha256, state = excluded.state, updated_at = excluded.updated_at
                    """,
                    id,
                    letter.runId(),
                    letter.source(),
                    letter.endpoint(),
                    letter.isrc() == null ? null : letter.isrc().value(),
                    letter.dataset() == null ? null : letter.dataset().label(),
                    letter.day(),
                    letter.reason(),
                    letter.pointer(),
                    letter.detail(),
                    letter.request(),
                    letter.payloadSha256(),
                    DeadLetterState.OPEN.name(),
                    now,
                    now);
            return find(id).orElseThrow();
        });
    }

    /// By id, or by the beginning of an id that fits only one.
    public Optional<DeadLetter> find(String id) {
        return database.read(session -> ShortId.find(session, "dead_letter", id, DeadLetters::letter));
    }

    /// The payload of a letter; absent where it was let go.
    public Optional<byte[]> body(String id) {
        return find(id).flatMap(letter -> database.read(session -> session.first(
                        "SELECT body FROM dead_letter_body WHERE payload_sha256 = ?",
                        row -> row.bytes("body"),
                        letter.letter().payloadSha256())))
                .filter(kept -> kept.length > 0)
                .map(Gzip::decompress);
    }

    /// The payloads that open letters name.
    public Set<String> openPayloads() {
        return database.read(session -> Set.copyOf(session.list(
                "SELECT DISTINCT payload_sha256 FROM dead_letter WHERE state = 'OPEN'",
                row -> row.text("payload_sha256"))));
    }

    /// The payloads of letters that were set aside before a moment and are kept still; digests stay when they go.
    ///
    /// @param open those of open letters too, which could not be tried again without
    public Set<String> payloadsBefore(Instant moment, boolean open) {
        return database.read(session ->
                Set.copyOf(session.list(BODIES_BEFORE, row -> row.text("payload_sha256"), moment, open ? 1 : 0)));
    }

    /// Lets payloads go: nothing of them stays in the file.
    ///
    /// @return of how many letters
    public long letGo(Set<String> payloads) {
        return database.write(session -> {
            session.eraseDeleted();
            long letters = 0;
            for (String payload : payloads) {
                session.update("UPDATE dead_letter_body SET body = ? WHERE payload_sha256 = ?", new byte[0], payload);
                // the copy in the lake follows
                session.update(
                        "UPDATE run SET change = change + 1 WHERE id IN (SELECT run FROM dead_letter WHERE"
                                + " payload_sha256 = ?)",
                        payload);
                letters += session.number("SELECT count(*) AS n FROM dead_letter WHERE payload_sha256 = ?", payload);
            }
            return letters;
        });
    }

    /// Those in a state, the newest first.
    public List<DeadLetter> list(DeadLetterState state, int limit) {
        return database.read(session -> session.list(
                "SELECT * FROM dead_letter WHERE state = ? ORDER BY created_at DESC, id LIMIT ?",
                DeadLetters::letter,
                state.name(),
                limit));
    }

    public long count(DeadLetterState state) {
        return database.read(
                session -> session.number("SELECT count(*) AS n FROM dead_letter WHERE state = ?", state.name()));
    }

    /// Those of a run, read page by page, by id; can be iterated more than once.
    public Iterable<DeadLetter> ofRun(String runId) {
        String sql = "SELECT * FROM dead_letter WHERE run = ? AND id > ? ORDER BY id LIMIT ?";
        return new KeysetPages<>(last -> database.read(session -> session.list(
                sql, DeadLetters::letter, runId, last.map(DeadLetter::id).orElse(""), PAGE)));
    }

    /// Gives an open letter up, on the record.
    ///
    /// @param id in full
    public void dismiss(String id, String by, String reason) {
        database.writing(session -> {
            state(id, DeadLetterState.DISMISSED);
            session.update(
                    "INSERT INTO dead_letter_dismissal (letter, by, reason, at) VALUES (?, ?, ?, ?)",
                    id,
                    by,
                    reason,
                    clock.instant());
        });
    }

    /// Who gave a letter up, and why; several where it was opened again.
    ///
    /// @param id in full
    public List<Dismissal> dismissals(String id) {
        return database.read(session -> session.list(
                "SELECT by, reason, at FROM dead_letter_dismissal WHERE letter = ? ORDER BY number",
                row -> new Dismissal(row.text("by"), row.text("reason"), row.instant("at")),
                id));
    }

    /// Closes the open letters of earlier runs that a run has a newer answer to, whether that landed or was set aside
    /// in its turn.
    ///
    /// @return how many
    public long closeAnswered(Run run) {
        return database.write(session -> {
            long closed = 0;
            for (DeadLetter open : session.list(OPEN_OF_EARLIER_RUNS, DeadLetters::letter, run.source(), run.id())) {
                if (isAnswered(session, run, open.letter())) {
                    state(open.id(), DeadLetterState.CLOSED);
                    closed++;
                }
            }
            return closed;
        });
    }

    private static boolean isAnswered(SqlSession session, Run run, NewDeadLetter letter) {
        @Nullable Isrc isrc = letter.isrc();
        if (isrc == null) {
            return false;
        }
        @Nullable Dataset dataset = letter.dataset();
        // what holds for a whole run, and a search, are about no day
        boolean daily = dataset != null && dataset.isDaily();
        return session.first(
                        ANSWERED,
                        row -> true,
                        IsrcNumber.of(isrc),
                        run.id(),
                        dataset == null ? null : dataset.label(),
                        dataset == null ? null : dataset.label(),
                        daily ? letter.day() : null,
                        daily ? letter.day() : null)
                .isPresent();
    }

    /// Moves a letter to a state.
    ///
    /// @param id in full
    public void state(String id, DeadLetterState state) {
        database.writing(session -> {
            if (session.update(
                            "UPDATE dead_letter SET state = ?, updated_at = ? WHERE id = ?",
                            state.name(),
                            clock.instant(),
                            id)
                    != 1) {
                throw new IllegalArgumentException("the ledger knows no dead letter " + id);
            }
        });
    }

    private static String id(NewDeadLetter letter) {
        return ShortId.of(
                letter.runId(),
                letter.source(),
                letter.endpoint(),
                String.valueOf(letter.isrc()),
                String.valueOf(letter.dataset()),
                String.valueOf(letter.day()),
                letter.reason(),
                letter.pointer(),
                // a refused payload without a recording is told apart by what was asked
                letter.isrc() == null ? letter.request() : "");
    }

    private static DeadLetter letter(Row row) {
        @Nullable String isrc = row.textOrNull("isrc");
        @Nullable String dataset = row.textOrNull("dataset");
        @Nullable String day = row.textOrNull("day");
        NewDeadLetter letter = new NewDeadLetter(
                row.text("run"),
                row.text("source"),
                row.text("endpoint"),
                isrc == null ? null : new Isrc(isrc),
                dataset == null ? null : Dataset.parse(dataset),
                day == null ? null : LocalDate.parse(day),
                row.text("reason"),
                row.text("pointer"),
                row.text("detail"),
                row.text("request"),
                row.text("payload_sha256"));
        return new DeadLetter(
                row.text("id"),
                letter,
                DeadLetterState.valueOf(row.text("state")),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
