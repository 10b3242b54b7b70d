package dev.tactus.console.reports;

import dev.tactus.console.command.CatalogRefresh;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.NameOption;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.coverage.ReportFallback;
import dev.tactus.reports.matching.MatchImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "match",
        description = {
            "Reads a sheet from tactus reports unmatched whose column match_isrc is filled in.",
            "It holds the ISRC of a recording in the catalog, or - for usage that is not yours. Later months keep it."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus reports match queue.xlsx --by Ada")
public final class ReportsMatchCommand extends TactusCommand {
    @Parameters(paramLabel = "FILE", description = "The sheet, .xlsx or CSV.")
    private Path file = Path.of("");

    @Mixin
    private final NameOption name = new NameOption();

    public ReportsMatchCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Stores.requireLedger(configuration);
        try (Ledger ledger = CatalogRefresh.withCatalog(configuration, options, "reports match");
                DatabaseLock _ = ledger.lock("reports match");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            MatchImporter.MatchCounts matched =
                    new MatchImporter(ledger, lake, options.console().clock()).take(file, name.by);
            ReportFallback.Change settled = new ReportFallback(ledger, lake, configuration.services()).settle();
            return options.printResult(
                    JsonObject.of("matched", matched.matched())
                            .put("not_ours", matched.notOurs())
                            .put("fell_back", settled.fellBack())
                            .put("double_claims", matched.beside().all())
                            .put("double_claims_shown", matched.beside().worst())
                            .put(
                                    "replaced",
                                    matched.replaced().stream()
                                            .map(ReportsMatchCommand::fields)
                                            .toList()),
                    () -> lines(matched));
        }
    }

    private static List<String> lines(MatchImporter.MatchCounts matched) {
        List<String> lines = new ArrayList<>();
        lines.add(HumanFormat.counted(matched.matched(), "usage", "usages") + " matched to a recording, "
                + HumanFormat.count(matched.notOurs()) + " marked as not yours");
        if (matched.beside().all() > 0) {
            lines.add("warning: " + HumanFormat.counted(matched.beside().all(), "usage counts", "usages count")
                    + " now beside rows that the recording has already, of the same service, territory and days."
                    + " Where both are the same plays, enter - in match_isrc and import the sheet again:");
            matched.beside().worst().forEach(one -> lines.add("  " + one));
        }
        matched.replaced()
                .forEach(one -> lines.add(one.after().usageKey() + ": " + meaning(one.before()) + " (decided by "
                        + one.before().by() + " on " + UtcMinute.of(one.before().at()) + ") → "
                        + meaning(one.after())));
        return lines;
    }

    private static JsonObject fields(MatchImporter.ReplacedMatch one) {
        return JsonObject.of("usage_key", one.after().usageKey())
                .put("old", meaning(one.before()))
                .put("new", meaning(one.after()))
                .put("decided_by", one.before().by())
                .put("decided_at", one.before().at());
    }

    private static String meaning(UsageMatch match) {
        return match.isrc().map(Isrc::value).orElse("not yours");
    }
}
