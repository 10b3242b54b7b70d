package dev.tactus.console.servers;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.simulator.service.SimulatorReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a simulator served, in words and as JSON.
public final class SimulatorReportView {
    private SimulatorReportView() {}

    public static List<String> lines(SimulatorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("The simulator received " + HumanFormat.counted(report.requests(), "request", "requests") + " in "
                + HumanFormat.duration(Duration.ofMillis(Math.round(report.seconds() * 1000))) + " and rate-limited "
                + HumanFormat.count(report.throttled()) + " of them (429).");
        report.requestsByPath()
                .forEach((path, count) -> lines.add("  " + path + ": "
                        + HumanFormat.counted(count, "request", "requests") + ", "
                        + HumanFormat.count(report.throttledByPath().getOrDefault(path, 0L)) + " rate-limited"));
        report.limits()
                .forEach(limit -> lines.add("  limit " + limit.limit() + " on " + limit.scope() + ": at most "
                        + HumanFormat.counted(limit.worstWindow(), "request", "requests") + " in one window"
                        + (limit.share() > 0
                                ? ", " + Math.round(limit.share() * 1000) / 10.0 + " % of the quota used"
                                : "")));
        if (!report.faults().isEmpty()) {
            List<String> faults = new ArrayList<>();
            report.faults().forEach((fault, count) -> faults.add(fault + " " + count));
            lines.add("  faults injected: " + String.join(", ", faults));
        }
        return lines;
    }

    static JsonObject fields(SimulatorReport report) {
        return JsonObject.of("seconds", report.seconds())
                .put("requests", report.requests())
                .put("token_requests", report.tokenRequests())
                .put("throttled", report.throttled())
                .put("requests_by_path", report.requestsByPath())
                .put("throttled_by_path", report.throttledByPath())
                .put("statuses", report.statuses())
                .put("faults", report.faults())
                .put(
                        "limits",
                        report.limits().stream()
                                .map(limit -> JsonObject.of("scope", limit.scope())
                                        .put("limit", limit.limit().toString())
                                        .put("requests", limit.requests())
                                        .put("throttled", limit.throttled())
                                        .put("worst_window", limit.worstWindow())
                                        .put("share", limit.share()))
                                .toList());
    }
}
