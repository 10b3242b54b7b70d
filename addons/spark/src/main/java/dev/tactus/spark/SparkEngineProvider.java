package dev.tactus.spark;

import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.query.SqlEngine;
import dev.tactus.lake.query.SqlEngineProvider;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/// Opens sessions of Spark: one context in this process, a session for each workbench.
public final class SparkEngineProvider implements SqlEngineProvider {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public SqlEngine open(Optional<String> master, Path temporary) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("tactus reconcile")
                .config("spark.ui.enabled", System.getProperty("spark.ui.enabled", "false"))
                .config("spark.sql.session.timeZone", "UTC");
        // spark-submit has named one already
        master.or(() -> System.getProperty("spark.master") == null ? Optional.of("local[*]") : Optional.empty())
                .ifPresent(builder::master);
        try {
            SparkSession session = builder.getOrCreate().newSession();
            // a number that does not fit fails, as in DuckDB
            session.conf().set("spark.sql.ansi.enabled", "true");
            session.conf().set("spark.sql.ansi.doubleQuotedIdentifiers", "true");
            session.conf().set("spark.sql.datetime.java8API.enabled", "true");
            session.conf().set("spark.sql.parquet.fieldId.read.enabled", "true");
            session.conf().set("spark.sql.parquet.fieldId.read.ignoreMissing", "true");
            session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
            return new SparkEngine(session, temporary);
        } catch (Exception e) { // Scala's checked exceptions, too, which Java does not see coming
            throw new LakeUnavailable(
                    "Spark does not start at " + master.orElse("local[*]") + ": " + e.getMessage()
                            + ". Check the address of the master, or leave --engine away: the rows are the same",
                    e);
        }
    }
}
