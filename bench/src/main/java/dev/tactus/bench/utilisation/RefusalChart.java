package dev.tactus.bench.utilisation;

import dev.tactus.limits.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Draws what two policies let through against the true window of an exact log: calls in the last W at each moment, the
/// limit, and each refused call as a mark.
final class RefusalChart {
    private static final Duration SHOWN = Duration.ofMinutes(12);
    private static final int WIDTH = 880;
    private static final int LEFT = 56;
    private static final int PLOT = 800;
    private static final int HEIGHT = 150;
    private static final int PANEL = 230;
    private static final int STEPS = 800;

    private record Panel(String policy, String title) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("token bucket, N known", "A token bucket of 150, refilled 2.5 times a second"),
            new Panel("ours, N known", "Tactus, told 150 per 60 s"));

    private RefusalChart() {}

    static void write(Path file) throws IOException {
        ServerScenario scenario = ServerScenario.ALL.getFirst();
        StringBuilder svg = new StringBuilder();
        int height = PANELS.size() * PANEL + 10;
        svg.append(
                String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="13">
                <title>Calls in the last 60 seconds under two policies, and the limit of %d</title>
                <rect width="100%%" height="100%%" rx="8" fill="#ffffff"/>
                """, WIDTH, height, scenario.quota().permits()));
        int top = 50;
        for (Panel panel : PANELS) {
            PolicyRun run =
                    new PolicyRun(scenario, LimitedServer.Kind.LOG, Utilisation.policy(panel.policy()), 1).traced();
            run.run();
            panel(svg, panel.title(), scenario.quota(), run.arrivals(), top);
            top += PANEL;
        }
        svg.append("</svg>\n");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg);
    }

    private static void panel(StringBuilder svg, String title, Limit limit, List<PolicyRun.Arrival> arrivals, int top) {
        int base = top + HEIGHT;
        double most = limit.permits() * 1.15;
        long refused = arrivals.stream()
                .filter(call -> !call.accepted() && call.at() < SHOWN.toNanos())
                .count();
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"600\" fill=\"#1b2733\">%s: %s refused in %d minutes</text>%n",
                LEFT,
                top - 22,
                title,
                refused == 0 ? "none" : String.valueOf(refused),
                SHOWN.toMinutes()));
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"#dbe7f3\" stroke=\"#2f6ea8\"/>%n",
                area(limit, arrivals, base, most)));
        double ceiling = base - HEIGHT * limit.permits() / most;
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %.1fh%d\" stroke=\"#b3261e\" stroke-dasharray=\"5 4\"/>%n",
                LEFT,
                ceiling,
                PLOT));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#b3261e\">%d</text>%n",
                LEFT - 6,
                ceiling + 4,
                limit.permits()));
        for (PolicyRun.Arrival call : arrivals) {
            if (!call.accepted() && call.at() < SHOWN.toNanos()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %dv9\" stroke=\"#b3261e\" stroke-width=\"0.8\"/>%n",
                        x(call.at()),
                        base + 3));
            }
        }
        svg.append(String.format(Locale.ROOT, "<path d=\"M%d %dh%d\" stroke=\"#8796a5\"/>%n", LEFT, base, PLOT));
        for (int minute = 0; minute <= SHOWN.toMinutes(); minute += 2) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#51606e\">%d min</text>%n",
                    x(Duration.ofMinutes(minute).toNanos()),
                    base + 26,
                    minute));
        }
    }

    /// Accepted calls in the last W, at evenly spaced moments.
    private static String area(Limit limit, List<PolicyRun.Arrival> arrivals, int base, double most) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%d %d", LEFT, base));
        Deque<Long> window = new ArrayDeque<>();
        int next = 0;
        for (int step = 0; step <= STEPS; step++) {
            long now = SHOWN.toNanos() * step / STEPS;
            while (next < arrivals.size() && arrivals.get(next).at() <= now) {
                PolicyRun.Arrival call = arrivals.get(next++);
                if (call.accepted()) {
                    window.add(call.at());
                }
            }
            while (!window.isEmpty()
                    && window.getFirst() <= now - limit.window().toNanos()) {
                window.removeFirst();
            }
            path.append(String.format(Locale.ROOT, "L%.1f %.1f", x(now), base - HEIGHT * window.size() / most));
        }
        return path.append(String.format(Locale.ROOT, "L%d %dZ", LEFT + PLOT, base))
                .toString();
    }

    private static double x(long nanos) {
        return LEFT + PLOT * (nanos / (double) SHOWN.toNanos());
    }
}
