package dev.tactus.serve.state;

import dev.tactus.database.Database;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.DatabaseSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The file `serve.db`: people who were set up here, what was done on the page, events, deliveries, starts of jobs.
///
/// Nothing in it decides about money; without it the page begins anew. One process has it at a time. Thread-safe.
public final class SiteState implements AutoCloseable {
    private static final DatabaseSchema SCHEMA = DatabaseSchema.of(
            SiteState.class,
            1,
            "page's file",
            "ledger",
            "start tactus serve again",
            "Move it away, and the files beside it: the page begins anew without it",
            0x54616356 /* "TacV" in ASCII */);

    private final Database database;
    private final DatabaseLock lock;
    private final InstantSource clock;

    private SiteState(Database database, DatabaseLock lock, InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.clock = clock;
    }

    /// Opens the file, made where there is none.
    ///
    /// @throws dev.tactus.database.DatabaseFailure if another process serves from it
    public static SiteState open(Path file, InstantSource clock) {
        Database database = Database.open(SCHEMA, file);
        try {
            return new SiteState(database, DatabaseLock.take(SCHEMA, file, "serve", clock.instant()), clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Database database() {
        return database;
    }

    public InstantSource clock() {
        return clock;
    }

    /// Notes what somebody did.
    public void acted(String person, String command, int exit) {
        Instant now = clock.instant();
        database.writing(session -> session.update(
                "INSERT INTO action (person, command, exit_code, at) VALUES (?, ?, ?, ?)", person, command, exit, now));
    }

    /// Who did what, the last first.
    public List<String> actions(int most) {
        return database.read(session -> session.list(
                "SELECT person, command FROM action ORDER BY number DESC LIMIT ?",
                row -> row.text("person") + ": " + row.text("command"),
                most));
    }

    /// Somebody who was set up here.
    ///
    /// @param role as the configuration writes it
    public record KnownPerson(String name, String tokenSha256, String role) {}

    public Optional<KnownPerson> first() {
        return database.read(session -> session.first(
                "SELECT name, token_sha256, role FROM person ORDER BY at LIMIT 1",
                row -> new KnownPerson(row.text("name"), row.text("token_sha256"), row.text("role"))));
    }

    /// Sets the first person up.
    ///
    /// @return false if somebody was quicker
    public boolean setUp(KnownPerson person) {
        Instant now = clock.instant();
        return database.<Boolean>write(session -> {
            if (session.number("SELECT count(*) AS n FROM person") > 0) {
                return false;
            }
            session.update(
                    "INSERT INTO person (name, token_sha256, role, at) VALUES (?, ?, ?, ?)",
                    person.name(),
                    person.tokenSha256(),
                    person.role(),
                    now);
            return true;
        });
    }

    @Override
    public void close() {
        database.close();
        lock.close();
    }
}
