package dev.tactus.serve;

import dev.tactus.limits.Ticker;
import dev.tactus.serve.actions.ActionForm;
import dev.tactus.serve.actions.ActionForms;
import dev.tactus.serve.actions.ActionPage;
import dev.tactus.serve.actions.MatchPage;
import dev.tactus.serve.actions.StatementDrop;
import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.api.ApiDocument;
import dev.tactus.serve.api.ApiJson;
import dev.tactus.serve.api.DetailApi;
import dev.tactus.serve.api.ListApi;
import dev.tactus.serve.api.ServeMetrics;
import dev.tactus.serve.events.EventApi;
import dev.tactus.serve.events.EventLog;
import dev.tactus.serve.events.EventWatcher;
import dev.tactus.serve.http.AllowedHosts;
import dev.tactus.serve.http.FormData;
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
import dev.tactus.serve.pages.ExplainPage;
import dev.tactus.serve.pages.ListPage;
import dev.tactus.serve.pages.PageTemplates;
import dev.tactus.serve.pages.PageTexts;
import dev.tactus.serve.pages.StaticFiles;
import dev.tactus.serve.schedule.JobScheduler;
import dev.tactus.serve.signin.FirstLink;
import dev.tactus.serve.signin.PageGate;
import dev.tactus.serve.signin.People;
import dev.tactus.serve.signin.Role;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final CommandRunner runner;
    private final SiteState state;
    private final People people;
    private final PageGate gate;
    private final FirstLink first;
    private final StatementDrop drop;
    private final EventLog events;
    private final EventWatcher watcher;
    private final JobScheduler jobs;
    private final PageServer server;

    private Site(ServeSettings settings, CommandRunner runner, SiteState state) throws IOException {
        this.runner = runner;
        this.state = state;
        people = new People(settings.people(), state);
        gate = new PageGate(people, state.clock(), Ticker.system());
        first = new FirstLink(people, state, gate, settings.folder().resolve("serve-token"));
        drop = new StatementDrop(settings.folder().resolve("serve-waiting"), runner, state, templates);
        events = new EventLog(state);
        jobs = new JobScheduler(settings.jobs(), runner, state, this::ended);
        FileMark read = new FileMark(settings.watched(), settings.change());
        FileMark own = new FileMark(
                List.of(settings.folder().resolve("serve.db"), settings.folder().resolve("serve.db-wal")), () -> "");
        answers = new AnswerCache(
                new OwnLists(runner, jobs, events),
                words -> OwnLists.areMeant(words) ? own.get() : read.get(),
                System::nanoTime,
                background);
        watcher = new EventWatcher(
                state, events, words -> answers.read(List.of(words.split(" ", -1))), read, settings.receivers());
        metrics = new ServeMetrics(
                () -> answers.read(listing("today").words()).body(),
                () -> answers.read(listing("runs").words()).body(),
                settings.workers());
        document = ApiDocument.write(settings.version());
        server = PageServer.start(
                settings.listen(),
                new AllowedHosts(settings.listen().getAddress(), settings.hosts()),
                measured(this::answer, routes()));
        watcher.start();
        jobs.start();
        // what is looked at first takes longest: it is there by the time somebody looks
        background.execute(() -> answers.read(listing("today").words()));
    }

    private void ended(String job, int exit) {
        metrics.ended(job, exit);
    }

    /// Starts to listen.
    ///
    /// @param runner runs the commands that pages show
    /// @throws IOException if the address can't be listened on
    public static Site start(ServeSettings settings, CommandRunner runner, InstantSource clock) throws IOException {
        SiteState state = SiteState.open(settings.folder().resolve("serve.db"), clock);
        boolean started = false;
        try {
            Site site = new Site(settings, runner, state);
            started = true;
            return site;
        } finally {
            if (!started) {
                state.close();
            }
        }
    }

    /// The path of the link that sets up the first person, to be shown once; empty where somebody can sign in.
    public Optional<String> firstLink() {
        return first.path();
    }

    public InetSocketAddress address() {
        return server.address();
    }

    private PageRoutes routes() {
        PageRoutes routes = new PageRoutes()
                .get("/", _ -> PageResponse.seeOther("/today"))
                .get("/livez", _ -> PageResponse.of(200, PageResponse.TEXT, "ok\n"))
                .get("/readyz", _ -> ready())
                .get("/metrics", this::figures)
                .get("/sign-in", request -> signIn(gate.viewer(request)))
                .post("/sign-in", gate::signIn)
                .post("/sign-out", gate.act(Role.LOOK, (request, _, _) -> gate.signOut(request)))
                .get("/first", this::first)
                .post("/first", first::setUp)
                .get("/assets/*", request -> StaticFiles.get(PageRoutes.last(request)))
                .get(
                        "/api/openapi.json",
                        _ -> PageResponse.of(200, PageResponse.JSON, new JsonMapper().writeValueAsBytes(document)));
        for (ServedList listing : ServedLists.all()) {
            look(routes, "/" + listing.name(), new ListPage(listing, answers, templates));
            if (!listing.words().equals(ServedLists.EVENTS)) {
                look(routes, "/api/v1/" + listing.name(), new ListApi(listing, answers));
            }
            if (WITH_DETAILS.contains(listing.name())) {
                look(routes, "/" + listing.name() + "/*", new DetailPage(listing, answers, templates));
                look(routes, "/api/v1/" + listing.name() + "/*", new DetailApi(new DetailAnswer(listing, answers)));
            }
        }
        look(routes, "/explain", new ExplainPage(answers, templates));
        look(routes, "/api/v1/events", new EventApi(events));
        actions(routes);
        return routes;
    }

    private void look(PageRoutes routes, String path, ViewHandler handler) {
        routes.get(path, gate.look(handler));
    }

    private void actions(PageRoutes routes) {
        for (ActionForm form : ActionForms.all()) {
            ActionPage page = new ActionPage(form, runner, state, templates);
            look(routes, "/do/" + form.name(), page::ask);
            routes.post("/do/" + form.name(), gate.act(form.role(), page::act));
        }
        routes.post("/do/match", gate.act(Role.DECIDE, new MatchPage(runner, state, templates)::act));
        ActionForm start = ActionForms.startJob();
        look(routes, "/do/start-job", new ActionPage(start, runner, state, templates)::ask);
        routes.post("/do/start-job", gate.act(start.role(), this::startJob));
        look(routes, "/do/import", drop::ask);
        routes.post("/do/import", gate.act(Role.DECIDE, drop::check));
        routes.post("/do/import-decided", gate.act(Role.DECIDE, drop::decide));
    }

    private PageResponse startJob(PageRequest request, FormData sent, Viewer viewer) {
        String job = sent.text("job");
        if (!jobs.ask(job, viewer.name().orElse(""))) {
            throw new PageProblem(404, "there is no job " + job);
        }
        state.acted(viewer.name().orElse(""), "start " + job, 0);
        return PageResponse.seeOther("/schedule");
    }

    private PageResponse signIn(Viewer viewer) {
        String title = templates.texts().text("sign_in.title");
        return templates.page(200, viewer, "", title, "sign-in", Map.of("nobody", people.isNobody()));
    }

    private PageResponse first(PageRequest request) {
        String key = request.asked("key").orElse("");
        first.require(request, key);
        return templates.page(
                200,
                Viewer.nobody(),
                "",
                templates.texts().text("first.title"),
                "first",
                Map.of("key", key, "file", first.tokenFile().toString()));
    }

    /// Figures name sources and jobs: where people are configured they are for this machine, or for whoever signs in.
    private PageResponse figures(PageRequest request) throws IOException {
        boolean here = InetAddress.getByName(request.address()).isLoopbackAddress();
        if (!here && people.areConfigured()) {
            PageGate.require(gate.viewer(request), Role.LOOK);
        }
        return metrics.scrape();
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
        jobs.close();
        watcher.close();
        server.close();
        background.shutdownNow();
        background.close();
        state.close();
    }
}
