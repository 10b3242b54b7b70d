package dev.tactus.lake.retention;

import dev.tactus.lake.table.LakeTable;
import java.util.List;
import java.util.Locale;

/// What is kept as it was received, and may be let go when it is old.
@SuppressWarnings("ImmutableEnumChecker") // lists made by List.of, which the checker does not know
public enum RetentionKind {
    /// The bytes of answers.
    PAYLOADS("body", "payload_sha256", List.of(LakeTable.PAYLOADS)),

    /// The rows of statements as they stand in the file.
    STATEMENTS("raw", "report_id", List.of(LakeTable.SALES_REJECTS, LakeTable.DEDUCTIONS, LakeTable.SALES));

    private final String column;
    private final String key;
    private final List<LakeTable> tables;

    RetentionKind(String column, String key, List<LakeTable> tables) {
        this.column = column;
        this.key = key;
        this.tables = tables;
    }

    /// Its name in a configuration and in records.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The column that holds the bytes.
    public String column() {
        return column;
    }

    /// The column that tells whose bytes they are.
    public String key() {
        return key;
    }

    public List<LakeTable> tables() {
        return tables;
    }
}
