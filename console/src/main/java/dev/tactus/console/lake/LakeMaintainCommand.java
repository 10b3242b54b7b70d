package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.MaintenanceSection;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.Lake;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "maintain",
        description = {
            "Compacts small files, expires old snapshots, deletes unreferenced files.",
            "The proof of what landed stays in the ledger."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus lake maintain --expire-days 30")
public final class LakeMaintainCommand extends TactusCommand {
    @Option(
            names = "--keep-snapshots",
            paramLabel = "N",
            converter = OptionTypes.RowCount.class,
            description = "Keep at least N snapshots of each table. Default: as the configuration says, or 10")
    private @Nullable Integer keep;

    @Option(
            names = "--expire-days",
            paramLabel = "DAYS",
            description = "Expire snapshots that are older. Default: as the configuration says, or 30")
    private @Nullable Integer expireDays;

    public LakeMaintainCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("lake maintain");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            MaintenanceReport report = lake.maintain(settings(configuration.maintenance(), ledger));
            tellOf(ledger);
            return options.printResult(fields(report), () -> lines(report));
        }
    }

    private MaintenanceSettings settings(MaintenanceSection section, Ledger ledger) {
        MaintenanceSection said = new MaintenanceSection(
                section.afterSync(),
                expireDays == null ? section.expireDays() : expireDays,
                keep == null ? section.keepSnapshots() : keep);
        return LakeMaintenance.settings(said, ledger, options.console().clock().instant());
    }

    /// What an unfinished run keeps from being deleted, with what to do about it.
    private void tellOf(Ledger ledger) {
        for (Run run : ledger.runs().list()) {
            int staged = ledger.chunks().unpublished(run.id()).size();
            if (staged > 0) {
                options.say("kept " + HumanFormat.counted(staged, "staged file", "staged files") + " of run " + run.id()
                        + ", which is not published: tactus runs resume " + run.id() + " ends it, tactus runs abandon "
                        + run.id() + " gives it up");
            }
        }
    }

    private static List<String> lines(MaintenanceReport report) {
        TextTable table = new TextTable("TABLE", "ROWS", "FILES BEFORE", "AFTER", "SNAPSHOTS EXPIRED", "KEPT");
        report.tables()
                .forEach(t -> table.row(
                        t.table().label(),
                        HumanFormat.count(t.rows()),
                        t.filesBefore(),
                        t.filesAfter(),
                        t.snapshotsExpired(),
                        t.snapshotsKept()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("deleted " + report.orphanFiles() + " unreferenced and " + report.stagedFiles() + " staged files, "
                + HumanFormat.size(report.freedBytes()) + " freed");
        return lines;
    }

    private static JsonObject fields(MaintenanceReport report) {
        return JsonObject.of(
                        "tables",
                        report.tables().stream()
                                .map(t -> JsonObject.of("table", t.table().label())
                                        .put("rows", t.rows())
                                        .put("files_before", t.filesBefore())
                                        .put("files_after", t.filesAfter())
                                        .put("snapshots_expired", t.snapshotsExpired())
                                        .put("snapshots_kept", t.snapshotsKept()))
                                .toList())
                .put("orphan_files", report.orphanFiles())
                .put("staged_files", report.stagedFiles())
                .put("freed_bytes", report.freedBytes());
    }
}
