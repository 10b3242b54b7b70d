package dev.tactus.serve.pages;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which forms are offered beside which list.
final class OfferedActions {
    /// Fields of a row that forms are filled in with.
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "accept-drift", Set.of("id"),
            "replay-dead-letter", Set.of("id"),
            "dismiss-dead-letter", Set.of("id"),
            "void-statement", Set.of("report_id"),
            "forget-limit", Set.of("scope", "source"),
            "accept-variance", Set.of("period", "source", "isrc", "territory", "usage_type"),
            "start-job", Set.of("job"),
            "dispute-variance", Set.of("period", "source", "isrc", "territory", "usage_type"));

    private static final Map<String, List<String>> OF_ROWS = Map.of(
            "drift", List.of("accept-drift"),
            "dead-letters", List.of("replay-dead-letter", "dismiss-dead-letter"),
            "statements", List.of("void-statement"),
            "limits", List.of("forget-limit"),
            "variances", List.of("accept-variance", "dispute-variance"),
            "unmatched", List.of("match"),
            "schedule", List.of("start-job"));

    private static final Map<String, List<String>> OF_LISTS = Map.of(
            "periods", List.of("reconcile", "close", "approve-close", "reopen"),
            "statements", List.of("import"),
            "calendar", List.of("import"));

    private OfferedActions() {}

    static List<String> ofRows(String list) {
        return OF_ROWS.getOrDefault(list, List.of());
    }

    static List<String> ofList(String list) {
        return OF_LISTS.getOrDefault(list, List.of());
    }

    static boolean takes(String action, String field) {
        return FIELDS.getOrDefault(action, Set.of()).contains(field);
    }
}
