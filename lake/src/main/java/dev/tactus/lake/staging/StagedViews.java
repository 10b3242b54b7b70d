package dev.tactus.lake.staging;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.table.LakeTable;
import java.util.List;
import java.util.Map;

/// A publication's staged files as views of DuckDB, and the search for the one that can't be read.
public final class StagedViews {
    private final DuckDb duck;
    private final StagingFolder staging;
    private final Map<LakeTable, List<StagedFile>> files;

    public StagedViews(DuckDb duck, StagingFolder staging, Map<LakeTable, List<StagedFile>> files) {
        this.duck = duck;
        this.staging = staging;
        this.files = files;
    }

    /// Makes the views.
    ///
    /// @throws LakeDamaged if a file is no Parquet file, or has other rows than were noted
    public void open() {
        files.forEach((table, staged) -> {
            staged.forEach(this::checkFooter);
            List<String> paths = staged.stream().map(staging::place).toList();
            duck.run("CREATE VIEW staged_" + table.label() + " AS SELECT * FROM " + DuckDbSql.read(table, paths));
        });
    }

    private void checkFooter(StagedFile file) {
        String path = DuckDbSql.text(staging.place(file));
        long rows;
        try {
            rows = duck.number("SELECT num_rows FROM parquet_file_metadata(" + path + ")");
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
        if (rows != file.rows()) {
            throw new LakeDamaged(
                    "the staged file %s holds %d rows where %d were noted; %s"
                            .formatted(staging.absolute(file), rows, file.rows(), StagingFolder.REMEDY),
                    null);
        }
    }

    /// After a failure while reading: throws [LakeDamaged] naming the file that can't be read to its end, if there is
    /// one.
    public void blame(RuntimeException failure) {
        if (failure instanceof LakeUnavailable || failure instanceof LakeDamaged) {
            return;
        }
        files.forEach((table, staged) -> staged.forEach(file -> {
            String one = DuckDbSql.read(table, List.of(staging.place(file)));
            try {
                duck.number("SELECT sum(hash(" + DuckDbSql.names(table.columns()) + ")) FROM " + one);
            } catch (RuntimeException e) {
                throw damaged(file, e);
            }
        }));
    }

    private LakeDamaged damaged(StagedFile file, RuntimeException e) {
        return new LakeDamaged(
                "the staged file " + staging.absolute(file) + " is damaged; " + StagingFolder.REMEDY + ". ("
                        + LakeFailures.words(e) + ")",
                e);
    }
}
