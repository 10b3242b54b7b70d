package dev.tactus.spark;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.SqlEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// Spark as the engine of a workbench: tables are kept as Parquet files in the lake's temporary folder, which all
/// machines share with this one, and views are found anew. A machine that is lost costs what it was at.
final class SparkEngine implements SqlEngine {
    private static final Pattern MADE =
            Pattern.compile("CREATE OR REPLACE (TABLE|VIEW) (\\w+) AS\\s(.*)", Pattern.DOTALL);
    private static final Pattern DEFINED = Pattern.compile("CREATE OR REPLACE TABLE (\\w+) \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern ADDED = Pattern.compile("INSERT INTO (\\w+) BY NAME\\s(.*)", Pattern.DOTALL);

    /// So much of the data files is enough for a task: what is joined of them is some times larger.
    private static final long TASK_BYTES = 16L << 20;

    private final SparkSession session;
    private final Path folder;
    private final Map<ParquetFiles, String> files = new HashMap<>();
    private final Map<String, Dataset<Row>> tables = new HashMap<>();
    private long bytes;

    SparkEngine(SparkSession session, Path temporary) {
        this.session = session;
        this.folder = temporary.resolve("spark-" + UUID.randomUUID());
    }

    @Override
    public void run(String sql) {
        String text = sql.strip();
        Matcher made = MADE.matcher(text);
        if (made.matches()) {
            String name = made.group(2);
            Dataset<Row> rows = select(made.group(3));
            put(name, made.group(1).equals("TABLE") ? kept(rows) : rows);
            return;
        }
        Matcher defined = DEFINED.matcher(text);
        if (defined.matches()) {
            put(defined.group(1), session.createDataFrame(List.of(), schema(defined.group(2))));
            return;
        }
        Matcher added = ADDED.matcher(text);
        if (added.matches()) {
            String name = added.group(1);
            put(name, kept(table(name).unionByName(select(added.group(2)))));
            return;
        }
        throw new IllegalArgumentException("Spark is not told how to " + text);
    }

    /// The same rows, read from files: a plan that grew with each table would fill the driver's memory, and rows on an
    /// executor's own disk would go with it.
    private Dataset<Row> kept(Dataset<Row> rows) {
        String made = written(rows);
        return session.read().schema(rows.schema()).parquet(address(made));
    }

    private String written(Dataset<Row> rows) {
        String made = folder.resolve(UUID.randomUUID().toString()).toString();
        tried(() -> {
            rows.write().parquet("file://" + made);
            return made;
        });
        return made;
    }

    private void put(String name, Dataset<Row> rows) {
        rows.createOrReplaceTempView(name);
        tables.put(name, rows);
    }

    private Dataset<Row> table(String name) {
        Dataset<Row> table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table " + name);
        }
        return table;
    }

    private Dataset<Row> select(String sql) {
        return tried(() -> session.sql(SparkDialect.of(sql, this::relation)));
    }

    private static StructType schema(String columns) {
        return StructType.fromDDL(SparkDialect.columns(columns).replace('"', '`'));
    }

    private String relation(ParquetFiles parquet) {
        return files.computeIfAbsent(parquet, one -> {
            String name = "files_" + files.size();
            bytes += one.paths().stream()
                    .mapToLong(path -> new File(path).length())
                    .sum();
            long tasks = Math.max(session.sparkContext().defaultParallelism(), bytes / TASK_BYTES);
            session.conf().set("spark.sql.shuffle.partitions", tasks);
            String[] paths = one.paths().stream().map(SparkEngine::address).toArray(String[]::new);
            (one.fields().isEmpty() ? session.read() : session.read().schema(schema(one.fields())))
                    .parquet(paths)
                    .createOrReplaceTempView(name);
            return name;
        });
    }

    /// Hadoop would look for more than one file where a name has one of its wildcards.
    private static String address(String path) {
        return "file://" + path.replaceAll("([\\\\\\[\\]{}*?])", "\\\\$1");
    }

    private static StructType schema(List<ParquetFiles.Field> fields) {
        return new StructType(fields.stream()
                .map(field -> new StructField(
                        field.name(),
                        DataType.fromDDL(field.type().replace('"', '`')),
                        true,
                        new MetadataBuilder()
                                .putLong("parquet.field.id", field.id())
                                .build()))
                .toArray(StructField[]::new));
    }

    @Override
    public long number(String sql) {
        Row row = tried(() -> select(sql).first());
        return ((Number) row.get(0)).longValue();
    }

    @Override
    public long query(String sql, RowSink sink) {
        Dataset<Row> rows = select(sql);
        List<RowSink.Column> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            columns.add(new RowSink.Column(field.name(), field.dataType().sql()));
        }
        sink.columns(List.copyOf(columns));
        return tried(() -> {
            long count = 0;
            for (Iterator<Row> each = rows.toLocalIterator(); each.hasNext(); count++) {
                sink.row(SparkValues.plain(each.next()));
            }
            return count;
        });
    }

    @Override
    public void fill(String table, Iterable<List<@Nullable Object>> rows) {
        StructType schema = table(table).schema();
        List<Row> taken = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            taken.add(RowFactory.create(row.toArray()));
        }
        put(table, session.createDataFrame(taken, schema));
    }

    @Override
    public String forDuckDb(String select) {
        return "SELECT * FROM read_parquet('" + written(select(select)).replace("'", "''") + "/*.parquet')";
    }

    private static <T> T tried(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Scala's checked exceptions, which Java does not see coming
            throw e instanceof SparkException || e instanceof AnalysisException
                    ? new LakeUnavailable("Spark can't compute the join: " + e.getMessage(), e)
                    : new LakeUnavailable("Spark can't compute the join: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Disk.deleteTree(folder);
        } catch (IOException e) {
            throw LakeFailures.of("Spark's temporary folder " + folder + " can't be deleted", e);
        }
    }
}
