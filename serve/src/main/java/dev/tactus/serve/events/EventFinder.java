package dev.tactus.serve.events;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.answers.CommandAnswer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Finds what has happened in what the commands answer.
///
/// Each thing has an id of its own kind and key, so that finding it again finds the same: a reader sees it once,
/// however
/// often the ledger is looked at, and a file of events that was lost is written anew.
final class EventFinder {
    private static final String PREFIX = "dev.tactus.";
    private static final Set<String> PUBLISHED = Set.of("finished", "incomplete");

    private final Function<String, CommandAnswer> answers;

    /// One that asks commands.
    ///
    /// @param answers of commands, by their words
    EventFinder(Function<String, CommandAnswer> answers) {
        this.answers = answers;
    }

    /// All that can be seen, by the time at which it happened; numbers are given by whoever keeps them.
    List<SiteEvent> find() {
        List<SiteEvent> found = new ArrayList<>();
        rows("runs list", "runs").forEach(run -> {
            String state = text(run, "state");
            String ended = text(run, "ended_at");
            if (!ended.isEmpty() && !state.equals("running") && !state.equals("publishing")) {
                String kind = PUBLISHED.contains(state) ? "run.finished" : "run." + state;
                add(found, kind, text(run, "run_id"), ended, state + "/" + ended, run);
            }
        });
        rows("runs alerts --limit 100000", "alerts").forEach(alert -> {
            if (text(alert, "kind").equals("deadline")) {
                String kind = text(alert, "severity").equals("critical") ? "deadline.missed" : "deadline.at_risk";
                add(found, kind, text(alert, "run_id"), text(alert, "at"), "", alert);
            }
        });
        rows("drift list --limit 100000", "drifts")
                .forEach(drift -> add(found, "drift.found", text(drift, "id"), text(drift, "detected_at"), "", drift));
        rows("reports list", "reports").forEach(report -> {
            String id = text(report, "report_id");
            if (text(report, "state").equals("importing")) {
                return;
            }
            add(found, "statement.imported", id, text(report, "imported_at"), "", report);
            if (text(report, "state").equals("voided")) {
                add(found, "statement.voided", id, text(report, "imported_at"), "", report);
            }
        });
        rows("periods list", "periods")
                .forEach(period -> add(
                        found,
                        text(period, "kind").equals("close") ? "period.closed" : "period.reopened",
                        text(period, "id"),
                        text(period, "at"),
                        "",
                        period));
        rows("limits list", "limits").forEach(limit -> {
            String until = text(limit, "closed_until");
            if (!until.isEmpty()) {
                String scope = text(limit, "source") + " " + text(limit, "scope");
                add(found, "limit.closed", scope, text(limit, "saved_at"), until, limit);
            }
        });
        found.sort(Comparator.comparing(SiteEvent::at).thenComparing(SiteEvent::id));
        return found;
    }

    private static void add(List<SiteEvent> found, String kind, String subject, String at, String more, JsonNode data) {
        String id = Sha256.of(kind + "\n" + subject + "\n" + more).hex(32);
        found.add(new SiteEvent(0, id, PREFIX + kind, subject, instant(at), data));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private List<JsonNode> rows(String words, String array) {
        CommandAnswer answer = answers.apply(words);
        return answer.isResult() ? List.copyOf(answer.body().path(array).values()) : List.of();
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }
}
