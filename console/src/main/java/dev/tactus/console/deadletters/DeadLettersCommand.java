package dev.tactus.console.deadletters;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.runs.RunsCommand;
import dev.tactus.console.sync.SourceSession;
import dev.tactus.ingest.DeadLetterReplay;
import dev.tactus.ingest.ReplayReport;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.ledger.quality.NewDeadLetter;
import dev.tactus.reconcile.coverage.ReportFallback;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = "What came back wrong and was set aside.",
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {

    @Command(
            name = "list",
            description = "Lists what waits for a fix, the newest first.",
            footerHeading = "%nExample:%n",
            footer = "  tactus dead-letters list")
    public static final class DeadLettersListCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
        private int limit = 1000;

        public DeadLettersListCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                List<DeadLetter> open = ledger.deadLetters().list(DeadLetterState.OPEN, limit);
                long all = ledger.deadLetters().count(DeadLetterState.OPEN);
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "open",
                                    all,
                                    "dead_letters",
                                    open.stream()
                                            .map(DeadLettersCommand::fields)
                                            .toList()));
                    return ExitCode.DONE;
                }
                TextTable table =
                        new TextTable("ID", "SOURCE", "ENDPOINT", "ISRC", "DAY", "REASON", "POINTER", "DETAIL");
                open.forEach(dead -> table.row(
                        dead.id(),
                        dead.letter().source(),
                        dead.letter().endpoint(),
                        Objects.requireNonNullElse(dead.letter().isrc(), ""),
                        Objects.requireNonNullElse(dead.letter().day(), ""),
                        dead.letter().reason(),
                        dead.letter().pointer(),
                        dead.letter().detail()));
                if (!table.isEmpty()) {
                    table.lines().forEach(common::print);
                }
                common.say(all + " open" + (all > open.size() ? ", " + open.size() + " shown" : "")
                        + (all == 0 ? "" : "; tactus dead-letters show ID prints the payload, replay tries again"));
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "show",
            description = "Shows one, with the payload as it was received.",
            footerHeading = "%nExample:%n",
            footer = "  tactus dead-letters show 3f9c2a")
    public static final class DeadLettersShowCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "ID", description = "As dead-letters list prints it; its beginning will do.")
        private String id = "";

        public DeadLettersShowCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                DeadLetter dead = ledger.deadLetters()
                        .find(id)
                        .orElseThrow(() -> CommandFailure.usage("no dead letter, or more than one, has the id " + id
                                + "; tactus dead-letters list shows them"));
                String body = ledger.deadLetters()
                        .body(dead.id())
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
                Map<String, @Nullable Object> fields = fields(dead);
                if (common.json) {
                    fields.put("body", body);
                    common.printJson(true, fields);
                } else {
                    fields.forEach((name, value) -> common.print(name + ": " + Objects.requireNonNullElse(value, "")));
                    common.print("");
                    common.print(body);
                }
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "replay",
            description = "Reads the stored payloads again with the profile and schemas as they are now; what is sound"
                    + " lands. Calls nobody.",
            footerHeading = "%nExamples:%n",
            footer = {"  tactus dead-letters replay", "  tactus dead-letters replay 3f9c2a 88d01b"})
    public static final class DeadLettersReplayCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Option(names = "--source", paramLabel = "NAME", description = "Which source; needed where there are several.")
        private @Nullable String source;

        @Parameters(
                paramLabel = "ID",
                arity = "0..*",
                description = "Which ones. Default: all open ones of the source.")
        private List<String> ids = List.of();

        public DeadLettersReplayCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            SourceConfiguration configured = configuration.source(source);
            LedgerAccess.mustExist(configuration);
            try (SourceSession place =
                    SourceSession.open(configuration, configured.settings(), common.console(), "dead-letters replay")) {
                ReplayReport report;
                try {
                    report = new DeadLetterReplay(place.parts(), BuildVersion.code()).run(ids);
                    new ReportFallback(place.ledger(), place.lake(), configuration.services()).settle();
                } catch (IllegalArgumentException e) {
                    throw CommandFailure.usage(String.valueOf(e.getMessage()));
                }
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "tried", report.outcomes().size(),
                                    "landed", report.landed(),
                                    "outcomes",
                                            report.outcomes().stream()
                                                    .map(DeadLettersReplayCommand::fields)
                                                    .toList()));
                } else {
                    TextTable table = new TextTable("ID", "OUTCOME", "WHY");
                    report.outcomes().forEach(outcome -> {
                        switch (outcome) {
                            case ReplayReport.Landed landed ->
                                table.row(landed.id(), "landed", HumanFormat.counted(landed.rows(), "row", "rows"));
                            case ReplayReport.StillWrong wrong ->
                                table.row(wrong.id(), "still wrong", wrong.reason() + ": " + wrong.detail());
                        }
                    });
                    if (!table.isEmpty()) {
                        table.lines().forEach(common::print);
                    }
                    common.print(report.landed() + " of " + report.outcomes().size() + " landed");
                }
                return ExitCode.DONE;
            }
        }

        private static Map<String, Object> fields(ReplayReport.Outcome outcome) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", outcome.id());
            switch (outcome) {
                case ReplayReport.Landed landed -> {
                    fields.put("landed", true);
                    fields.put("items", landed.items());
                    fields.put("rows", landed.rows());
                }
                case ReplayReport.StillWrong wrong -> {
                    fields.put("landed", false);
                    fields.put("reason", wrong.reason());
                    fields.put("detail", wrong.detail());
                }
            }
            return fields;
        }
    }

    private static Map<String, @Nullable Object> fields(DeadLetter dead) {
        NewDeadLetter letter = dead.letter();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", dead.id());
        fields.put("state", RunsCommand.lower(dead.state()));
        fields.put("run_id", letter.runId());
        fields.put("source", letter.source());
        fields.put("endpoint", letter.endpoint());
        fields.put("isrc", letter.isrc() == null ? null : letter.isrc().value());
        fields.put("dataset", letter.dataset() == null ? null : letter.dataset().label());
        fields.put("day", letter.day());
        fields.put("reason", letter.reason());
        fields.put("pointer", letter.pointer());
        fields.put("detail", letter.detail());
        fields.put("request", letter.request());
        fields.put("payload_sha256", letter.payloadSha256());
        fields.put("created_at", dead.createdAt());
        return fields;
    }
}
