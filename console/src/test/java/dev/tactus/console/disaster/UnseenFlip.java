package dev.tactus.console.disaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The flip of a bit that does the most harm: the file of rows is read as well as before, and says something else.
final class UnseenFlip {
    private static final int TRIES = 80;
    /// What nobody may change, by what a file's path contains.
    private static final Map<String, String> CELLS = Map.of(
            "daily_streams", "stream_count",
            "daily_listeners", "listener_count",
            "/sales/", "quantity");

    private UnseenFlip() {}

    /// Changes a Parquet file by such a bit, or by the last one that was tried.
    static void of(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        // rows come first, and what describes them after
        int end = Math.max(1, bytes.length * 2 / 3);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            Optional<String> before = cells(duck, file);
            for (int i = 0; i < TRIES; i++) {
                byte[] changed = bytes.clone();
                changed[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                Optional<String> after = cells(duck, file);
                if (after.isPresent() && !after.equals(before)) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    /// A digest of the cells that matter, unless the file can't be read.
    private static Optional<String> cells(Connection duck, Path file) {
        String cells = CELLS.entrySet().stream()
                .filter(one -> file.toString().contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("rows");
        String sql = "SELECT count(*) || ' ' || bit_xor(hash(" + cells + ")) FROM read_parquet('" + file + "') AS rows";
        try (Statement statement = duck.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
