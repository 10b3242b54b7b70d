package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.ReportDecision.Subject;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.matching.LayoutDecisions;
import dev.tactus.reports.matching.ReportDecisionTable;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "decide",
        description = {
            "Decides what a text in reports means, for all imports to come.",
            "It may be a territory, a store, a usage, or a deduction: a line that is no usage.",
            "It holds until tactus reports revoke takes it back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus reports decide territory \"Deutschland/BRD\" DE --by Ada",
            "  tactus reports decide store \"SPTFY-PRM\" Spotify --sender Believe --by Ada",
            "  tactus reports decide usage \"Ad-funded\" stream --by Ada",
            "  tactus reports decide deduction \"Withholding tax\" withholding --by Ada"
        })
public final class ReportsDecideCommand extends TactusCommand {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "territory, store, usage or deduction.")
    private String subject = "";

    @Parameters(
            index = "1",
            paramLabel = "TEXT",
            converter = OptionTypes.RecordedText.class,
            description = "The whole cell as reports write it, in any case.")
    private String text = "";

    @Parameters(
            index = "2",
            paramLabel = "MEANING",
            converter = OptionTypes.RecordedText.class,
            description = "A country, WW or ZZ; a service; a kind of usage; a kind of deduction.")
    private String meaning = "";

    @Option(names = "--sender", paramLabel = "NAME", description = "Only in this sender's reports. Default: in all.")
    private String sender = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            required = true,
            converter = OptionTypes.RecordedText.class,
            description = "Who decided, for the record.")
    private String by = "";

    public ReportsDecideCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Subject about = subject(subject);
        String means;
        try {
            means = LayoutDecisions.meaning(about, meaning);
        } catch (BadReport e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
        Configuration configuration = options.configuration();
        ReportDecision decision = new ReportDecision(
                about,
                sender.strip(),
                text.strip(),
                means,
                by,
                options.console().clock().instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty());
        try (Ledger ledger = Stores.makeLedger(configuration, options.console());
                DatabaseLock _ = ledger.lock("reports decide");
                Lake lake = Stores.makeLake(configuration, ledger, options.console())) {
            ledger.reportDecisions().put(decision);
            new ReportDecisionTable(ledger, lake).publish();
        }
        return options.printResult(
                ReportJson.decision(decision),
                () -> List.of("decided: " + ReportView.decision(decision)
                        + "; it holds for imports from now on. Reports that are in the lake stay as they were read"));
    }

    static Subject subject(String written) {
        return Subject.named(written)
                .orElseThrow(() -> CommandFailure.usage(
                        "'" + written + "' is nothing to decide about; expected one of " + Subject.labels()));
    }
}
