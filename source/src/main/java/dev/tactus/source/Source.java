package dev.tactus.source;

import dev.tactus.http.ExponentialBackoff;
import dev.tactus.http.HttpTransport;
import dev.tactus.http.Sleeper;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Permit;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.auth.AccessTokens;
import dev.tactus.source.auth.Authentication;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.SourceFailure;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;

/// One DSP, used through its profile: requests are paced and retried, responses validated and mapped.
///
/// Thread-safe. Its methods block and are meant for virtual threads; an interrupt ends them with
/// `InterruptedException`. [SourceFailure] means that a run can't go on.
public final class Source implements AutoCloseable {
    private final SourceProfile profile;
    private final Permit.Issuer pacer;
    private final InstantSource clock;
    private final HttpTransport transport;
    private final Authentication auth;
    private final RestClient client;
    private final PagedCall paged;
    private final RequestCounters counters = new RequestCounters();
    private final CallBudget calls;
    private final UnknownFieldLog unknownFields;
    private final Optional<ResponseReader> resolving;
    private final Map<Dataset, ResponseReader> readers = new EnumMap<>(Dataset.class);

    /// @param settings the source
    /// @param pacer paces every request but those for tokens; not closed here
    /// @param ticker for the age of tokens
    /// @param clock for evidence and header dates
    /// @param random for jitter; need not be thread-safe
    public Source(
            SourceSettings settings, Permit.Issuer pacer, Ticker ticker, InstantSource clock, RandomGenerator random) {
        this(settings, pacer, ticker, clock, random, CallBudget.unlimited());
    }

    /// The same within a budget of calls.
    public Source(
            SourceSettings settings,
            Permit.Issuer pacer,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random,
            CallBudget calls) {
        this(settings, pacer, ticker, clock, random, calls, Thread::sleep);
    }

    Source(
            SourceSettings settings,
            Permit.Issuer pacer,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random,
            CallBudget calls,
            Sleeper sleeper) {
        this.profile = settings.profile();
        this.pacer = pacer;
        this.clock = clock;
        this.unknownFields = new UnknownFieldLog(settings.name());
        // one connection more, for tokens
        this.transport = new HttpTransport(settings.name(), settings.http(), settings.concurrency() + 1);
        ExponentialBackoff backoff = new ExponentialBackoff(
                settings.retry().first(), settings.retry().cap(), random);
        this.auth = new Authentication(settings, transport, backoff, sleeper, clock, ticker);
        this.client = new RestClient(
                settings, pacer, transport, auth, new RestClient.RetryTiming(backoff, sleeper, clock), counters, calls);
        this.paged = new PagedCall(client, auth);
        this.calls = calls;
        this.resolving = profile.resolves()
                ? Optional.of(new ResponseReader(profile.resolveEndpoint(), unknownFields))
                : Optional.empty();
        profile.datasets().forEach(set -> readers.put(set, new ResponseReader(profile.endpoint(set), unknownFields)));
    }

    /// Whether the budget of calls is spent, so that nothing more will come.
    public boolean outOfBudget() {
        return calls.spent();
    }

    /// Searches for the tracks of an ISRC.
    ///
    /// @throws IllegalStateException if the profile has no resolve step
    public ResolveResult resolve(Isrc isrc) throws InterruptedException {
        SourceEndpoint endpoint = profile.resolveEndpoint();
        return resolve(isrc, endpoint, endpoint.render(List.of(RequestedTrack.byIsrc(isrc)), today()));
    }

    /// Gets another page of the tracks of an ISRC.
    ///
    /// @param next as the page before named it
    public ResolveResult resolveMore(Isrc isrc, String next) throws InterruptedException {
        SourceEndpoint endpoint = profile.resolveEndpoint();
        return resolve(
                isrc,
                endpoint,
                endpoint.renderPage(List.of(RequestedTrack.byIsrc(isrc)), today(), auth.withoutSecrets(next)));
    }

    private ResolveResult resolve(Isrc isrc, SourceEndpoint endpoint, String request) throws InterruptedException {
        return switch (client.call(endpoint, request)) {
            case RequestOutcome.Content(var payload, RecordedExchange exchange, var link) ->
                resolving
                        .orElseThrow()
                        .resolve(
                                isrc,
                                payload,
                                exchange,
                                endpoint.nextPage(exchange.request(), payload, link.orElse(null)));
            case RequestOutcome.NotFound(RecordedExchange exchange) -> new ResolveResult.Empty(exchange);
            case RequestOutcome.Rejected(PayloadRejection rejection, RecordedExchange exchange) ->
                new ResolveResult.Rejected(List.of(rejection), exchange);
            case RequestOutcome.Parked parked ->
                new ResolveResult.Parked(parked.until(), parked.reason(), parked.detail());
        };
    }

