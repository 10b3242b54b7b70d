package dev.tactus.ledger.codec;

import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.digest.Sha256Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Ids that are the same for the same things: the first 16 hex digits of a SHA-256. With a million of them the odds
/// that any two meet are 1 in 37 million.
public final class ShortId {
    private static final int DIGITS = 16;

    private ShortId() {}

    public static String of(String... parts) {
        Sha256Stream digest = new Sha256Stream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // with its length before it, a part can't be taken for another part's end
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(bytes.length)
                            .array())
                    .update(bytes);
        }
        return digest.digest().hex(DIGITS);
    }

    /// The row of a table by its id, or by the beginning of an id that fits only one.
    public static <T> Optional<T> find(SqlSession session, String table, String id, Function<Row, T> reader) {
        // g follows on the last hex digit
        List<T> fitting =
                session.list("SELECT * FROM " + table + " WHERE id >= ? AND id < ? || 'g' LIMIT 2", reader, id, id);
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }
}
