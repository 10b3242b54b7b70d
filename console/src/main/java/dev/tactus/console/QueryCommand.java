package dev.tactus.console;

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
final class QueryCommand implements Callable<Integer> {
    enum Format {
        table,
        csv,
        json
    }

    @Mixin
    private final Common common;

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
    private Format format = Format.table;

    QueryCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        try (Lake lake = Lakes.existing(common.configuration())) {
            if (common.json || format == Format.json) {
                JsonRows rows = new JsonRows(common.console().out());
                lake.query(sql, rows);
                rows.end();
            } else if (format == Format.csv) {
                lake.query(sql, new CsvRows(common.console().out()));
            } else {
                TableRows rows = new TableRows();
                long count = lake.query(sql, rows);
                rows.lines().forEach(common::print);
                common.say(count + (count == 1 ? " row" : " rows") + rows.leftOut());
            }
            return Exit.DONE;
        }
    }
}
