package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/// Data files of one report, made of some of its chunks over a connection of its own. One thread at a time.
public final class SalesFiles implements AutoCloseable {
    private final DuckDb duck;
    private final DataFileWriter saleWriter;
    private final DataFileWriter rejectWriter;
    private final List<DataFile> sales = new ArrayList<>();
    private final List<DataFile> rejects = new ArrayList<>();

    public SalesFiles(DuckDb duck, LakeCatalog tables, LakeSettings settings) {
        this.duck = duck;
        this.saleWriter =
                new DataFileWriter(duck, LakeTable.SALES, tables.fresh(LakeTable.SALES), settings.targetFileBytes());
        this.rejectWriter = new DataFileWriter(
                duck, LakeTable.SALES_REJECTS, tables.fresh(LakeTable.SALES_REJECTS), settings.targetFileBytes());
    }

    public List<DataFile> sales() {
        return sales;
    }

    public List<DataFile> rejects() {
        return rejects;
    }

    /// Writes a sealed chunk and gives its memory back.
    public void write(SalesChunk full, String reportId, String sender) {
        if (full.sales() > 0) {
            sales.addAll(saleWriter.writeTyped(full.selectSales(reportId, sender), Map.of()));
        }
        if (full.rejects() > 0) {
            rejects.addAll(rejectWriter.writeUnproven(full.selectRejects(reportId), Map.of()));
        }
        full.drop(duck);
    }

    public void discard() {
        DataFileWriter.discard(SnapshotFiles.paths(sales));
        DataFileWriter.discard(SnapshotFiles.paths(rejects));
    }

    @Override
    public void close() {
        duck.close();
    }
}
