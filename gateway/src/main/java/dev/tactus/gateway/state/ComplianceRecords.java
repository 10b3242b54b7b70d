package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How applications stand, and every step that led there.
public final class ComplianceRecords {
    private final Database database;

    ComplianceRecords(Database database) {
        this.database = database;
    }

    public ComplianceRecord of(String application) {
        return database.read(statements -> statements
                .first("SELECT * FROM standing WHERE application = ?", ComplianceRecords::read, application)
                .orElseGet(() -> ComplianceRecord.normal(application)));
    }

    /// Everybody's standing who is not in good standing.
    public Map<String, ComplianceStatus> standings() {
        return database
                .read(statements ->
                        statements.list("SELECT * FROM standing WHERE standing <> 'NORMAL'", ComplianceRecords::read))
                .stream()
                .collect(Collectors.toUnmodifiableMap(ComplianceRecord::application, ComplianceRecord::standing));
    }

    /// Everybody who ever had another standing, or a step.
    public List<String> applications() {
        return database.read(statements -> statements.list(
                "SELECT application FROM standing UNION SELECT application FROM step", row -> row.text("application")));
    }

    /// Records a step, and the case as it stands after it.
    public void record(StandingChange step, ComplianceRecord after) {
        database.writing(statements -> {
            statements.update(
                    "INSERT INTO step (application, at, action, before, after, who, reason) VALUES (?, ?, ?, ?, ?, ?,"
                            + " ?)",
                    step.application(),
                    step.at(),
                    step.action().name(),
                    step.before().name(),
                    step.after().name(),
                    step.who(),
                    step.reason());
            statements.update(
                    "INSERT OR REPLACE INTO standing (application, standing, since, by_hand, told_at) VALUES (?, ?, ?,"
                            + " ?, ?)",
                    after.application(),
                    after.standing().name(),
                    after.since(),
                    after.byHand(),
                    after.toldAt().orElse(null));
        });
    }

    /// The application can know from now on how it stands.
    public void told(String application, Instant at) {
        database.writing(statements -> statements.update(
                "UPDATE standing SET told_at = ? WHERE application = ? AND told_at IS NULL", at, application));
    }

    /// The latest steps of an application, the last one first.
    public List<StandingChange> steps(String application, int most) {
        return database.read(statements -> statements.list(
                "SELECT * FROM step WHERE application = ? ORDER BY number DESC LIMIT ?",
                row -> new StandingChange(
                        row.text("application"),
                        row.instant("at"),
                        StandingChange.Action.valueOf(row.text("action")),
                        ComplianceStatus.valueOf(row.text("before")),
                        ComplianceStatus.valueOf(row.text("after")),
                        row.text("who"),
                        row.text("reason")),
                application,
                most));
    }

    private static ComplianceRecord read(Row row) {
        return new ComplianceRecord(
                row.text("application"),
                ComplianceStatus.valueOf(row.text("standing")),
                row.instant("since"),
                row.number("by_hand") != 0,
                Optional.ofNullable(row.instantOrNull("told_at")));
    }
}
