package dev.tactus.serve.actions;

import dev.tactus.serve.signin.Role;
import java.util.List;

/// Everything that can be done on the page by filling in fields.
public final class ActionForms {
    private static final List<ActionForm> ALL = List.of(
            ActionForm.of("accept-drift", Role.DECIDE, "id", "drift", "drift", "accept", "{id}"),
            ActionForm.of("replay-dead-letter", Role.DECIDE, "id", "dead-letters", "dead-letters", "replay", "{id}"),
            ActionForm.of(
                    "dismiss-dead-letter",
                    Role.DECIDE,
                    "id reason",
                    "dead-letters",
                    "dead-letters",
                    "dismiss",
                    "{id}",
                    "--by={by}",
                    "--reason={reason}"),
            ActionForm.of(
                    "void-statement",
                    Role.DECIDE,
                    "report_id reason",
                    "statements",
                    "reports",
                    "void",
                    "{report_id}",
                    "--by={by}",
                    "--reason={reason}"),
            ActionForm.of(
                    "abandon-run",
                    Role.DECIDE,
                    "run_id reason?",
                    "runs",
                    "runs",
                    "abandon",
                    "{run_id}",
                    "--by={by}",
                    "--reason={reason}"),
            ActionForm.of(
                    "forget-limit",
                    Role.DECIDE,
                    "scope source?",
                    "limits",
                    "limits",
                    "forget",
                    "{scope}",
                    "--source={source}"),
            variance("accept-variance", "accept"),
            variance("dispute-variance", "dispute"),
            ActionForm.of(
                    "reconcile",
                    Role.DECIDE,
                    "period source?",
                    "periods",
                    "reconcile",
                    "--period={period}",
                    "--source={source}"),
            ActionForm.of(
                    "close",
                    Role.CLOSE,
                    "period source? accept?",
                    "periods",
                    "close",
                    "--period={period}",
                    "--source={source}",
                    "--accept={accept}",
                    "--by={by}"),
            ActionForm.of(
                    "approve-close",
                    Role.CLOSE,
                    "period source?",
                    "periods",
                    "close",
                    "approve",
                    "--period={period}",
                    "--source={source}",
                    "--by={by}"),
            ActionForm.of(
                    "reopen",
                    Role.CLOSE,
                    "period source? reason",
                    "periods",
                    "reopen",
                    "--period={period}",
                    "--source={source}",
                    "--reason={reason}",
                    "--by={by}"));

    private ActionForms() {}

    private static ActionForm variance(String name, String verdict) {
        return ActionForm.of(
                name,
                Role.DECIDE,
                "period source isrc territory usage_type comment",
                "variances",
                "variances",
                verdict,
                "--period={period}",
                "--source={source}",
                "--isrc={isrc}",
                "--territory={territory}",
                "--usage={usage_type}",
                "--comment={comment}",
                "--by={by}");
    }

    /// The form that starts a job of the schedule, which is the site's own and no command.
    public static ActionForm startJob() {
        return ActionForm.of("start-job", Role.DECIDE, "job", "schedule");
    }

    public static List<ActionForm> all() {
        return ALL;
    }
}
