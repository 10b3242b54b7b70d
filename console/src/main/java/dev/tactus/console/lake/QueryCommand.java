package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.CsvRowSink;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonRowSink;
import dev.tactus.console.output.TableRowSink;
import dev.tactus.lake.Lake;
import dev.tactus.lake.query.RowSink;
import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Runs one SELECT over the lake's tables, in DuckDB's SQL.",
            "Rows are shown as they are read; with --check their files are compared with their digests first."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus query \"SELECT isrc, sum(stream_count) AS streams FROM daily_streams GROUP BY 1 ORDER BY 2 DESC"
                    + " LIMIT 10\"",
            "  tactus query --as-of 20261122T060000Z-ab12cd \"SELECT count(*) FROM tracks\"",
            "  tactus query --format csv \"SELECT * FROM daily_listeners WHERE day = '2026-11-21'\" > listeners.csv"
        })
public final class QueryCommand extends TactusCommand {
    enum QueryFormat {
        table,
        csv,
        json
    }

    @Parameters(
            paramLabel = "SQL",
            description =
                    "Tables: tracks, daily_streams, daily_listeners, listener_demographics, payloads, sales, sales_rejects,"
                            + " deductions, usage_matches, report_decisions, drift, dead_letters, reconciled, adjustments.")
    private String sql = "";

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            defaultValue = "table",
            description = "Default: ${DEFAULT-VALUE}. json: one JSON object, like --json.")
    private QueryFormat format = QueryFormat.table;

    @Option(
            names = "--as-of",
            paramLabel = "RUN|TIME",
            description =
                    "Read every table as it was when this run, report or reconciliation became visible, or at a time such"
                            + " as 2026-11-21T06:00:00Z.")
    private @Nullable String asOf;

    @Option(
            names = "--check",
            description = "Compare every file of the tables that are named with its digest before a row is shown.")
    private boolean check;

    public QueryCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        PrintStream out = options.console().out();
        try (Lake lake = Stores.lakeToRead(options.configuration(), options.console())) {
            Instant moment = moment(lake);
            switch (options.json ? QueryFormat.json : format) {
                case json -> {
                    JsonRowSink rows = new JsonRowSink(out);
                    rows(lake, moment, rows);
                    rows.end();
                }
                case csv -> rows(lake, moment, new CsvRowSink(out));
                case table -> {
                    TableRowSink rows = new TableRowSink();
                    long count = rows(lake, moment, rows);
                    rows.lines().forEach(options::print);
                    options.say(HumanFormat.counted(count, "row", "rows") + rows.leftOut());
                }
            }
            return ExitCode.DONE;
        }
    }

    private long rows(Lake lake, Instant moment, RowSink sink) {
        return check ? lake.queryChecked(sql, moment, sink) : lake.query(sql, moment, sink);
    }

    private Instant moment(Lake lake) {
        if (asOf == null) {
            return Instant.MAX;
        }
        String wanted = asOf;
        Optional<Instant> visible = lake.visibleSince(wanted);
        if (visible.isPresent()) {
            return visible.get();
        }
        try {
            return Instant.parse(wanted);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage(
                    "nothing that is called " + wanted + " is in the lake's history, and it is no time"
                            + " such as 2026-11-21T06:00:00Z; tactus runs list names the runs, and tactus lake maintain forgets"
                            + " old history");
        }
    }
}
