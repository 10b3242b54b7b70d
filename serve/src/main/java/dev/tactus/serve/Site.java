package dev.tactus.serve;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.api.ApiDocument;
import dev.tactus.serve.api.ApiJson;
import dev.tactus.serve.api.DetailApi;
import dev.tactus.serve.api.ListApi;
import dev.tactus.serve.api.ServeMetrics;
import dev.tactus.serve.http.AllowedHosts;
import dev.tactus.serve.http.PageHandler;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.http.PageRoutes;
import dev.tactus.serve.http.PageServer;
import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.lists.ServedLists;
import dev.tactus.serve.pages.DetailAnswer;
import dev.tactus.serve.pages.DetailPage;
import dev.tactus.serve.pages.ListPage;
import dev.tactus.serve.pages.PageTemplates;
import dev.tactus.serve.pages.PageTexts;
import dev.tactus.serve.pages.StaticFiles;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The pages and the API of one ledger, served.
///
/// ```java
/// try (Site site = Site.start(settings, runner)) {
///     print(site.address());
///     stopped.await();
/// }
/// ```
public final class Site implements AutoCloseable {
    private static final Set<String> WITH_DETAILS = Set.of("runs", "statements", "dead-letters", "periods");

    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-site-", 0).factory());
    private final AnswerCache answers;
    private final PageTemplates templates = new PageTemplates(PageTexts.english());
    private final ServeMetrics metrics;
    private final JsonNode document;
    private final PageServer server;

    private Site(ServeSettings settings, CommandRunner runner) throws IOException {
        answers = new AnswerCache(runner, new FileMark(settings.watched()), System::nanoTime, background);
        metrics = new ServeMetrics(
                () -> answers.read(listing("today").words()).body(),
                () -> answers.read(listing("runs").words()).body());
        document = ApiDocument.write(settings.version());
        server = PageServer.start(
                settings.listen(),
                new AllowedHosts(settings.listen().getAddress(), settings.hosts()),
                measured(this::answer, routes()));
    }

    /// Starts to listen.
    ///
    /// @param runner runs the commands that pages show
    /// @throws IOException if the address can't be listened on
    public static Site start(ServeSettings settings, CommandRunner runner) throws IOException {
        return new Site(settings, runner);
    }

    public InetSocketAddress address() {
        return server.address();
    }

    private PageRoutes routes() {
        PageRoutes routes = new PageRoutes()
                .get("/", _ -> PageResponse.seeOther("/today"))
                .get("/livez", _ -> PageResponse.of(200, PageResponse.TEXT, "ok\n"))
                .get("/readyz", _ -> ready())
                .get("/metrics", _ -> metrics.scrape())
                .get("/assets/*", request -> StaticFiles.get(PageRoutes.last(request)))
                .get(
                        "/api/openapi.json",
                        _ -> PageResponse.of(200, PageResponse.JSON, new JsonMapper().writeValueAsBytes(document)));
        for (ServedList listing : ServedLists.all()) {
            look(routes, "/" + listing.name(), new ListPage(listing, answers, templates));
            look(routes, "/api/v1/" + listing.name(), new ListApi(listing, answers));
            if (WITH_DETAILS.contains(listing.name())) {
                look(routes, "/" + listing.name() + "/*", new DetailPage(listing, answers, templates));
                look(routes, "/api/v1/" + listing.name() + "/*", new DetailApi(new DetailAnswer(listing, answers)));
            }
        }
        return routes;
    }

    private static void look(PageRoutes routes, String path, ViewHandler handler) {
        routes.get(path, request -> handler.handle(request, Viewer.nobody()));
    }

    private PageResponse ready() {
        CommandAnswer runs = answers.read(listing("runs").words());
        return runs.isResult()
                ? PageResponse.of(200, PageResponse.TEXT, "ready\n")
                : PageServer.problem(503, runs.error());
    }

    /// Problems look like what was asked for: a page, or JSON.
    private PageResponse answer(PageRequest request, PageHandler routes) throws IOException, InterruptedException {
        try {
            return routes.handle(request);
        } catch (PageProblem e) {
            String message = String.valueOf(e.getMessage());
            return request.isApi()
                    ? ApiJson.problem(e.status(), message)
                    : templates.page(
                            e.status(),
                            Viewer.nobody(),
                            "",
                            templates.texts().text("problem." + e.status()),
                            "notice",
                            Map.of(
                                    "title",
                                    templates.texts().text("problem." + e.status()),
                                    "message",
                                    message,
                                    "back",
                                    "/today"));
        }
    }

    @FunctionalInterface
    private interface Filter {
        PageResponse apply(PageRequest request, PageHandler inner) throws IOException, InterruptedException;
    }

    private PageHandler measured(Filter filter, PageHandler routes) {
        return request -> {
            long began = System.nanoTime();
            PageResponse response = filter.apply(request, routes);
            metrics.answered(request, response.status(), System.nanoTime() - began);
            return response;
        };
    }

    private static ServedList listing(String name) {
        return ServedLists.named(name).orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        background.shutdownNow();
        background.close();
    }
}
