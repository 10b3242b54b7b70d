package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.ledger.royalty.ReportDecision.Revocation;
import dev.tactus.ledger.royalty.ReportDecision.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What people decided that texts in reports mean, remembered for the months to come. Of several decisions about one
/// text of one sender the last one holds, and the others are revoked by it; none is ever deleted.
public final class ReportDecisions {
    private static final String SAME =
            " WHERE subject = ? AND lower(sender) = lower(?) AND lower(text) = lower(?)" + " AND revoked_at IS NULL";

    private final Database database;

    public ReportDecisions(Database database) {
        this.database = database;
    }

    public void put(ReportDecision decision) {
        database.writing(session -> {
            revoke(decision.subject(), decision.sender(), decision.text(), decision.by(), decision.at());
            session.update(
                    """
                    INSERT INTO report_decision (subject, sender, text, meaning, by, at) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    decision.subject().label(),
                    decision.sender(),
                    decision.text(),
                    decision.meaning(),
                    decision.by(),
                    decision.at());
        });
    }

    /// Takes back what holds about a text.
    ///
    /// @return whether anything did
    public boolean revoke(Subject subject, String sender, String text, String by, Instant at) {
        return database.write(session -> session.update(
                        "UPDATE report_decision SET revoked_by = ?, revoked_at = ?" + SAME,
                        by,
                        at,
                        subject.label(),
                        sender,
                        text)
                > 0);
    }

    /// All, those that were revoked too, in the order in which they were made.
    public List<ReportDecision> list() {
        return database.read(session -> session.list(
                "SELECT * FROM report_decision ORDER BY number",
                row -> new ReportDecision(
                        Subject.named(row.text("subject")).orElseThrow(),
                        row.text("sender"),
                        row.text("text"),
                        row.text("meaning"),
                        row.text("by"),
                        row.instant("at"),
                        row.optionalText("revoked_by").isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Revocation(row.text("revoked_by"), row.instant("revoked_at"))))));
    }

    /// Those that hold.
    public List<ReportDecision> inForce() {
        return list().stream().filter(ReportDecision::holds).toList();
    }
}
