package dev.tactus.reconcile.statements;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import java.util.List;

/// The services that sales name, as they name them. Stateless.
final class ReportedServices {
    private ReportedServices() {}

    /// Those that are one source; none where its usage is not among the sales.
    ///
    /// @param sales a relation of sales
    static List<String> of(Workbench bench, String sales, ServiceSources services, String source) {
        return QueryRows.texts(bench, "SELECT DISTINCT service FROM " + sales + " WHERE service IS NOT NULL").stream()
                .filter(service -> services.name(service).equals(source))
                .toList();
    }
}
