package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.lake.Lake;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.TableSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "show",
        description = "Shows the tables, their sizes, and how to read them from DuckDB, Spark and PyIceberg.",
        footerHeading = "%nExample:%n",
        footer = "  tactus lake show")
public final class LakeShowCommand extends TactusCommand {
    private static final List<Column<TableSummary>> COLUMNS = List.of(
            new Column<>("TABLE", t -> t.table().label()),
            new Column<>("ROWS", t -> HumanFormat.count(t.rows())),
            new Column<>("FILES", TableSummary::files),
            new Column<>("SIZE", t -> HumanFormat.size(t.bytes())),
            new Column<>("SNAPSHOTS", TableSummary::snapshots),
            new Column<>(
                    "LAST CHANGE", t -> t.lastChange().map(Object::toString).orElse("never")));

    public LakeShowCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        try (Lake lake = Stores.lakeToRead(configuration, options.console())) {
            List<TableSummary> tables = lake.tables();
            LakePlace place = configuration.lake();
            return options.printResult(
                    JsonObject.of("lake", place)
                            .put("catalog", place.catalog().toString())
                            .put(
                                    "tables",
                                    tables.stream().map(LakeShowCommand::fields).toList()),
                    () -> lines(place, tables));
        }
    }

    private static List<String> lines(LakePlace place, List<TableSummary> tables) {
        List<String> lines = new ArrayList<>();
        lines.add(place.toString());
        lines.addAll(TextTable.of(tables, COLUMNS).lines());
        lines.add("");
        LakeReaderGuide.of(place).lines().forEach(lines::add);
        return lines;
    }

    private static JsonObject fields(TableSummary table) {
        return JsonObject.of("table", table.table().label())
                .put("rows", table.rows())
                .put("files", table.files())
                .put("bytes", table.bytes())
                .put("snapshots", table.snapshots())
                .put("snapshot_id", table.currentSnapshotId())
                .put("changed_at", table.changedAt())
                .put("location", table.location())
                .put("metadata", table.metadata());
    }
}
