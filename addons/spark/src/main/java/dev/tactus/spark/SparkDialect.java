package dev.tactus.spark;

import dev.tactus.spark.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// DuckDB's SQL in Spark's words.
///
/// It knows what the product's own statements use and nothing else: a statement that Spark does not understand is
/// refused by Spark, and the tests of both engines over the same rows would show one that it understands otherwise.
/// Spark is set to take `"` for a name, and to fail where a number does not fit; a quote in a text is `\'` to it.
final class SparkDialect {
    /// DuckDB's names of types, and Spark's where they differ.
    private static final Map<String, String> TYPES = Map.of(
            "VARCHAR", "STRING",
            "HUGEINT", "DECIMAL(38,0)",
            "BLOB", "BINARY");

    private static final Set<String> OTHER_TYPES =
            Set.of("BIGINT", "INTEGER", "SMALLINT", "BOOLEAN", "DATE", "DECIMAL", "STRUCT", "TIMESTAMP");

    private final Function<ParquetFiles, String> files;
    private final List<SqlToken> tokens;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private SparkDialect(List<SqlToken> tokens, Function<ParquetFiles, String> files) {
        this.tokens = tokens;
        this.files = files;
    }

    /// Translates a statement, or a part of one.
    ///
    /// @param files names the relation of the rows of files
    static String of(String sql, Function<ParquetFiles, String> files) {
        return new SparkDialect(SqlToken.cut(sql), files).all();
    }

    /// The columns of a table definition.
    static String columns(String definition) {
        return of(definition, _ -> {
            throw new IllegalArgumentException("a table definition reads no files: " + definition);
        });
    }

    private String all() {
        while (at < tokens.size()) {
            one();
        }
        return out.toString();
    }

    private void one() {
        SqlToken token = tokens.get(at);
        if (token.is("read_parquet")) {
            out.append(files.apply(readParquet()));
        } else if (isType(token)) {
            out.append(type());
        } else if (token.is("list") && follows("(")) {
            list();
        } else if (token.is("string_agg") && follows("(")) {
            joinedTexts();
        } else if (token.is("struct_pack")) {
            put("named_struct");
        } else if (token.kind() == Kind.WORD && follows(":=")) {
            out.append('\'').append(token.text()).append("',");
            at = after(":=");
        } else if (token.is("unnest")) {
            put("explode");
        } else if (token.is("len")) {
            put("size");
        } else if (token.is("date_diff")) {
            dateDifference();
        } else if (token.is("REPLACE") && follows("(")) {
            replaced();
        } else if (token.is("MATERIALIZED")) {
            at++; // a hint to DuckDB, which Spark has no word for
        } else if (token.is("[")) {
            array();
        } else if (token.is("//")) {
            quotient();
        } else if (token.kind() == Kind.TEXT) {
            put('\'' + token.unquoted().replace("\\", "\\\\").replace("'", "\\'") + '\'');
        } else {
            put(token.text());
        }
    }

    private void put(String text) {
        out.append(text);
        at++;
    }

    private boolean isType(SqlToken token) {
        if (token.kind() != Kind.WORD || !(TYPES.containsKey(token.text()) || OTHER_TYPES.contains(token.text()))) {
            return false;
        }
        // DATE '2026-10-01' is a value
        return next(at + 1).filter(one -> one.kind() == Kind.TEXT).isEmpty();
    }

    /// A type, with what it is made of: `STRUCT(a VARCHAR)[]`.
    private String type() {
        String name = tokens.get(at++).text();
        String type = TYPES.getOrDefault(name, name);
        if (name.equals("TIMESTAMP") && follows(at, "WITH")) {
            at = after("ZONE");
        }
        if (name.equals("STRUCT")) {
            type = "STRUCT<" + fields() + ">";
        } else if (follows(at, "(")) {
            type += arguments();
        }
        while (follows(at, "[")) {
            at = closing(index("[")) + 1;
            type = "ARRAY<" + type + ">";
        }
        return type;
    }

    private String fields() {
        at = after("(");
        List<String> fields = new ArrayList<>();
        while (true) {
            SqlToken field = word();
            skipSpace();
            fields.add((field.kind() == Kind.QUOTED ? field.text() : '"' + field.text() + '"') + ": " + type());
            if (follows(at, ")")) {
                at = after(")");
                return String.join(", ", fields);
            }
            at = after(",");
        }
    }

    /// `(38,18)`
    private String arguments() {
        int end = closing(index("("));
        String text = text(at, end + 1);
        at = end + 1;
        return text.strip();
    }

    private SqlToken word() {
        skipSpace();
        return tokens.get(at++);
    }

