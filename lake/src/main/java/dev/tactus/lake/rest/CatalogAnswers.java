package dev.tactus.lake.rest;

import dev.tactus.lake.iceberg.LakeCatalog;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;

/// Answers requests from the lake's catalog; changes are one transaction each, whatever number of tables they concern.
///
/// What a refused request did is undone. Thread-safe.
final class CatalogAnswers {
    private final LakeCatalog lake;
    private final boolean writable;
    private final Map<String, String> clients;
    private final CatalogGuard guard;

    CatalogAnswers(LakeCatalog lake, CatalogGuard guard, boolean writable, Map<String, String> clients) {
        this.lake = lake;
        this.guard = guard;
        this.writable = writable;
        this.clients = clients;
    }

    /// What is to be sent; absent where done is all there is to say.
    Optional<RESTResponse> answer(CatalogCall call) {
        if (call.route().isChange() && !writable) {
            throw new ForbiddenException(
                    "This catalog is for readers. tactus lake serve --write lets programs change it");
        }
        return switch (call.route()) {
            case CONFIG -> Optional.of(config());
            case LIST_NAMESPACES -> read(catalog -> namespaces(catalog, call));
            case LOAD_NAMESPACE -> read(catalog -> CatalogHandlers.loadNamespace(catalog, call.namespace()));
            case NAMESPACE_EXISTS -> look(catalog -> CatalogHandlers.namespaceExists(catalog, call.namespace()));
            case LIST_TABLES -> read(catalog -> tables(catalog, call));
            case LOAD_TABLE -> read(catalog -> CatalogHandlers.loadTable(catalog, call.table(), call.snapshots()));
            case TABLE_EXISTS -> look(catalog -> CatalogHandlers.tableExists(catalog, call.table()));
            case CREATE_NAMESPACE -> {
                CreateNamespaceRequest request = call.sent(CreateNamespaceRequest.class);
                guard.requireName(request.namespace());
                yield change(catalog -> CatalogHandlers.createNamespace(catalog, request));
            }
            case UPDATE_NAMESPACE -> {
                UpdateNamespacePropertiesRequest request = call.sent(UpdateNamespacePropertiesRequest.class);
                yield change(catalog -> CatalogHandlers.updateNamespaceProperties(catalog, call.namespace(), request));
            }
            case DROP_NAMESPACE -> {
                guard.requireNotOwn(call.namespace());
                yield done(catalog -> CatalogHandlers.dropNamespace(catalog, call.namespace()));
            }
            case CREATE_TABLE -> create(call);
            case REGISTER_TABLE -> {
                RegisterTableRequest request = call.sent(RegisterTableRequest.class);
                guard.requireNotOwn(call.namespace());
                guard.requireName(call.namespace(), request.name());
                guard.requireInside(request.metadataLocation());
                yield change(catalog -> CatalogHandlers.registerTable(catalog, call.namespace(), request));
            }
            case UPDATE_TABLE -> {
                UpdateTableRequest request = call.sent(UpdateTableRequest.class);
                guard.requireName(call.table().namespace(), call.table().name());
                guard.require(request);
                yield change(catalog -> CatalogHandlers.updateTable(catalog, call.table(), request));
            }
            case DROP_TABLE -> {
                guard.requireNotOwn(call.namespace());
                // its files are left: nobody but the sweep deletes any, and it sweeps Tactus' own tables alone
                yield done(catalog -> CatalogHandlers.dropTable(catalog, call.table()));
            }
            case RENAME_TABLE -> {
                RenameTableRequest request = call.sent(RenameTableRequest.class);
                guard.requireNotOwn(request.source().namespace());
                guard.requireNotOwn(request.destination().namespace());
                guard.requireName(
                        request.destination().namespace(), request.destination().name());
                yield done(catalog -> CatalogHandlers.renameTable(catalog, request));
            }
            case COMMIT_TRANSACTION -> {
                CommitTransactionRequest request = call.sent(CommitTransactionRequest.class);
                request.tableChanges().forEach(guard::require);
                yield done(catalog -> request.tableChanges()
                        .forEach(one -> CatalogHandlers.updateTable(catalog, one.identifier(), one)));
            }
        };
    }

    private ConfigResponse config() {
        ConfigResponse.Builder response = ConfigResponse.builder();
        clients.forEach(response::withDefault);
        return response
                // the token is no OAuth token: there is nobody to renew it
                .withOverride("token-refresh-enabled", "false")
                .withEndpoints(CatalogRoute.told(writable))
                .build();
    }

    private static RESTResponse namespaces(JdbcCatalog catalog, CatalogCall call) {
        return call.pageSize()
                .map(size -> CatalogHandlers.listNamespaces(catalog, call.parent(), call.page(), size))
                .orElseGet(() -> CatalogHandlers.listNamespaces(catalog, call.parent()));
    }

    private static RESTResponse tables(JdbcCatalog catalog, CatalogCall call) {
        return call.pageSize()
                .map(size -> CatalogHandlers.listTables(catalog, call.namespace(), call.page(), size))
                .orElseGet(() -> CatalogHandlers.listTables(catalog, call.namespace()));
    }

    private Optional<RESTResponse> create(CatalogCall call) {
        CreateTableRequest request = call.sent(CreateTableRequest.class);
        guard.requireName(call.namespace());
        guard.require(request);
        return request.stageCreate()
                ? read(catalog -> CatalogHandlers.stageTableCreate(catalog, call.namespace(), request))
                : change(catalog -> CatalogHandlers.createTable(catalog, call.namespace(), request));
    }

    private Optional<RESTResponse> read(Function<JdbcCatalog, ? extends RESTResponse> reading) {
        return Optional.of(lake.offered(reading::apply));
    }

    private Optional<RESTResponse> look(Consumer<JdbcCatalog> look) {
        return lake.offered(catalog -> {
            look.accept(catalog);
            return Optional.empty();
        });
    }

    private Optional<RESTResponse> change(Function<JdbcCatalog, ? extends RESTResponse> change) {
        return Optional.of(lake.changedByOthers(change::apply));
    }

    private Optional<RESTResponse> done(Consumer<JdbcCatalog> change) {
        return lake.changedByOthers(catalog -> {
            change.accept(catalog);
            return Optional.empty();
        });
    }
}
