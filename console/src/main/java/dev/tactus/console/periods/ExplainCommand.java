package dev.tactus.console.periods;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.JsonObject;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.explain.CellExplainer;
import dev.tactus.reconcile.explain.CellExplanation;
import dev.tactus.reconcile.explain.CellKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = {
            "Traces a payable count back to the answers and statement lines that it is made of.",
            "Shows the answers of the API by day, with request and digest, and the lines of statements. Changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus explain --period 2026-10 --isrc USUM72409273",
            "  tactus explain --period 2026-10 --isrc USUM72409273 --territory DE --usage stream --json"
        })
public final class ExplainCommand extends TactusCommand {
    @Mixin
    private final PeriodOptions choice = new PeriodOptions();

    @Option(names = "--isrc", required = true, paramLabel = "ISRC", description = "The recording.")
    private String isrc = "";

    @Option(names = "--territory", paramLabel = "T", description = "One territory, such as DE. Default: all.")
    private @Nullable String territory;

    @Option(names = "--usage", paramLabel = "U", description = "One kind of usage, such as stream. Default: all.")
    private @Nullable String usage;

    public ExplainCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        CellKey key = new CellKey(
                choice.period(),
                recording(),
                Optional.ofNullable(choice.source),
                Optional.ofNullable(territory).map(text -> text.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(usage));
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            List<CellExplanation> cells =
                    new CellExplainer(ledger, lake, configuration.services(), PeriodOptions.MEGABYTES).explain(key);
            return options.printResult(
                    JsonObject.of("period", key.period().label())
                            .put("isrc", key.isrc())
                            .put(
                                    "payable_count",
                                    cells.stream()
                                            .mapToLong(CellExplanation::payableCount)
                                            .sum())
                            .put(
                                    "cells",
                                    cells.stream().map(ExplanationView::fields).toList()),
                    () -> cells.stream()
                            .flatMap(cell -> ExplanationView.lines(cell).stream())
                            .toList());
        }
    }

    private String recording() {
        try {
            return new Isrc(isrc.replace("-", "").toUpperCase(Locale.ROOT)).value();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--isrc " + isrc + ": " + e.getMessage());
        }
    }
}