    /// Fetches one dataset of as many tracks as a batch holds, or fewer.
    ///
    /// @param tracks at least one, each id once
    /// @param day the day of a daily dataset; ignored for the others
    /// @throws IllegalArgumentException if the source does not have the dataset, or the batch is empty or too large
    public FetchResult fetch(Dataset dataset, List<RequestedTrack> tracks, LocalDate day) throws InterruptedException {
        SourceEndpoint endpoint = profile.endpoint(dataset);
        requireBatch(endpoint, tracks);
        return switch (paged.call(endpoint, tracks, day)) {
            case RequestOutcome.Content content ->
                Objects.requireNonNull(readers.get(dataset)).fetch(tracks, day, content.payload(), content.exchange());
            case RequestOutcome.NotFound(RecordedExchange exchange) ->
                new FetchResult.Fetched(
                        tracks.stream()
                                .map(track -> new TrackResponse(track, new TrackOutcome.Missing()))
                                .toList(),
                        exchange);
            case RequestOutcome.Rejected(PayloadRejection rejection, RecordedExchange exchange) ->
                new FetchResult.Rejected(rejection, exchange);
            case RequestOutcome.Parked parked ->
                new FetchResult.Parked(parked.until(), parked.reason(), parked.detail());
        };
    }

    /// Reads a kept search response again, with the profile as it is now. Sends nothing.
    ///
    /// @throws IllegalStateException if the profile has no resolve step
    public ResolveResult reread(Isrc isrc, RecordedExchange kept) {
        ResponseReader reader =
                resolving.orElseThrow(() -> new IllegalStateException("the profile has no resolve step"));
        try {
            return reader.resolve(isrc, profile.resolveEndpoint().parse(kept.body()), kept);
        } catch (JacksonException e) {
            return new ResolveResult.Rejected(List.of(notJson(e)), kept);
        }
    }

    /// Reads a kept response again, with the profile as it is now. Sends nothing.
    ///
    /// @param tracks those of interest among the requested tracks
    public FetchResult reread(Dataset dataset, List<RequestedTrack> tracks, LocalDate day, RecordedExchange kept) {
        try {
            return Objects.requireNonNull(readers.get(dataset), () -> "no " + dataset.label())
                    .fetch(tracks, day, profile.endpoint(dataset).parse(kept.body()), kept);
        } catch (JacksonException e) {
            return new FetchResult.Rejected(notJson(e), kept);
        }
    }

    /// How its API speaks.
    public SourceProfile profile() {
        return profile;
    }

    /// What it did so far.
    public SourceReport report() {
        return counters.report(pacer.report());
    }

    /// Fields that no schema knows, each once as `endpoint: pointer pattern`, e.g. `/v1/search:
    /// /tracks/items/*/foo`.
    public Set<String> unknownFields() {
        return unknownFields.all();
    }

    /// Tries the credentials with one request, for a token or, where none is issued, to the API itself.
    ///
    /// @return what was tried, for a person
    /// @throws SourceFailure if the service doesn't accept them, or can't be asked
    public String checkCredentials() throws InterruptedException {
        if (!auth.present()) {
            return "no credentials needed";
        }
        if (auth.tokens().isPresent()
                && auth.tokens().get().current() instanceof AccessTokens.Unavailable unavailable) {
            throw notNow("no token for now: " + unavailable.detail());
        }
        if (profile.needsTokenUrl()) {
            return "token received";
        }
        String request = profile.checkRequest(today());
        return switch (client.call(new RestClient.Expected(request, "*/*", StrictJson::parse, _ -> true), request)) {
            case RequestOutcome.Parked parked -> throw notNow(parked.detail());
            case RequestOutcome.Content _, RequestOutcome.NotFound _, RequestOutcome.Rejected _ ->
                "credentials accepted";
        };
    }

    private SourceFailure notNow(String detail) {
        return new SourceFailure(SourceFailure.Kind.UNREACHABLE, detail + "; try again later");
    }

    @Override
    public void close() {
        transport.close();
    }

    private static PayloadRejection notJson(JacksonException e) {
        return new PayloadRejection("", "not_json", "the kept body can't be read: " + e.getOriginalMessage());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static void requireBatch(SourceEndpoint endpoint, List<RequestedTrack> tracks) {
        if (tracks.isEmpty() || tracks.size() > endpoint.batch()) {
            throw new IllegalArgumentException(
                    endpoint.name() + " takes 1 to " + endpoint.batch() + " tracks a request, not " + tracks.size());
        }
        if (tracks.stream().map(RequestedTrack::id).distinct().count() < tracks.size()) {
            throw new IllegalArgumentException(endpoint.name() + ": a track may stand in a request once");
        }
    }
}
