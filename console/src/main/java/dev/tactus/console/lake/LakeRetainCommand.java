package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.ReasonOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.lake.retention.RetentionKind;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.retention.RetentionRecord;
import dev.tactus.reconcile.retention.Retention;
import dev.tactus.reconcile.retention.RetentionOutcome;
import dev.tactus.reconcile.retention.RetentionRequest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retain",
        description = {
            "Lets go what was received and is older than it has to be kept, on the record.",
            "Answers lose their bytes, rows of statements their text, dead letters their payloads; what was read from",
            "them, and the digests, stay. What a period that is not closed needs stays too, unless --force is given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus lake retain --by Ada --reason \"as retention: says\" --dry-run",
            "  tactus lake retain --kind statements --before 2019-12-01 --by Ada --reason \"seven years are over\""
        })
public final class LakeRetainCommand extends TactusCommand {
    static final int MEGABYTES = 512;

    enum KeptKind {
        payloads(RetentionKind.PAYLOADS),
        statements(RetentionKind.STATEMENTS);

        private final RetentionKind kind;

        KeptKind(RetentionKind kind) {
            this.kind = kind;
        }
    }

    @Option(
            names = "--kind",
            paramLabel = "payloads|statements",
            description = "Answers and dead letters, or rows of statements. Default: whatever retention: names.")
    private @Nullable KeptKind kind;

    @Option(
            names = "--before",
            paramLabel = "DAY",
            description = "What was fetched or imported before this day, UTC. Default: what retention: says.")
    private @Nullable LocalDate before;

    @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "What a period that is not closed needs goes too.")
    private boolean force;

    @Mixin
    private final ReasonOptions decision = new ReasonOptions();

    public LakeRetainCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        List<RetentionRequest> requests = requests(configuration);
        List<RetentionOutcome> outcomes = dryRun ? preview(configuration, requests) : letGo(configuration, requests);
        return options.printResult(
                JsonObject.of("dry_run", dryRun)
                        .put(
                                "retentions",
                                outcomes.stream().map(LakeRetainCommand::fields).toList()),
                () -> outcomes.stream().flatMap(one -> lines(one).stream()).toList());
    }

    private List<RetentionRequest> requests(Configuration configuration) {
        LocalDate today =
                options.console().clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (before != null && before.isAfter(today)) {
            throw CommandFailure.usage("--before " + before + " is in the future: nothing is older than today");
        }
        if (before != null && kind == null) {
            throw CommandFailure.usage(
                    "--before needs --kind payloads or --kind statements: each is kept for its own time");
        }
        List<RetentionRequest> requests = new ArrayList<>();
        for (RetentionKind each : kind == null ? List.of(RetentionKind.values()) : List.of(kind.kind)) {
            Optional.ofNullable(before)
                    .or(() -> configuration.retention().before(each, today))
                    .ifPresent(day -> requests.add(new RetentionRequest(each, day, force)));
        }
        if (requests.isEmpty()) {
            throw CommandFailure.usage("how long " + (kind == null ? "anything is" : kind.name() + " are")
                    + " kept is nowhere said: name --kind and --before, or put \"retention: {payloads: 400d,"
                    + " statements: 7y}\" into " + configuration.file());
        }
        return requests;
    }

    private List<RetentionOutcome> preview(Configuration configuration, List<RetentionRequest> requests) {
        try (Ledger ledger = Stores.ledgerToRead(configuration, options.console());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            Retention retention = retention(configuration, ledger, lake);
            return requests.stream().map(retention::preview).toList();
        }
    }

    private List<RetentionOutcome> letGo(Configuration configuration, List<RetentionRequest> requests) {
        try (Ledger ledger = Stores.wholeLedgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("lake retain");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            Retention retention = retention(configuration, ledger, lake);
            retention.settle().forEach(options::say);
            return requests.stream()
                    .map(request -> retention.letGo(request, decision.by, decision.reason))
                    .toList();
        }
    }

    private Retention retention(Configuration configuration, Ledger ledger, Lake lake) {
        return new Retention(
                ledger, lake, configuration.services(), options.console().clock(), MEGABYTES);
    }

    private List<String> lines(RetentionOutcome outcome) {
        String what = outcome.request().kind().label() + " before "
                + outcome.request().before();
        List<String> lines = new ArrayList<>();
        if (outcome.isEmpty()) {
            lines.add(what + ": nothing to let go");
        } else {
            lines.add(what + ": " + (outcome.record().isPresent() ? "let go " : "would let go ") + "of "
                    + HumanFormat.counted(outcome.rows(), "row", "rows") + " in "
                    + HumanFormat.counted(outcome.files(), "file", "files") + " and "
                    + HumanFormat.counted(outcome.deadLetters(), "payload of dead letters", "payloads of dead letters")
                    + ", " + HumanFormat.size(Math.max(0, outcome.freedBytes())) + " in the lake"
                    + outcome.record()
                            .map(record -> " (" + record.manifest() + ")")
                            .orElse(""));
        }
        outcome.record()
                .ifPresent(
                        record -> lines.add(
                                "  sha256 " + record.manifestSha256()
                                        + " (keep a copy elsewhere: until the next close names it, verify_close.py --retention needs it)"));
        outcome.kept().forEach(line -> lines.add("  kept: " + line + "; --force lets go of it too"));
        return lines;
    }

    private static JsonObject fields(RetentionOutcome outcome) {
        return JsonObject.of("kind", outcome.request().kind().label())
                .put("before", outcome.request().before())
                .put("forced", outcome.request().forced())
                .put("rows", outcome.rows())
                .put("files", outcome.files())
                .put("dead_letters", outcome.deadLetters())
                .put("freed_bytes", outcome.freedBytes())
                .put("kept", outcome.kept())
                .put("record", outcome.record().map(RetentionRecord::manifest))
                .put("record_sha256", outcome.record().map(RetentionRecord::manifestSha256));
    }
}
