package dev.tactus.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/// Data files of one report, made of some of its chunks over a connection of its own. One thread at a time.
final class ChunkFiles implements AutoCloseable {
    private final Duck duck;
    private final Rewriter saleWriter;
    private final Rewriter rejectWriter;
    private final List<DataFile> sales = new ArrayList<>();
    private final List<DataFile> rejects = new ArrayList<>();

    ChunkFiles(Duck duck, Tables tables, LakeSettings settings) {
        this.duck = duck;
        this.saleWriter =
                new Rewriter(duck, LakeTable.SALES, tables.fresh(LakeTable.SALES), settings.targetFileBytes());
        this.rejectWriter = new Rewriter(
                duck, LakeTable.SALES_REJECTS, tables.fresh(LakeTable.SALES_REJECTS), settings.targetFileBytes());
    }

    List<DataFile> sales() {
        return sales;
    }

    List<DataFile> rejects() {
        return rejects;
    }

    /// Writes a sealed chunk and gives its memory back.
    void write(SalesChunk full, String reportId, String sender) {
        if (full.sales() > 0) {
            sales.addAll(saleWriter.writeTyped(full.selectSales(reportId, sender), Map.of()));
        }
        if (full.rejects() > 0) {
            rejects.addAll(rejectWriter.writeUnproven(full.selectRejects(reportId), Map.of()));
        }
        full.drop(duck);
    }

    void discard() {
        Rewriter.discard(CurrentFiles.paths(sales));
        Rewriter.discard(CurrentFiles.paths(rejects));
    }

    @Override
    public void close() {
        duck.close();
    }
}
