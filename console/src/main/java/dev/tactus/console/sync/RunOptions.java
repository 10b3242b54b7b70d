package dev.tactus.console.sync;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.DueRuns;
import dev.tactus.ingest.run.RunDays;
import dev.tactus.ingest.run.SettleWindow;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a run: source, days, datasets.
public final class RunOptions {
    @Option(names = "--source", paramLabel = "NAME", description = "The source. Default: all, side by side.")
    @Nullable
    String source;

    @Option(
            names = "--day",
            paramLabel = "YYYY-MM-DD",
            description =
                    "One day. Default: what is unfinished, then every day to yesterday (UTC) without a final answer.")
    @Nullable
    LocalDate day;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first of several days.")
    public @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "The last of several days.")
    public @Nullable LocalDate to;

    @Option(
            names = "--datasets",
            paramLabel = "LIST",
            split = ",",
            description = "Some of tracks,streams,listeners. Default: all that the source has.")
    @Nullable
    List<String> datasets;

    /// The datasets asked for, checked against what the source has.
    Set<Dataset> datasets(Set<Dataset> offered) {
        if (datasets == null) {
            return offered;
        }
        Set<Dataset> chosen = EnumSet.noneOf(Dataset.class);
        for (String label : datasets) {
            try {
                Dataset dataset = Dataset.parse(label);
                if (!offered.contains(dataset)) {
                    throw CommandFailure.usage("--datasets: this source has no " + dataset.label() + ", only "
                            + String.join(
                                    ", ",
                                    offered.stream()
                                            .sorted()
                                            .map(Dataset::label)
                                            .toList()));
                }
                chosen.add(dataset);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage("--datasets: " + e.getMessage());
            }
        }
        return chosen;
    }

    /// Refuses days that don't go together, before anything is opened.
    void checkDays(Instant now) {
        if (day != null && (from != null || to != null)) {
            throw CommandFailure.usage("use either --day, or --from and --to");
        }
        if ((from == null) != (to == null)) {
            throw CommandFailure.usage("--from and --to must be given together");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw CommandFailure.usage("--to " + to + " is before --from " + from);
        }
        LocalDate last = day != null ? day : to;
        if (last != null && last.isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw CommandFailure.usage(last + " is in the future");
        }
    }

    /// The sources asked for: one, or all where none is named.
    List<SourceConfiguration> sources(Configuration configuration) {
        return source == null && !configuration.sources().isEmpty()
                ? List.copyOf(configuration.sources().values())
                : List.of(configuration.source(source));
    }

    /// What has to be run: the days that are named, or else what is unfinished and then every day without a final
    /// answer.
    ///
    /// @param template whose days are left aside
    List<SyncRequest> requests(Instant now, Ledger ledger, String sourceName, SyncRequest template) {
        if (day != null) {
            return List.of(template.forDays(List.of(day)));
        }
        if (from != null && to != null) {
            return List.of(template.forDays(RunDays.range(from, to)));
        }
        if (template.continuation() instanceof Continuation.Anew) {
            SettleWindow window = SettleWindow.at(now, template.settleDays());
            return List.of(
                    template.forDays(RunDays.due(window, ledger.answered().fetched(sourceName), template.datasets())));
        }
        return DueRuns.of(ledger, sourceName, now, template);
    }

    static LocalDate yesterday(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    }

    /// The next time that the source's deadline strikes.
    static Optional<Instant> deadline(Instant now, SourceConfiguration configured) {
        return configured.deadline().map(time -> next(now, time));
    }

    /// The next time that it strikes.
    static Instant next(Instant now, OffsetTime time) {
        OffsetDateTime today = now.atOffset(time.getOffset()).with(time.toLocalTime());
        return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
    }
}
