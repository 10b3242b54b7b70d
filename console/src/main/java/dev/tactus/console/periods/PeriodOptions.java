package dev.tactus.console.periods;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.Reconciler;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a period and a source.
final class PeriodOptions {
    /// DuckDB's share of one gigabyte; the heap and the rest of the process need the other half.
    static final int MEGABYTES = 512;

    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description = "A month (2026-10), a quarter (2026-Q4) or days (2026-10-01..2026-11-04).")
    @SuppressWarnings("NullAway.Init") // required
    private Period period;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "One source, or one service that only reports name. Default: all.")
    @Nullable
    String source;

    /// Whether the command was called without a period.
    @SuppressWarnings("ConstantValue") // set by picocli
    boolean isMissing() {
        return period == null;
    }

    Period period() {
        return period;
    }

    /// The sources that are meant: the one named, or all whose API counts streams and all that reports name.
    Collection<String> sources(Configuration configuration, Reconciler reconciler) {
        List<String> counting = configuration.sources().values().stream()
                .filter(one -> one.datasets().contains(Dataset.STREAMS))
                .map(SourceConfiguration::name)
                .toList();
        Collection<String> all = reconciler.sources(period(), counting);
        if (source == null) {
            return all;
        }
        if (!all.contains(source) && !configuration.sources().containsKey(source)) {
            throw CommandFailure.usage("--source " + source + ": neither a source in " + configuration.file()
                    + " nor a service in the reports of " + period() + "; there "
                    + HumanFormat.are(all, "are no reports of that period, and no source"));
        }
        return List.of(source);
    }

    /// What a command says that has found nobody to be reconciled.
    String nothing(Configuration configuration) {
        return period() + ": no source of " + configuration.file()
                + " counts streams, and no report tells of the period; tactus reports import takes reports";
    }
}
