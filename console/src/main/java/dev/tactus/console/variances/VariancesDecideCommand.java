package dev.tactus.console.variances;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceVerdict;
import dev.tactus.reconcile.variance.VarianceFilter;
import dev.tactus.reconcile.variance.VarianceReview;
import dev.tactus.reconcile.variance.VarianceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What accepting and disputing rows have in common.
abstract class VariancesDecideCommand extends TactusCommand {
    private static final int MEGABYTES = 512;

    @Mixin
    private final VarianceOptions choice = new VarianceOptions();

    @Option(names = "--all", description = "All that wait for a decision; needed where no row is named.")
    private boolean all;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            converter = OptionTypes.RecordedText.class,
            description = "Your name, for the record.")
    private String by = "";

    @Option(
            names = "--comment",
            required = true,
            paramLabel = "TEXT",
            converter = OptionTypes.RecordedText.class,
            description = "Why, for the record; in a dispute the service reads it.")
    private String comment = "";

    private final VarianceVerdict verdict;

    VariancesDecideCommand(CommandOptions options, VarianceVerdict verdict) {
        super(options);
        this.verdict = verdict;
    }

    static VarianceReview review(Ledger ledger, Lake lake) {
        return new VarianceReview(ledger, lake, MEGABYTES);
    }

    @Override
    public final Integer call() {
        if (!all && !choice.isNarrow()) {
            throw CommandFailure.usage(
                    "say which rows are meant: --isrc, --territory, --usage, or --all that wait for a decision");
        }
        Configuration configuration = options.configuration();
        List<VarianceDecision> made = new ArrayList<>();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("variances");
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            VarianceReview review = review(ledger, lake);
            VarianceFilter meant = choice.filter(
                    // a row that is named may be decided anew
                    choice.filter(EnumSet.allOf(VarianceState.class)).isExact()
                            ? EnumSet.complementOf(EnumSet.of(VarianceState.SETTLED))
                            : EnumSet.of(VarianceState.OPEN, VarianceState.STALE));
            for (String source : choice.sources(review)) {
                made.addAll(review.decide(source, choice.period(), meant, verdict, comment, by));
            }
            if (!made.isEmpty()) {
                Stores.countInLake(configuration, ledger, options.console());
            }
        }
        if (made.isEmpty()) {
            throw CommandFailure.usage("no row of " + choice.period()
                    + " that is meant waits for a decision; see tactus variances list --period " + choice.period());
        }
        return options.printResult(
                JsonObject.of("period", choice.period().label())
                        .put(
                                "decisions",
                                made.stream().map(VarianceView::fields).toList()),
                () -> List.of(HumanFormat.counted(made.size(), "row is ", "rows are ") + verdict.label() + " by " + by
                        + "; it holds as long as both sides say what they say now, and tactus variances revoke"
                        + " takes it back"));
    }
}
