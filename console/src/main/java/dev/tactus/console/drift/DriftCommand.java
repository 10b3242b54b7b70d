package dev.tactus.console.drift;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.runs.RunsCommand;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.Drift;
import dev.tactus.ledger.quality.DriftState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drift",
        description = "Differences between what a source says and the master catalog or the last run.",
        synopsisSubcommandLabel = "COMMAND")
public final class DriftCommand {

    @Command(
            name = "list",
            description = "Lists open differences, the most severe first.",
            footerHeading = "%nExample:%n",
            footer = "  tactus drift list")
    public static final class DriftListCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
        private int limit = 1000;

        public DriftListCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forReading(common.configuration(), common.console())) {
                List<Drift> open = ledger.drifts().open(limit);
                long all = ledger.drifts().count(DriftState.OPEN);
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "open",
                                    all,
                                    "drifts",
                                    open.stream().map(DriftCommand::fields).toList()));
                    return ExitCode.DONE;
                }
                TextTable table =
                        new TextTable("ID", "SEVERITY", "SOURCE", "ISRC", "FIELD", "EXPECTED", "FOUND", "SINCE");
                open.forEach(drift -> table.row(
                        drift.id(),
                        drift.difference().severity().label(),
                        drift.source(),
                        drift.difference().isrc().value(),
                        drift.difference().field(),
                        drift.difference().expected(),
                        drift.difference().found(),
                        drift.detectedAt()));
                if (!table.isEmpty()) {
                    table.lines().forEach(common::print);
                }
                common.say(all + " open" + (all > open.size() ? ", " + open.size() + " shown" : "")
                        + (all == 0 ? "" : "; tactus drift accept ID says that the source is right"));
                return ExitCode.DONE;
            }
        }
    }

    @Command(
            name = "accept",
            description = "Says that the source is right: the difference is no longer reported.",
            footerHeading = "%nExample:%n",
            footer = "  tactus drift accept 3f9c2a")
    public static final class DriftAcceptCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "As drift list prints it; its beginning will do.")
        private List<String> ids = List.of();

        public DriftAcceptCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = LedgerAccess.forWriting(common.configuration(), common.console())) {
                List<Drift> found = ids.stream().map(id -> find(ledger, id)).toList();
                List<Drift> accepted = found.stream()
                        .map(drift -> ledger.drifts().accept(drift.id()).orElse(drift))
                        .toList();
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "accepted",
                                    accepted.stream().map(DriftCommand::fields).toList()));
                } else {
                    accepted.forEach(drift -> common.print("accepted " + drift.id() + ": "
                            + drift.difference().isrc() + " "
                            + drift.difference().field() + " is "
                            + drift.difference().found()));
                }
                return ExitCode.DONE;
            }
        }

        private static Drift find(Ledger ledger, String id) {
            return ledger.drifts()
                    .find(id)
                    .orElseThrow(() -> CommandFailure.usage(
                            "no drift, or more than one, has the id " + id + "; tactus drift list shows them"));
        }
    }

    private static Map<String, Object> fields(Drift drift) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", drift.id());
        fields.put("source", drift.source());
        fields.put("isrc", drift.difference().isrc().value());
        fields.put("field", drift.difference().field());
        fields.put("expected", drift.difference().expected());
        fields.put("found", drift.difference().found());
        fields.put("severity", drift.difference().severity().label());
        fields.put("state", RunsCommand.lower(drift.state()));
        fields.put("detected_at", drift.detectedAt());
        return fields;
    }
}
