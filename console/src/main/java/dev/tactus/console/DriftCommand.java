package dev.tactus.console;

import dev.tactus.ledger.Drift;
import dev.tactus.ledger.DriftState;
import dev.tactus.ledger.Ledger;
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
final class DriftCommand {

    @Command(
            name = "list",
            description = "Lists open differences, the most severe first.",
            footerHeading = "%nExample:%n",
            footer = "  tactus drift list")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private final Common common;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}")
        private int limit = 1000;

        Listing(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = Ledgers.forReading(common.configuration(), common.console())) {
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
                    return Exit.DONE;
                }
                Table table = new Table("ID", "SEVERITY", "SOURCE", "ISRC", "FIELD", "EXPECTED", "FOUND", "SINCE");
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
                return Exit.DONE;
            }
        }
    }

    @Command(
            name = "accept",
            description = "Says that the source is right: the difference is no longer reported.",
            footerHeading = "%nExample:%n",
            footer = "  tactus drift accept 3f9c2a")
    static final class Accepting implements Callable<Integer> {
        @Mixin
        private final Common common;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "As drift list prints it; its beginning will do.")
        private List<String> ids = List.of();

        Accepting(Common common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            try (Ledger ledger = Ledgers.forWriting(common.configuration(), common.console())) {
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
                return Exit.DONE;
            }
        }

        private static Drift find(Ledger ledger, String id) {
            return ledger.drifts()
                    .find(id)
                    .orElseThrow(() -> Failure.usage(
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
