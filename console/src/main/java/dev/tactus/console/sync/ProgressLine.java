package dev.tactus.console.sync;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.limits.Ticker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Shows the progress of a run: one line redrawn on a terminal, a plain line every ten seconds elsewhere.
///
/// On a terminal the line keeps within its width. Thread-safe.
final class ProgressLine implements ProgressListener, AutoCloseable {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String CLEARED = "\r\u001b[K";
    /// Without wrapping, a terminal that has become narrower since cuts the line and doesn't scroll.
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream terminal;
    private final int columns;
    private final Consumer<String> lines;
    private final Ticker ticker;
    private long lastNanos;
    private boolean drawn;

    /// @param columns the terminal's width; 0 where there is none, then `lines` gets whole lines
    ProgressLine(PrintStream terminal, int columns, Consumer<String> lines, Ticker ticker) {
        this.terminal = terminal;
        this.columns = columns;
        this.lines = lines;
        this.ticker = ticker;
        this.lastNanos = ticker.nanos();
    }

    @Override
    public synchronized void update(ProgressReport report) {
        if (columns > 0) {
            draw(NO_WRAP + fitting(report, columns - 1) + WRAP);
            drawn = true;
        } else if (ticker.nanos() - lastNanos >= INTERVAL_NANOS) {
            lastNanos = ticker.nanos();
            lines.accept(text(report));
        }
    }

    @Override
    public synchronized void say(String event) {
        close();
        lines.accept(event);
    }

    /// Takes the redrawn line away.
    @Override
    public synchronized void close() {
        if (drawn) {
            draw("");
            drawn = false;
        }
    }

    private void draw(String line) {
        terminal.print(CLEARED + line);
        terminal.flush();
    }

    static String text(ProgressReport report) {
        return fitting(report, Integer.MAX_VALUE);
    }

    /// As many parts as fit a width, the least important left out first.
    static String fitting(ProgressReport report, int width) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(3, report.phase().name().toLowerCase(Locale.ROOT)));
        parts.add(new Part(0, done(report)));
        parts.add(new Part(
                2,
                String.format(
                        Locale.ROOT,
                        "%s requests, %.0f/min",
                        HumanFormat.count(report.requests()),
                        report.requestsPerMinute())));
        report.quotaShare().ifPresent(share -> parts.add(new Part(5, "quota " + HumanFormat.percent(share) + " used")));
        parts.add(new Part(4, "rate-limited " + HumanFormat.count(report.throttled())));
        if (report.parked() > 0) {
            parts.add(new Part(6, "postponed " + HumanFormat.count(report.parked())));
        }
        report.remaining().ifPresent(left -> parts.add(new Part(1, "ETA " + HumanFormat.duration(left))));
        while (parts.size() > 1 && line(parts).length() > width) {
            parts.remove(Collections.max(parts, Comparator.comparingInt(Part::rank)));
        }
        return line(parts).substring(0, Math.min(width, line(parts).length()));
    }

    /// @param rank 0 for what is shown on the narrowest terminal
    private record Part(int rank, String text) {}

    private static String line(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining("  "));
    }

    private static String done(ProgressReport report) {
        String items = HumanFormat.count(report.done()) + " of " + HumanFormat.count(report.total()) + " items";
        return report.total() == 0
                ? items
                : items + String.format(Locale.ROOT, " (%.1f %%)", 100.0 * report.done() / report.total());
    }
}