    /// `list(x ORDER BY y)`: y is what x begins with in all statements, so that what is sorted is the list.
    private void list() {
        int open = index("(");
        int end = closing(open);
        out.append("sort_array(collect_list(")
                .append(of(text(open + 1, order(open, end)), files))
                .append("))");
        at = end + 1;
    }

    /// `string_agg(DISTINCT x, ', ' ORDER BY x)`
    private void joinedTexts() {
        int open = index("(");
        int end = closing(open);
        int distinct = find(open, end, "DISTINCT");
        int comma = find(open, end, ",");
        out.append("array_join(sort_array(collect_set(")
                .append(of(text(distinct + 1, comma), files))
                .append(")),")
                .append(of(text(comma + 1, order(open, end)), files))
                .append(')');
        at = end + 1;
    }

    private int order(int open, int end) {
        return find(open, end, "ORDER");
    }

    /// `date_diff('day', a, b)`
    private void dateDifference() {
        int open = index("(");
        int end = closing(open);
        int first = find(open, end, ",");
        int second = find(first + 1, end, ",");
        out.append("datediff(")
                .append(of(text(second + 1, end), files))
                .append(", ")
                .append(of(text(first + 1, second), files))
                .append(')');
        at = end + 1;
    }

    /// `* REPLACE (x AS c)`: the same columns, this one at the end.
    private void replaced() {
        int open = index("(");
        int end = closing(open);
        int as = end;
        while (!tokens.get(as).is("AS")) {
            as--;
        }
        String column = text(as + 1, end).strip();
        out.append("EXCEPT (")
                .append(column)
                .append("), ")
                .append(of(text(open + 1, as), files))
                .append("AS ")
                .append(column);
        at = end + 1;
    }

    private void array() {
        int end = closing(at);
        out.append("array(").append(of(text(at + 1, end), files)).append(')');
        at = end + 1;
    }

    /// `(a) // (b)`, exact however large: the part that divides without a rest, divided.
    private void quotient() {
        int end = out.length();
        while (Character.isWhitespace(out.charAt(end - 1))) {
            end--;
        }
        int begin = end - 1;
        for (int depth = 0; ; begin--) {
            char sign = out.charAt(begin);
            depth += sign == ')' ? 1 : sign == '(' ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        String dividend = out.substring(begin, end);
        int open = index("(");
        int close = closing(open);
        String divisor = of(text(open, close + 1), files);
        out.setLength(begin);
        out.append("CAST((%1$s - %1$s %% %2$s) / %2$s AS DECIMAL(38,0))".formatted(dividend, divisor));
        at = close + 1;
    }

    private ParquetFiles readParquet() {
        int open = index("(");
        int end = closing(open);
        int list = find(open, end, "[");
        List<String> paths = new ArrayList<>();
        int endOfList = closing(list);
        for (SqlToken token : tokens.subList(list, endOfList)) {
            if (token.kind() == Kind.TEXT) {
                paths.add(token.unquoted());
            }
        }
        List<ParquetFiles.Field> fields = new ArrayList<>();
        for (int i = endOfList; i < end; i++) {
            if (tokens.get(i).kind() == Kind.NUMBER && follows(i + 1, ":")) {
                int name = textAfter(i);
                fields.add(new ParquetFiles.Field(
                        Integer.parseInt(tokens.get(i).text()),
                        tokens.get(name).unquoted(),
                        columns(tokens.get(textAfter(name + 1)).unquoted())));
            }
        }
        at = end + 1;
        return new ParquetFiles(paths, fields);
    }

    private int textAfter(int from) {
        int i = from;
        while (tokens.get(i).kind() != Kind.TEXT) {
            i++;
        }
        return i;
    }

    private boolean follows(String sign) {
        return follows(at + 1, sign);
    }

    private boolean follows(int from, String sign) {
        return next(from).filter(token -> token.is(sign)).isPresent();
    }

    private Optional<SqlToken> next(int from) {
        return tokens.subList(Math.min(from, tokens.size()), tokens.size()).stream()
                .filter(token -> !token.isSpace())
                .findFirst();
    }

    private void skipSpace() {
        while (tokens.get(at).isSpace()) {
            at++;
        }
    }

    private int index(String sign) {
        return find(at - 1, tokens.size(), sign);
    }

    private int after(String sign) {
        return index(sign) + 1;
    }

    /// Where a sign stands between two others, outside of the parentheses there.
    private int find(int open, int end, String sign) {
        int depth = 0;
        for (int i = open + 1; i < end; i++) {
            SqlToken token = tokens.get(i);
            if (depth == 0 && token.is(sign)) {
                return i;
            }
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
        }
        throw new IllegalArgumentException("no " + sign + " in " + text(Math.max(open, 0), end));
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no end of " + text(open, tokens.size()));
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        tokens.subList(from, to).forEach(token -> text.append(token.text()));
        return text.toString();
    }
}
