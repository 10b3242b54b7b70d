package dev.tactus.console.lake;

import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.LakePlace;
import java.nio.file.Path;

/// How other programs read the lake as it is.
final class LakeReaderGuide {
    private LakeReaderGuide() {}

    static String of(LakePlace lake) {
        if (lake.catalog() instanceof CatalogService service) {
            return OWN + AT_A_SERVER + CLIENTS.replace(USUAL, service.toString()) + READERS;
        }
        return OWN
                + lake.folder().map(folder -> beside(folder) + "\n\n").orElse("")
                + SERVED
                + CLIENTS
                + READERS
                + BY_PATH;
    }

    private static String beside(Path lake) {
        return """
            DuckDB (by path; the extension is downloaded once):
              INSTALL iceberg; LOAD iceberg;
              SELECT * FROM iceberg_scan('%1$s/tactus/daily_streams', allow_moved_paths = true);

            PyIceberg (pip install "pyiceberg[sql-sqlite,pyarrow]"):
              from pyiceberg.catalog.sql import SqlCatalog
              catalog = SqlCatalog("tactus", uri="sqlite:///%1$s/catalog.db", warehouse="file://%1$s")
              catalog.load_table("tactus.daily_streams").scan().to_arrow()

            Spark (3.5 or later; packages iceberg-spark-runtime and sqlite-jdbc):
              spark.sql.catalog.tactus            = org.apache.iceberg.spark.SparkCatalog
              spark.sql.catalog.tactus.type       = jdbc
              spark.sql.catalog.tactus.uri        = jdbc:sqlite:%1$s/catalog.db
              spark.sql.catalog.tactus.warehouse  = file://%1$s
              spark.sql.catalog.tactus.jdbc.schema-version = V1
              SELECT * FROM tactus.tactus.daily_streams\
            """.formatted(lake.toString());
    }

    private static final String USUAL = "http://127.0.0.1:8181";

    private static final String OWN = """
        Read it from here:
          tactus query "SELECT * FROM daily_streams LIMIT 10"

        """;

    private static final String SERVED = """
        Through tactus lake serve (Iceberg's REST protocol; TOKEN is in lake-token beside the ledger, unless you set
        another; docs/lake.md says more):
        """;

    private static final String AT_A_SERVER = """
        Through the server that keeps its catalog (Iceberg's REST protocol; TOKEN is what that server wants):
        """;

    private static final String CLIENTS = """
          PyIceberg: load_catalog("tactus", type="rest", uri="http://127.0.0.1:8181", token=TOKEN)
          Spark:     spark.sql.catalog.tactus.type  = rest
                     spark.sql.catalog.tactus.uri   = http://127.0.0.1:8181
                     spark.sql.catalog.tactus.token = TOKEN
          DuckDB:    INSTALL iceberg; LOAD iceberg; LOAD httpfs;
                     CREATE SECRET tactus_token (TYPE iceberg, TOKEN 'TOKEN');
                     ATTACH 'tactus' AS tactus
                       (TYPE iceberg, SECRET tactus_token, ENDPOINT 'http://127.0.0.1:8181');
          Trino:     connector.name=iceberg
                     iceberg.catalog.type=rest
                     iceberg.rest-catalog.uri=http://127.0.0.1:8181
                     iceberg.rest-catalog.security=OAUTH2
                     iceberg.rest-catalog.oauth2.token=TOKEN
        """;

    private static final String READERS = """

        Readers only: let Tactus be the one that writes. Through the catalog all tables of a run change in one
        moment.\
        """;

    private static final String BY_PATH = """
         By path they follow one after the other, each whole, within milliseconds: a file system moves one
        file at a time.\
        """;
}
