package dev.tactus.gateway;

import dev.tactus.ledger.Database;
import dev.tactus.ledger.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How applications stand, and every step that led there.
final class Cases {
    private final Database database;

    Cases(Database database) {
        this.database = database;
    }

    Case of(String application) {
        return database.read(statements -> statements
                .first("SELECT * FROM standing WHERE application = ?", Cases::read, application)
                .orElseGet(() -> Case.normal(application)));
    }

    /// Everybody's standing who is not in good standing.
    Map<String, Standing> standings() {
        return database
                .read(statements -> statements.list("SELECT * FROM standing WHERE standing <> 'NORMAL'", Cases::read))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Case::application, Case::standing));
    }

    /// Everybody who ever had another standing, or a step.
    List<String> applications() {
        return database.read(statements -> statements.list(
                "SELECT application FROM standing UNION SELECT application FROM step", row -> row.text("application")));
    }

    /// Records a step, and the case as it stands after it.
    void record(Step step, Case after) {
        database.writing(statements -> {
            statements.update(
                    "INSERT INTO step (application, at, action, before, after, who, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    step.application(),
                    step.at(),
                    step.action().name(),
                    step.before().name(),
                    step.after().name(),
                    step.who(),
                    step.reason());
            statements.update(
                    "INSERT OR REPLACE INTO standing (application, standing, since, by_hand, told_at) VALUES (?, ?, ?, ?, ?)",
                    after.application(),
                    after.standing().name(),
                    after.since(),
                    after.byHand(),
                    after.toldAt().orElse(null));
        });
    }

    /// The application can know from now on how it stands.
    void told(String application, Instant at) {
        database.writing(statements -> statements.update(
                "UPDATE standing SET told_at = ? WHERE application = ? AND told_at IS NULL", at, application));
    }

    /// The latest steps of an application, the last one first.
    List<Step> steps(String application, int most) {
        return database.read(statements -> statements.list(
                "SELECT * FROM step WHERE application = ? ORDER BY number DESC LIMIT ?",
                row -> new Step(
                        row.text("application"),
                        row.instant("at"),
                        Step.Action.valueOf(row.text("action")),
                        Standing.valueOf(row.text("before")),
                        Standing.valueOf(row.text("after")),
                        row.text("who"),
                        row.text("reason")),
                application,
                most));
    }

    private static Case read(Row row) {
        return new Case(
                row.text("application"),
                Standing.valueOf(row.text("standing")),
                row.instant("since"),
                row.number("by_hand") != 0,
                Optional.ofNullable(row.instantOrNull("told_at")));
    }
}
