package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.command.LedgerAccess;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.lake.Lake;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.table.TableSummary;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.PublicationRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.sqlite.DatabaseLock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "lake", description = "The tables that runs land in.", synopsisSubcommandLabel = "COMMAND")
public final class LakeCommand {

    @Command(
            name = "show",
            description = "Shows the tables, their sizes, and how to read them from DuckDB, Spark and PyIceberg.",
            footerHeading = "%nExample:%n",
            footer = "  tactus lake show")
    public static final class LakeShowCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        public LakeShowCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            Configuration configuration = common.configuration();
            try (Lake lake = LakeAccess.existing(configuration)) {
                List<TableSummary> tables = lake.tables();
                if (common.json) {
                    common.printJson(
                            true,
                            Map.of(
                                    "lake", configuration.lake().toString(),
                                    "catalog",
                                            configuration
                                                    .lake()
                                                    .resolve("catalog.db")
                                                    .toString(),
                                    "tables",
                                            tables.stream()
                                                    .map(LakeShowCommand::fields)
                                                    .toList()));
                    return ExitCode.DONE;
                }
                TextTable table = new TextTable("TABLE", "ROWS", "FILES", "SIZE", "SNAPSHOTS", "LAST CHANGE");
                tables.forEach(t -> table.row(
                        t.table().label(),
                        HumanFormat.count(t.rows()),
                        t.files(),
                        HumanFormat.size(t.bytes()),
                        t.snapshots(),
                        t.lastChange().map(Object::toString).orElse("never")));
                common.print(configuration.lake().toString());
                table.lines().forEach(common::print);
                common.print("");
                LakeReaderGuide.of(configuration.lake()).lines().forEach(common::print);
                return ExitCode.DONE;
            }
        }

        private static Map<String, @Nullable Object> fields(TableSummary table) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("table", table.table().label());
            fields.put("rows", table.rows());
            fields.put("files", table.files());
            fields.put("bytes", table.bytes());
            fields.put("snapshots", table.snapshots());
            fields.put("snapshot_id", table.currentSnapshotId());
            fields.put("changed_at", table.changedAt());
            fields.put("location", table.location());
            fields.put("metadata", table.metadata());
            return fields;
        }
    }

    @Command(
            name = "maintain",
            description = "Merges small files, forgets old snapshots, deletes what nothing refers to. The proof of what"
                    + " landed stays in the ledger.",
            footerHeading = "%nExample:%n",
            footer = "  tactus lake maintain --expire-days 30")
    public static final class LakeMaintainCommand implements Callable<Integer> {
        @Mixin
        private final CommandOptions common;

        @Option(
                names = "--keep-snapshots",
                paramLabel = "N",
                defaultValue = "10",
                description = "At least so many of each table stay. Default: ${DEFAULT-VALUE}")
        private int keep = 10;

        @Option(
                names = "--expire-days",
                paramLabel = "DAYS",
                defaultValue = "30",
                description = "Older snapshots may go. Default: ${DEFAULT-VALUE}")
        private int expireDays = 30;

        public LakeMaintainCommand(CommandOptions common) {
            this.common = common;
        }

        @Override
        public Integer call() {
            if (keep < 1 || expireDays < 0) {
                throw CommandFailure.usage("--keep-snapshots is 1 or more, --expire-days 0 or more");
            }
            Configuration configuration = common.configuration();
            try (Ledger ledger = LedgerAccess.forWriting(configuration, common.console());
                    DatabaseLock _ = ledger.lock("lake maintain");
                    Lake lake = LakeAccess.existing(configuration)) {
                MaintenanceReport report = lake.maintain(settings(ledger));
                if (common.json) {
                    common.printJson(true, fields(report));
                    return ExitCode.DONE;
                }
                TextTable table = new TextTable("TABLE", "ROWS", "FILES BEFORE", "AFTER", "SNAPSHOTS EXPIRED", "KEPT");
                report.tables()
                        .forEach(t -> table.row(
                                t.table().label(),
                                HumanFormat.count(t.rows()),
                                t.filesBefore(),
                                t.filesAfter(),
                                t.snapshotsExpired(),
                                t.snapshotsKept()));
                table.lines().forEach(common::print);
                common.print("deleted " + report.orphanFiles() + " unreferenced and " + report.stagedFiles()
                        + " staged files, " + HumanFormat.size(report.freedBytes()) + " freed");
                return ExitCode.DONE;
            }
        }

        private MaintenanceSettings settings(Ledger ledger) {
            Instant now = common.console().clock().instant();
            Set<String> unproven = ledger.publications().list().stream()
                    .filter(publication -> publication.completedAt().isEmpty())
                    .map(PublicationRecord::id)
                    .collect(Collectors.toSet());
            ledger.reports().unsettled().forEach(report -> unproven.add(report.id()));
            Instant oldest = ledger.runs().list().stream()
                    .filter(run -> run.state().isUnfinished())
                    .map(Run::startedAt)
                    .min(Instant::compareTo)
                    .orElse(now);
            return new MaintenanceSettings(keep, now.minus(Duration.ofDays(expireDays)), unproven, oldest);
        }

        private static Map<String, Object> fields(MaintenanceReport report) {
            return Map.of(
                    "tables",
                    report.tables().stream()
                            .map(t -> Map.of(
                                    "table", t.table().label(),
                                    "rows", t.rows(),
                                    "files_before", t.filesBefore(),
                                    "files_after", t.filesAfter(),
                                    "snapshots_expired", t.snapshotsExpired(),
                                    "snapshots_kept", t.snapshotsKept()))
                            .toList(),
                    "orphan_files",
                    report.orphanFiles(),
                    "staged_files",
                    report.stagedFiles(),
                    "freed_bytes",
                    report.freedBytes());
        }
    }
}
