package dev.tactus.bench.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A statement into Parquet by DuckDB, in the two ways it offers: validating (every value by TRY_CAST, what fails set
/// aside with a reason) and bare (all columns as text, as they come). Neither keeps the rows as they stand, hashes the
/// file, forces anything to disk or commits it to a table.
final class DuckDbReports {
    private static final String COLUMNS = Stream.of(
                    "reporting",
                    "month",
                    "store",
                    "artist",
                    "title",
                    "isrc",
                    "upc",
                    "quantity",
                    "team",
                    "kind",
                    "territory",
                    "withheld",
                    "earnings")
            .map(name -> "'" + name + "': 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));

    private DuckDbReports() {}

    /// Arguments: `validating` or `bare`, the file, the folder to write to, DuckDB's memory limit.
    public static void main(String[] arguments) throws SQLException, IOException {
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("rows.duckdb"));
                Statement sql = connection.createStatement()) {
            sql.execute("SET memory_limit='" + arguments[3] + "'; SET threads=2; SET preserve_insertion_order=false");
            // rows with too many cells are what store_rejects is for; quotes are all closed in this file
            String csv = "read_csv('" + arguments[1] + "', header=true, delim=',', quote='\"', escape='\"', columns="
                    + COLUMNS + ", auto_detect=false, null_padding=false, parallel=true, ignore_errors=true"
                    + (arguments[0].equals("validating") ? ", store_rejects=true" : "") + ")";
            if (arguments[0].equals("validating")) {
                validating(sql, csv, folder);
            } else {
                sql.execute("COPY (SELECT * FROM " + csv + ") TO '" + folder.resolve("bare.parquet")
                        + "' (FORMAT parquet, COMPRESSION zstd)");
            }
        }
    }

    private static void validating(Statement sql, String csv, Path folder) throws SQLException {
        String countries = Stream.of(Locale.getISOCountries())
                .map(code -> "'" + code + "'")
                .collect(Collectors.joining(", ", "(", ")"));
        sql.execute("CREATE TEMP TABLE typed AS SELECT *,"
                + " CASE WHEN isrc_ok IS NULL THEN 'isrc' WHEN upc_ok IS NULL THEN 'upc'"
                + " WHEN usage_start IS NULL THEN 'month' WHEN statement IS NULL THEN 'reporting'"
                + " WHEN units IS NULL THEN 'quantity' WHEN territory_ok IS NULL THEN 'territory'"
                + " WHEN net_revenue IS NULL THEN 'earnings' END AS wrong FROM (SELECT *,"
                + " CASE WHEN regexp_full_match(upper(replace(isrc, '-', '')), '[A-Z]{2}[A-Z0-9]{3}[0-9]{7}')"
                + " THEN upper(replace(isrc, '-', '')) END AS isrc_ok,"
                + " CASE WHEN regexp_full_match(upc, '[0-9]{8,14}') THEN lpad(upc, 14, '0') END AS upc_ok,"
                + " TRY_CAST(try_strptime(month || '-01', '%Y-%m-%d') AS DATE) AS usage_start,"
                + " TRY_CAST(reporting AS DATE) AS statement,"
                + " TRY_CAST(replace(quantity, ',', '') AS BIGINT) AS units,"
                + " CASE WHEN territory IN " + countries + " THEN territory END AS territory_ok,"
                + " TRY_CAST(earnings AS DECIMAL(38, 18)) AS net_revenue FROM " + csv + ")");
        sql.execute("COPY (SELECT store, isrc_ok AS isrc, upc_ok AS upc, territory, usage_start,"
                + " last_day(usage_start) AS usage_end, strftime(statement, '%Y-%m') AS statement_period, units AS quantity,"
                + " 'USD' AS currency, net_revenue, earnings AS net_revenue_reported, title, artist"
                + " FROM typed WHERE wrong IS NULL) TO '" + folder.resolve("sales.parquet")
                + "' (FORMAT parquet, COMPRESSION zstd)");
        sql.execute("COPY (SELECT * FROM typed WHERE wrong IS NOT NULL) TO '" + folder.resolve("rejects.parquet")
                + "' (FORMAT parquet, COMPRESSION zstd)");
        try (ResultSet rows = sql.executeQuery(
                "SELECT count(*) FILTER (wrong IS NULL), count(*) FILTER (wrong IS NOT NULL),"
                        + " sum(net_revenue) FILTER (wrong IS NULL), (SELECT count(*) FROM reject_errors) FROM typed")) {
            rows.next();
            System.out.println("landed " + rows.getLong(1) + ", set aside " + rows.getLong(2) + " and "
                    + rows.getLong(4) + ", sum "
                    + rows.getBigDecimal(3).stripTrailingZeros().toPlainString());
        }
    }
}
