package dev.tactus.console.disaster;

import dev.tactus.console.CommandResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What a reader finds in the tables at one moment.
record LakeContent(List<Cell> cells, List<Long> quantities) {
    /// @param kind `streams` or `listeners`
    record Cell(String kind, String isrc, String territory, LocalDate day, long count) {
        String key() {
            return LakeContent.key(kind, isrc, territory, day);
        }
    }

    static final String SQL = """
            SELECT 'streams' AS kind, isrc, territory, CAST(day AS VARCHAR) AS day, stream_count AS n FROM daily_streams
            UNION ALL
            SELECT 'listeners', isrc, territory, CAST(day AS VARCHAR), listener_count FROM daily_listeners
            UNION ALL
            SELECT 'sales', '', '', '', quantity FROM sales
            ORDER BY ALL
            """;

    static String key(String kind, String isrc, String territory, LocalDate day) {
        return kind + " " + isrc + " " + territory + " " + day;
    }

    static LakeContent of(CommandResult query) {
        List<Cell> cells = new ArrayList<>();
        List<Long> quantities = new ArrayList<>();
        for (String line : query.out().lines().skip(1).toList()) {
            String[] field = line.replace("\"", "").split(",", -1);
            if (field[0].equals("sales")) {
                quantities.add(Long.parseLong(field[4]));
            } else {
                cells.add(new Cell(field[0], field[1], field[2], LocalDate.parse(field[3]), Long.parseLong(field[4])));
            }
        }
        return new LakeContent(cells, quantities);
    }
}
