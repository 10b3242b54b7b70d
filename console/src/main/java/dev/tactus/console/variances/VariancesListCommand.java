package dev.tactus.console.variances;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.variance.Variance;
import dev.tactus.reconcile.variance.VarianceCounts;
import dev.tactus.reconcile.variance.VarianceReview;
import dev.tactus.reconcile.variance.VarianceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "Lists the rows of a period that differ beyond the tolerance, and what was decided about each.",
            "Stale: a side has changed since somebody decided. Settled: both sides agree now, or the row is gone."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus variances list --period 2026-10", "  tactus variances list --period 2026-10 --waiting"})
public final class VariancesListCommand extends TactusCommand {
    @Mixin
    private final VarianceOptions choice = new VarianceOptions();

    @Option(names = "--waiting", description = "Only those that nobody has decided about, and stale ones.")
    private boolean waiting;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            converter = OptionTypes.RowCount.class,
            description = "Show at most N of each source. Default: ${DEFAULT-VALUE}")
    private int limit = 1000;

    public VariancesListCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Set<VarianceState> states =
                waiting ? EnumSet.of(VarianceState.OPEN, VarianceState.STALE) : EnumSet.allOf(VarianceState.class);
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            VarianceReview review = VariancesDecideCommand.review(ledger, lake);
            List<Variance> found = new ArrayList<>();
            long open = 0;
            for (String source : choice.sources(review)) {
                found.addAll(review.list(source, choice.period(), choice.filter(states), limit));
                VarianceCounts counts = review.counts(source, choice.period());
                open += counts.waiting();
            }
            return options.printList(
                    JsonObject.of("period", choice.period().label()).put("waiting", open),
                    "variances",
                    found,
                    VarianceView::fields,
                    VarianceView.COLUMNS,
                    HumanFormat.counted(open, "variance waits", "variances wait") + " for a decision"
                            + (open == 0 ? "" : "; tactus variances accept and tactus variances dispute decide"));
        }
    }
}
