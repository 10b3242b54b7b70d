package dev.tactus.serve.signin;

import dev.tactus.limits.Ticker;
import dev.tactus.serve.http.FormData;
import dev.tactus.serve.http.PageHandler;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Lets those through who may, and nothing that another site sends in their name.
///
/// Forms carry a secret of the session, which another site can't read; besides, browsers say where a request comes
/// from. A program shows its token with each request, which no browser does unasked.
public final class PageGate {
    static final String COOKIE = "tactus_session";

    private final People people;
    private final SessionTable sessions;
    private final SignInLimit limit;

    /// One for these people.
    ///
    /// @param ticker for how often a token may be tried
    public PageGate(People people, InstantSource clock, Ticker ticker) {
        this.people = people;
        sessions = new SessionTable(clock);
        limit = new SignInLimit(ticker);
    }

    /// Answers a form.
    @FunctionalInterface
    public interface FormHandler {
        PageResponse handle(PageRequest request, FormData form, Viewer viewer) throws IOException, InterruptedException;
    }

    /// A page for those who may look.
    public PageHandler look(ViewHandler handler) {
        return request -> {
            Viewer viewer = viewer(request);
            if (viewer.person().isEmpty() && people.areConfigured()) {
                if (request.isApi() || !request.method().equals("GET")) {
                    throw new PageProblem(401, "show a token of serve: people, as Authorization: Bearer TOKEN");
                }
                return PageResponse.seeOther("/sign-in");
            }
            return handler.handle(request, viewer);
        };
    }

    /// A form for those who may do something.
    public PageHandler act(Role role, FormHandler handler) {
        return request -> {
            requireOwnSite(request);
            Viewer viewer = viewer(request);
            require(viewer, role);
            try (FormData form = FormData.read(request)) {
                if (!isBearer(request) && !viewer.csrf().equals(form.text("csrf"))) {
                    throw new PageProblem(403, "this form is of another session: open the page again");
                }
                return handler.handle(request, form, viewer);
            }
        };
    }

    /// Lets somebody go on who may do that.
    ///
    /// @throws PageProblem if they may not
    public static void require(Viewer viewer, Role role) {
        if (viewer.person().isEmpty()) {
            throw new PageProblem(
                    401,
                    "sign in first; where nobody can yet, tactus serve prints a link at its start that sets up the first person");
        }
        if (!viewer.may(role)) {
            throw new PageProblem(
                    403,
                    viewer.name().orElse("") + " may not do that: it takes the role " + role.label()
                            + " under serve: people");
        }
    }

    /// Who asks.
    public Viewer viewer(PageRequest request) {
        Optional<String> token = bearer(request);
        if (token.isPresent()) {
            Optional<Person> owner = people.owner(token.get());
            if (owner.isEmpty()) {
                limit.attempt(request.address());
                throw new PageProblem(401, "this token is nobody's under serve: people");
            }
            return new Viewer(owner, "");
        }
        return request.cookie(COOKIE)
                .flatMap(sessions::find)
                .flatMap(session -> people.byDigest(session.tokenSha256())
                        .map(person -> new Viewer(Optional.of(person), session.csrf())))
                .orElseGet(Viewer::nobody);
    }

    /// Takes a token and begins a session.
    public PageResponse signIn(PageRequest request) throws IOException {
        requireOwnSite(request);
        try (FormData form = FormData.read(request)) {
            limit.attempt(request.address());
            Person person = people.owner(form.text("token"))
                    .orElseThrow(() -> new PageProblem(403, "this token is nobody's; try again"));
            return begin(person.tokenSha256());
        }
    }

    public PageResponse signOut(PageRequest request) {
        request.cookie(COOKIE).ifPresent(sessions::end);
        return PageResponse.seeOther("/today")
                .with("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    /// Counts an attempt to guess something.
    void attempt(PageRequest request) {
        limit.attempt(request.address());
    }

    String secret() {
        return sessions.secret();
    }

    PageResponse begin(String tokenSha256) {
        return PageResponse.seeOther("/today")
                .with("Set-Cookie", COOKIE + "=" + sessions.begin(tokenSha256) + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /// Refuses what a browser says comes from another site.
    static void requireOwnSite(PageRequest request) {
        boolean other = request.header("sec-fetch-site")
                        .filter(site -> !Set.of("same-origin", "none").contains(site))
                        .isPresent()
                || request.header("origin")
                        .filter(origin -> !isOwn(origin, request.header("host").orElse("")))
                        .isPresent();
        if (other) {
            throw new PageProblem(403, "this form was sent by another site");
        }
    }

    private static boolean isOwn(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isBearer(PageRequest request) {
        return bearer(request).isPresent();
    }

    private static Optional<String> bearer(PageRequest request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }
}
