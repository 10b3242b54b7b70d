package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeAccess;
import dev.tactus.console.output.CsvRowSink;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.JsonRowSink;
import dev.tactus.console.output.TableRowSink;
import dev.tactus.lake.Lake;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = "Answers one SELECT over the lake's tables, as DuckDB understands SQL.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus query \"SELECT isrc, sum(stream_count) AS streams FROM daily_streams GROUP BY 1 ORDER BY 2 DESC LIMIT 10\"",
            "  tactus query --format csv \"SELECT * FROM daily_listeners WHERE day = '2026-11-21'\" > listeners.csv"
        })
public final class QueryCommand implements Callable<Integer> {
    enum QueryFormat {
        table,
        csv,
        json
    }

    @Mixin
    private final CommandOptions common;

    @Parameters(
            paramLabel = "SQL",
            description =
                    "Tables: tracks, daily_streams, daily_listeners, listener_demographics, payloads, sales, drift,"
                            + " dead_letters, reconciled.")
    private String sql = "";

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            defaultValue = "table",
            description = "Default: ${DEFAULT-VALUE}. json: one JSON object, like --json.")
    private QueryFormat format = QueryFormat.table;

    public QueryCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        try (Lake lake = LakeAccess.existing(common.configuration())) {
            if (common.json || format == QueryFormat.json) {
                JsonRowSink rows = new JsonRowSink(common.console().out());
                lake.query(sql, rows);
                rows.end();
            } else if (format == QueryFormat.csv) {
                lake.query(sql, new CsvRowSink(common.console().out()));
            } else {
                TableRowSink rows = new TableRowSink();
                long count = lake.query(sql, rows);
                rows.lines().forEach(common::print);
                common.say(count + (count == 1 ? " row" : " rows") + rows.leftOut());
            }
            return ExitCode.DONE;
        }
    }
}
