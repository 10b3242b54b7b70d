package dev.tactus.console.sync;

import dev.tactus.console.output.Console;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Shows how a run gets on: one line redrawn on a terminal, a plain line every ten seconds elsewhere.
///
/// Used by one thread at a time.
final class ProgressLine implements ProgressListener, AutoCloseable {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String CLEARED = "\r\u001b[K";
    private static final int WIDEST = 118;

    private final Console console;
    private final boolean redrawn;
    private final Consumer<String> lines;
    private final Ticker ticker;
    private long lastNanos;
    private boolean drawn;

    /// @param redrawn whether to redraw; otherwise `lines` gets whole lines
    ProgressLine(Console console, boolean redrawn, Consumer<String> lines, Ticker ticker) {
        this.console = console;
        this.redrawn = redrawn;
        this.lines = lines;
        this.ticker = ticker;
        this.lastNanos = ticker.nanos();
    }

    @Override
    public synchronized void update(ProgressReport report) {
        if (redrawn) {
            String text = text(report);
            console.err().print(CLEARED + (text.length() > WIDEST ? text.substring(0, WIDEST) : text));
            console.err().flush();
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
            console.err().print(CLEARED);
            console.err().flush();
            drawn = false;
        }
    }

    static String text(ProgressReport report) {
        StringBuilder text = new StringBuilder(report.phase().name().toLowerCase(Locale.ROOT))
                .append("  ")
                .append(HumanFormat.count(report.done()))
                .append(" of ")
                .append(HumanFormat.count(report.total()))
                .append(" items");
        if (report.total() > 0) {
            text.append(String.format(Locale.ROOT, " (%.1f %%)", 100.0 * report.done() / report.total()));
        }
        text.append(String.format(
                Locale.ROOT, "  %s calls, %.0f/min", HumanFormat.count(report.requests()), report.requestsPerMinute()));
        report.quotaShare()
                .ifPresent(share -> text.append(", quota ")
                        .append(HumanFormat.percent(share))
                        .append(" used"));
        text.append("  throttled ").append(HumanFormat.count(report.throttled()));
        if (report.parked() > 0) {
            text.append("  parked ").append(HumanFormat.count(report.parked()));
        }
        report.remaining().ifPresent(left -> text.append("  ETA ").append(HumanFormat.duration(left)));
        return text.toString();
    }
}
