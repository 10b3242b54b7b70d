package dev.tactus.console.servers;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.simulator.service.SimulatorReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a simulator saw, for people and for programs.
public final class SimulatorReportView {
    private SimulatorReportView() {}

    public static List<String> lines(SimulatorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("The simulator saw " + HumanFormat.counted(report.requests(), "call", "calls") + " in "
                + HumanFormat.duration(Duration.ofMillis(Math.round(report.seconds() * 1000))) + " and refused "
                + HumanFormat.count(report.throttled()) + " of them for their rate.");
        report.requestsByPath()
                .forEach((path, count) -> lines.add("  " + path + ": " + HumanFormat.counted(count, "call", "calls")
                        + ", " + HumanFormat.count(report.throttledByPath().getOrDefault(path, 0L)) + " refused"));
        report.limits()
                .forEach(limit -> lines.add("  limit " + limit.limit() + " on " + limit.scope() + ": at most "
                        + limit.worstWindow() + " calls in one window"
                        + (limit.share() > 0
                                ? ", " + Math.round(limit.share() * 1000) / 10.0 + " % of the quota used"
                                : "")));
        if (!report.faults().isEmpty()) {
            List<String> faults = new ArrayList<>();
            report.faults().forEach((fault, count) -> faults.add(fault + " " + count));
            lines.add("  faults shown: " + String.join(", ", faults));
        }
        return lines;
    }

    static Map<String, Object> fields(SimulatorReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", report.seconds());
        fields.put("requests", report.requests());
        fields.put("token_requests", report.tokenRequests());
        fields.put("throttled", report.throttled());
        fields.put("requests_by_path", report.requestsByPath());
        fields.put("throttled_by_path", report.throttledByPath());
        fields.put("statuses", report.statuses());
        fields.put("faults", report.faults());
        fields.put(
                "limits",
                report.limits().stream()
                        .map(limit -> Map.of(
                                "scope", limit.scope(),
                                "limit", limit.limit().toString(),
                                "requests", limit.requests(),
                                "throttled", limit.throttled(),
                                "worst_window", limit.worstWindow(),
                                "share", limit.share()))
                        .toList());
        return fields;
    }
}
