package dev.tactus.lake.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A statement of SQL in a resource `NAME.sql` beside the class that runs it, with named parameters.
///
/// `:name` stands for a value, which is written as a literal: DuckDB takes no prepared parameters in a view. `{name}`
/// stands for SQL, such as a relation of a [Workbench]; never for a person's words. Texts and comments of the statement
/// are left as they are. A parameter without a value, and a value without a parameter, are errors. Immutable.
public final class SqlResource {
    private static final Pattern PARAMETER =
            Pattern.compile("'[^']*'|--[^\\n]*|(?<![:\\w]):(?<value>[a-z][a-z0-9_]*)|\\{(?<sql>[a-z][a-z0-9_]*)}");

    private final String name;
    private final String template;
    private final Map<String, String> parameters;

    private SqlResource(String name, String template, Map<String, String> parameters) {
        this.name = name;
        this.template = template;
        this.parameters = parameters;
    }

    /// Reads `NAME.sql` from the package of a class.
    public static SqlResource of(Class<?> owner, String name) {
        String file = name + ".sql";
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + file + " beside " + owner.getName());
            }
            return new SqlResource(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For `:parameter`: a text.
    public SqlResource with(String parameter, String text) {
        return put(':' + parameter, quoted(text));
    }

    /// For `:parameter`: a whole number.
    public SqlResource with(String parameter, long number) {
        // two minus signs would begin a comment
        return put(':' + parameter, number < 0 ? "(" + number + ")" : Long.toString(number));
    }

    public SqlResource with(String parameter, boolean flag) {
        return put(':' + parameter, Boolean.toString(flag));
    }

    public SqlResource with(String parameter, LocalDate day) {
        return put(':' + parameter, "DATE '" + day + "'");
    }

    /// For `IN :parameter`: texts, at least one.
    public SqlResource with(String parameter, List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(parameter + " is an empty list: SQL has none");
        }
        return put(
                ':' + parameter, texts.stream().map(SqlResource::quoted).collect(Collectors.joining(", ", "(", ")")));
    }

    /// For `{parameter}`: SQL as it is, a relation or an expression.
    public SqlResource insert(String parameter, String sql) {
        return put(parameter, sql);
    }

    private SqlResource put(String parameter, String sql) {
        Map<String, String> more = new TreeMap<>(parameters);
        if (more.put(parameter, sql) != null) {
            throw new IllegalArgumentException(name + " has been given " + parameter + " already");
        }
        return new SqlResource(name, template, more);
    }

    /// The statement, every parameter replaced.
    ///
    /// @throws IllegalStateException if a parameter has no value, or a value no parameter
    public String text() {
        Set<String> unused = new HashSet<>(parameters.keySet());
        String text =
                PARAMETER.matcher(template).replaceAll(found -> Matcher.quoteReplacement(replaced(found, unused)));
        if (!unused.isEmpty()) {
            throw new IllegalStateException(name + " has no parameter " + String.join(", ", unused));
        }
        return text.strip();
    }

    private String replaced(MatchResult found, Set<String> unused) {
        String value = found.group("value");
        String parameter = value == null ? found.group("sql") : ':' + value;
        if (parameter == null) {
            return found.group();
        }
        String sql = parameters.get(parameter);
        if (sql == null) {
            throw new IllegalStateException(name + " lacks a value for " + parameter);
        }
        unused.remove(parameter);
        return sql;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public String toString() {
        return name;
    }
}
