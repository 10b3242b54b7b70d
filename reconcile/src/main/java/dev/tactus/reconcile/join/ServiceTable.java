package dev.tactus.reconcile.join;

import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.reconcile.ServiceSources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table `service_source` of a workbench: every service that reports name, spelled as they spell it, with the
/// source it belongs to.
final class ServiceTable {
    private ServiceTable() {}

    /// Makes it; a service that is no source stands for itself, folded.
    static void make(Workbench bench, ServiceSources services, TablePart sales) {
        if (sales.table() != LakeTable.SALES) {
            throw new IllegalArgumentException("services stand in sales, not in " + sales.table());
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        bench.query(
                "SELECT DISTINCT service FROM " + bench.relation(sales) + " WHERE service IS NOT NULL", new RowSink() {
                    @Override
                    public void columns(List<Column> columns) {}

                    @Override
                    public void row(List<@Nullable Object> values) {
                        String service = String.valueOf(values.getFirst());
                        rows.add(List.of(service, services.name(service)));
                    }
                });
        bench.run("CREATE OR REPLACE TABLE service_source (service VARCHAR, source VARCHAR)");
        bench.fill("service_source", rows);
    }
}
