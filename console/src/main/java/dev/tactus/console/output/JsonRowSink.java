package dev.tactus.console.output;

import dev.tactus.lake.query.RowSink;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one JSON object, `rows` as they come, so that a large answer needs no memory.
public final class JsonRowSink implements RowSink {
    private final PrintStream out;
    private List<String> columns = List.of();
    private boolean first = true;

    public JsonRowSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void columns(List<Column> columns) {
        this.columns = columns.stream().map(Column::name).toList();
        Set<String> names = new HashSet<>();
        for (String name : this.columns) {
            if (!names.add(name)) {
                throw CommandFailure.usage("two columns are called \"" + name
                        + "\", of which a JSON object can hold one: give one of them another name with AS");
            }
        }
        out.print("{\"command\":\"query\",\"ok\":true,\"columns\":" + JsonWriter.write(this.columns) + ",\"rows\":[");
    }

    @Override
    public void row(List<@Nullable Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        out.print((first ? "" : ",") + JsonWriter.write(row));
        first = false;
    }

    public void end() {
        out.println("]}");
    }
}
