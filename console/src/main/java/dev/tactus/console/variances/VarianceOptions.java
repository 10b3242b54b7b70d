package dev.tactus.console.variances;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.variance.VarianceFilter;
import dev.tactus.reconcile.variance.VarianceReview;
import dev.tactus.reconcile.variance.VarianceState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name rows of a reconciled period.
final class VarianceOptions {
    @Option(
            names = "--period",
            required = true,
            paramLabel = "P",
            description = "A month (2026-10), a quarter (2026-Q4) or days (2026-10-01..2026-11-04).")
    @SuppressWarnings("NullAway.Init") // required
    private Period period;

    @Option(names = "--source", paramLabel = "NAME", description = "One source or service. Default: all.")
    private @Nullable String source;

    @Option(names = "--isrc", paramLabel = "ISRC", description = "One recording. Default: all.")
    private @Nullable String isrc;

    @Option(names = "--territory", paramLabel = "T", description = "One territory, such as DE. Default: all.")
    private @Nullable String territory;

    @Option(names = "--usage", paramLabel = "U", description = "One kind of usage, such as stream. Default: all.")
    private @Nullable String usage;

    Period period() {
        return period;
    }

    /// Whether it is said which rows are meant, beyond the period.
    boolean isNarrow() {
        return isrc != null || territory != null || usage != null;
    }

    VarianceFilter filter(Set<VarianceState> states) {
        return new VarianceFilter(
                Optional.ofNullable(isrc).map(text -> text.replace("-", "").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(territory).map(text -> text.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(usage),
                states);
    }

    /// The sources that are meant; each has been reconciled.
    List<String> sources(VarianceReview review) {
        List<String> reconciled = review.sources(period);
        if (source == null) {
            if (reconciled.isEmpty()) {
                throw CommandFailure.usage("nothing of " + period + " was reconciled; tactus reconcile --period "
                        + period + " comes first");
            }
            return reconciled;
        }
        if (!reconciled.contains(source)) {
            throw CommandFailure.usage("--source " + source + ": nothing of it was reconciled in " + period + "; there "
                    + HumanFormat.are(reconciled, "are no others either"));
        }
        return List.of(source);
    }
}
