package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
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
    private final DataFileWriter deductionWriter;
    private final List<DataFile> sales = new ArrayList<>();
    private final List<DataFile> rejects = new ArrayList<>();
    private final List<DataFile> deductions = new ArrayList<>();

    public SalesFiles(DuckDb duck, LakeCatalog tables, LakeSettings settings) {
        this.duck = duck;
        this.saleWriter =
                new DataFileWriter(duck, LakeTable.SALES, tables.fresh(LakeTable.SALES), settings.targetFileBytes());
        this.rejectWriter = new DataFileWriter(
                duck, LakeTable.SALES_REJECTS, tables.fresh(LakeTable.SALES_REJECTS), settings.targetFileBytes());
        this.deductionWriter = new DataFileWriter(
                duck, LakeTable.DEDUCTIONS, tables.fresh(LakeTable.DEDUCTIONS), settings.targetFileBytes());
    }

    public List<DataFile> sales() {
        return sales;
    }

    public List<DataFile> rejects() {
        return rejects;
    }

    public List<DataFile> deductions() {
        return deductions;
    }

    /// Writes a sealed chunk and gives its memory back.
    public void write(SalesChunk full, String reportId, String sender) {
        if (full.sales() > 0) {
            sales.addAll(saleWriter.writeTyped(full.selectSales(reportId, sender), Map.of()));
        }
        if (full.rejects() > 0) {
            rejects.addAll(rejectWriter.writeUnproven(full.selectRejects(reportId), Map.of()));
        }
        if (full.deductions() > 0) {
            deductions.addAll(deductionWriter.writeUnproven(full.selectDeductions(reportId, sender), Map.of()));
        }
        full.drop(duck);
    }

    public void discard() {
        saleWriter.discard(sales);
        rejectWriter.discard(rejects);
        deductionWriter.discard(deductions);
    }

    @Override
    public void close() {
        duck.close();
    }
}
