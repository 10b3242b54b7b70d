package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.sync.SourceSession;
import dev.tactus.ingest.DeadLetterReplay;
import dev.tactus.ingest.ReplayReport;
import dev.tactus.ledger.Ledger;
import dev.tactus.reconcile.coverage.ReportFallback;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Reads stored payloads again, after a fix.",
            "The profile and the schemas are used as they are now, and what is valid now lands. Makes no calls.",
            "Exit code 3 where something is still wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus dead-letters replay", "  tactus dead-letters replay 3f9c2a 88d01b"})
public final class DeadLettersReplayCommand extends TactusCommand {
    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The source; needed if there are several, and the dead letters named are not all of one.")
    private @Nullable String source;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which ones. Default: all open ones of the source.")
    private List<String> ids = List.of();

    public DeadLettersReplayCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Stores.requireLedger(configuration);
        SourceConfiguration configured = configuration.source(source == null ? sourceOf(configuration) : source);
        try (SourceSession session = SourceSession.open(
                configuration, configured.offlineSettings(), options.console(), "dead-letters replay")) {
            ReplayReport report = replay(session, configuration);
            options.printResult(
                    JsonObject.of("tried", report.outcomes().size())
                            .put("landed", report.landed())
                            .put(
                                    "outcomes",
                                    report.outcomes().stream()
                                            .map(DeadLettersReplayCommand::fields)
                                            .toList()),
                    () -> lines(report));
            return report.landed() < report.outcomes().size() ? ExitCode.INCOMPLETE : ExitCode.DONE;
        }
    }

    /// The source that the named ones came from, where it is one.
    private @Nullable String sourceOf(Configuration configuration) {
        if (ids.isEmpty() || configuration.sources().size() < 2) {
            return null;
        }
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console())) {
            List<String> sources = ids.stream()
                    .flatMap(id -> ledger.deadLetters().find(id).stream())
                    .map(letter -> letter.letter().source())
                    .distinct()
                    .toList();
            return sources.size() == 1 ? sources.getFirst() : null;
        }
    }

    private ReplayReport replay(SourceSession session, Configuration configuration) {
        try {
            ReplayReport report = new DeadLetterReplay(session.parts(), BuildVersion.code()).run(ids);
            new ReportFallback(session.ledger(), session.lake(), configuration.services()).settle();
            return report;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> lines(ReplayReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.outcomes().isEmpty()) {
            TextTable table = new TextTable("ID", "OUTCOME", "REASON");
            report.outcomes().forEach(outcome -> {
                switch (outcome) {
                    case ReplayReport.Landed landed ->
                        table.row(landed.id(), "landed", HumanFormat.counted(landed.rows(), "row", "rows"));
                    case ReplayReport.StillWrong wrong ->
                        table.row(wrong.id(), "still wrong", wrong.reason() + ": " + wrong.detail());
                }
            });
            lines.addAll(table.lines());
        }
        lines.add(report.landed() + " of " + report.outcomes().size() + " landed");
        return lines;
    }

    private static JsonObject fields(ReplayReport.Outcome outcome) {
        return switch (outcome) {
            case ReplayReport.Landed landed ->
                JsonObject.of("id", landed.id())
                        .put("landed", true)
                        .put("items", landed.items())
                        .put("rows", landed.rows());
            case ReplayReport.StillWrong wrong ->
                JsonObject.of("id", wrong.id())
                        .put("landed", false)
                        .put("reason", wrong.reason())
                        .put("detail", wrong.detail());
        };
    }
}
