package dev.tactus.source;

import static dev.tactus.source.SourceFixture.isrc;
import static dev.tactus.source.SourceFixture.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.http.HttpSettings;
import dev.tactus.music.Dataset;
import dev.tactus.source.FakeDsp.Reply;
import dev.tactus.source.FakeDsp.Request;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.ParkReason;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.SourceFailure;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest {

    private static final Reply SEARCH = Reply.json(SpotifyPayloads.search(SpotifyPayloads.track(1)));
    private static final Reply THROTTLED = new Reply(429, "{\"error\":{\"status\":429}}", Map.of("Retry-After", "0"));

    @Test
    void asksAsTheProfileSaysWithAToken() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> request.target().startsWith("/v1/search")
                        ? SEARCH
                        : Reply.json(SpotifyPayloads.day(
                                SpotifyPayloads.streams(1, SpotifyPayloads.count("US", 5)),
                                SpotifyPayloads.streams(2))));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);
            var fetched = (FetchResult.Fetched)
                    setup.source.fetch(Dataset.STREAMS, List.of(ref(1), ref(2)), SourceFixture.DAY);

            assertThat(dsp.targets())
                    .containsExactly(
                            "/v1/search?q=isrc:USAAA2600001&type=track&limit=50",
                            "/v1/streams?ids=id1,id2&date=2026-11-20");
            assertThat(dsp.requests).extracting(Request::authorization).containsOnly("Bearer token-1");
            assertThat(fetched.exchange().request()).isEqualTo("/v1/streams?ids=id1,id2&date=2026-11-20");
            assertThat(fetched.exchange().endpoint()).isEqualTo("/v1/streams");
            assertThat(fetched.exchange().fetchedAt()).isEqualTo(SourceFixture.NOW);
            assertThat(fetched.exchange().sha256())
                    .isEqualTo(Sha256.of(fetched.exchange().body()).hex());
            assertThat(dsp.tokens).hasValue(1);
            assertThat(setup.source.report().requests()).isEqualTo(2);
        }
    }

    @Test
    void refusesABatchThatIsTooLarge() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            List<RequestedTrack> many = new ArrayList<>();
            for (int i = 0; i < 51; i++) {
                many.add(ref(i));
            }
            assertThatThrownBy(() -> setup.source.fetch(Dataset.STREAMS, many, SourceFixture.DAY))
                    .hasMessageContaining("/v1/streams takes 1 to 50 tracks a request, not 51");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408})
    void triesAgainWhatIsWorthIt(int status) throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> request.number() < 3 ? Reply.status(status, "oops") : SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);

            assertThat(setup.source.report().requests()).isEqualTo(3);
            assertThat(setup.source.report().retried()).isEqualTo(2);
            assertThat(setup.slept).hasSize(2);
            assertThat(setup.slept.get(0)).isBetween(Duration.ZERO, Duration.ofMillis(500));
            assertThat(setup.slept.get(1)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Test
    void triesAgainWhatIsNotJson() throws Exception {
        try (FakeDsp dsp =
                        new FakeDsp(request -> request.number() < 3 ? Reply.json("{\"tracks\":{\"items\":[") : SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);
        }
    }

    @Test
    void setsAsideWhatIsNeverJsonOnceTheApiHasBeenSeen() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> request.number() == 1 ? SEARCH : Reply.json("{broken"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            setup.source.resolve(isrc(1));

            assertThat(setup.source.resolve(isrc(1))).isInstanceOfSatisfying(ResolveResult.Rejected.class, rejected -> {
                assertThat(rejected.rejections())
                        .singleElement()
                        .extracting(PayloadRejection::reason)
                        .isEqualTo("not_json");
                assertThat(rejected.exchange().body()).asString().isEqualTo("{broken");
            });
            assertThat(setup.source.report().requests()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"status\":503,\"message\":\"Service unavailable\"}}",
                "{\"error\":{\"status\":\"500\"}}",
                "{\"status\":502,\"message\":\"Bad gateway\"}",
                "{\"errors\":[{\"code\":504}]}",
                "{\"error\":\"server_error\"}",
                "{\"message\":\"Internal server error\"}"
            })
    void triesAgainAnErrorThatComesWithStatus200(String body) throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> request.number() < 3 ? Reply.json(body) : SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);
            assertThat(setup.source.report().retried()).isEqualTo(2);
        }
    }

    @Test
    void parksWhatAnErrorOfTheServerWithStatus200NeverLeaves() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.json("{\"error\":{\"status\":500}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.fetch(Dataset.STREAMS, List.of(ref(1)), SourceFixture.DAY))
                    .isInstanceOfSatisfying(
                            FetchResult.Parked.class,
                            parked -> assertThat(parked.reason()).isEqualTo(ParkReason.RETRIES_SPENT));
            assertThat(setup.source.report().requests()).isEqualTo(6);
        }
    }

    @Test
    void setsAsideAnErrorOfNoKnownKindThatStays() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.json("{\"error\":\"no such luck\"}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.fetch(Dataset.STREAMS, List.of(ref(1)), SourceFixture.DAY))
                    .isInstanceOfSatisfying(FetchResult.Rejected.class, rejected -> {
                        assertThat(rejected.rejection().reason()).isEqualTo("error_answer");
                        assertThat(rejected.rejection().detail()).contains("no such luck", "tried 6 times");
                    });
        }
    }

    @Test
    void countsARefusalThatAProfileDoesNotKnow() throws Exception {
        Reply refused = new Reply(
                200, "{\"errors\":[{\"status\":429,\"message\":\"slow down\"}]}", Map.of("Retry-After", "86400"));
        try (FakeDsp dsp = new FakeDsp(request -> refused);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1)))
                    .isInstanceOfSatisfying(
                            ResolveResult.Parked.class,
                            parked -> assertThat(parked.reason()).isEqualTo(ParkReason.PENALTY));
            assertThat(setup.source.report().throttled()).isEqualTo(1);
        }
    }

    @Test
    void takesAPayloadWithAFieldCalledErrorForAPayload() throws Exception {
        String partly = SpotifyPayloads.day(SpotifyPayloads.streams(1, SpotifyPayloads.count("US", 5)))
                .replaceFirst("\\{", "{\"errors\":[{\"message\":\"one territory is late\"}],");
        try (FakeDsp dsp = new FakeDsp(request -> Reply.json(partly));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.fetch(Dataset.STREAMS, List.of(ref(1)), SourceFixture.DAY))
                    .isInstanceOf(FetchResult.Fetched.class);
        }
    }

    @Test
    void doesNotAskAgainForAFieldThatComesTwice() throws Exception {
        String doubled = SpotifyPayloads.day(SpotifyPayloads.streams(1, SpotifyPayloads.count("US", 5)))
                .replaceFirst("\"status\"", "\"isrc\":\"X\",\"status\"");
        try (FakeDsp dsp = new FakeDsp(request -> Reply.json(doubled));
                SourceFixture setup = new SourceFixture("deezer", dsp.base())) {
            assertThat(setup.source.fetch(Dataset.TRACKS, List.of(RequestedTrack.byIsrc(isrc(1))), SourceFixture.DAY))
                    .isInstanceOf(FetchResult.Rejected.class);
            assertThat(setup.source.report().requests()).isEqualTo(1);
        }
    }

    @Test
    void parksACallThatSpentItsTries() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(500, "{\"error\":{\"status\":500}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOfSatisfying(ResolveResult.Parked.class, parked -> {
                assertThat(parked.reason()).isEqualTo(ParkReason.RETRIES_SPENT);
                assertThat(parked.until()).isEqualTo(SourceFixture.NOW.plusSeconds(60));
                assertThat(parked.detail()).contains("/v1/search?q=isrc:USAAA2600001", "6 times", "HTTP 500");
            });
        }
    }

    @Test
    void endsAnOutageWithinTheRetryBudget() throws Exception {
        RetrySettings retry =
                new RetrySettings(6, Duration.ofMillis(1), Duration.ofSeconds(1), 0.1, 5, 10, Duration.ofMinutes(1));
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(500, "{}"));
                SourceFixture setup =
                        new SourceFixture("spotify-for-artists", dsp.base(), retry, HttpSettings.defaults())) {
            for (int i = 0; i < 100; i++) {
                assertThat(setup.source.resolve(isrc(i))).isInstanceOf(ResolveResult.Parked.class);
            }
            assertThat(setup.source.report().retried()).isEqualTo(15);
            assertThat(setup.source.report().requests()).isEqualTo(115);
        }
    }

    @Test
    void parksACallThatIsThrottledAgainAndAgain() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> THROTTLED);
                SourceFixture setup = new SourceFixture(
                        "spotify-for-artists",
                        dsp.base(),
                        new RetrySettings(
                                2, Duration.ofMillis(1), Duration.ofSeconds(1), 0.1, 5, 2, Duration.ofMinutes(1)),
                        HttpSettings.defaults())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Parked.class);
            assertThat(setup.source.report().throttled()).isBetween(1L, 2L);
        }
    }

    @Test
    void parksWhatALongPenaltyIsPutOn() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> new Reply(429, "", Map.of("Retry-After", "86400")));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1)))
                    .isInstanceOfSatisfying(
                            ResolveResult.Parked.class,
                            parked -> assertThat(parked.reason()).isEqualTo(ParkReason.PENALTY));
            assertThat(setup.source.resolve(isrc(2))).isInstanceOf(ResolveResult.Parked.class);
            assertThat(setup.source.report().requests()).isEqualTo(1);
            assertThat(setup.source.report().throttled()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 422, 302})
    void doesNotTryAgainWhatIsUseless(int status) throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(status, "{\"error\":{\"message\":\"no\"}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.fetch(Dataset.STREAMS, List.of(ref(1)), SourceFixture.DAY))
                    .isInstanceOfSatisfying(
                            FetchResult.Rejected.class,
                            rejected ->
                                    assertThat(rejected.rejection().reason()).isEqualTo("http_" + status));
            assertThat(setup.source.report().requests()).isEqualTo(1);
        }
    }

    @Test
    void takesTheApisOwnNotFoundAsNothingFound() throws Exception {
        try (FakeDsp dsp = new FakeDsp(
                        request -> Reply.status(404, "{\"error\":{\"status\":404,\"message\":\"Not found\"}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Empty.class);
            var fetched = (FetchResult.Fetched) setup.source.fetch(Dataset.STREAMS, List.of(ref(1)), SourceFixture.DAY);
            assertThat(fetched.tracks()).containsExactly(new TrackResponse(ref(1), new TrackOutcome.Missing()));
        }
    }

    @Test
    void failsWhereSomethingElseThanTheApiAnswers() throws Exception {
        for (Function<Request, Reply> other : List.<Function<Request, Reply>>of(
                request -> Reply.status(404, "<html>nginx</html>"),
                request -> Reply.status(200, "<html>Welcome</html>"),
                request -> Reply.status(200, ""))) {
            try (FakeDsp dsp = new FakeDsp(other);
                    SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
                assertThatThrownBy(() -> setup.source.resolve(isrc(1)))
                        .isInstanceOfSatisfying(
                                SourceFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(SourceFailure.Kind.NOT_THE_API))
                        .hasMessageContainingAll("source spotify:", "check base_url");
            }
        }
    }

    @Test
    void failsWhereNothingAnswers() throws Exception {
        URI base;
        try (FakeDsp dsp = new FakeDsp(request -> SEARCH)) {
            base = dsp.base();
        }
        try (SourceFixture setup = new SourceFixture("deezer", base)) {
            assertThatThrownBy(() -> setup.source.fetch(
                            Dataset.TRACKS, List.of(RequestedTrack.byIsrc(isrc(1))), SourceFixture.DAY))
                    .isInstanceOfSatisfying(
                            SourceFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(SourceFailure.Kind.UNREACHABLE))
                    .hasMessageContainingAll("nothing responds at " + base, "refused", "6 times");
        }
        try (SourceFixture setup = new SourceFixture("spotify-for-artists", base)) {
            assertThatThrownBy(() -> setup.source.checkCredentials()).hasMessageContaining("check token_url");
        }
    }

    @Test
    void failsWhereTheCallIsForbidden() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(403, "{\"error\":{\"status\":403}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThatThrownBy(() -> setup.source.resolve(isrc(1)))
                    .isInstanceOf(SourceFailure.class)
                    .hasMessageContaining("forbidden");
        }
    }

    @Test
    void failsOnWrongCredentialsWithoutShowingTheSecret() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            dsp.onToken = number -> Reply.status(400, "{\"error\":\"invalid_client\"}");

            assertThatThrownBy(setup.source::checkCredentials)
                    .isInstanceOfSatisfying(
                            SourceFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(SourceFailure.Kind.WRONG_CREDENTIALS))
                    .hasMessageContainingAll("invalid_client", "client_id label")
                    .hasMessageNotContaining("very-secret");
            assertThat(SourceFixture.CREDENTIALS.toString()).doesNotContain("very-secret");
        }
    }

    @Test
    void renewsATokenOnceForAllCallersThatFindItExpired() throws Exception {
        try (FakeDsp dsp =
                        new FakeDsp(request -> request.authorization().equals("Bearer token-1") && request.number() > 1
                                ? Reply.status(401, "{\"error\":{\"status\":401}}")
                                : SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            setup.source.resolve(isrc(1));
            List<Future<ResolveResult>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                results.add(callers.submit(() -> setup.source.resolve(isrc(1))));
            }
            for (Future<ResolveResult> result : results) {
                assertThat(result.get()).isInstanceOf(ResolveResult.Found.class);
            }
            assertThat(dsp.tokens).hasValue(2);
        }
    }

    @Test
    void renewsATokenBeforeItExpires() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            setup.source.resolve(isrc(1));
            setup.nanos.addAndGet(Duration.ofSeconds(3539).toNanos());
            setup.source.resolve(isrc(1));
            assertThat(dsp.tokens).hasValue(1);
            setup.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            setup.source.resolve(isrc(1));
            assertThat(dsp.tokens).hasValue(2);
            assertThat(dsp.requests).extracting(Request::authorization).last().isEqualTo("Bearer token-2");
        }
    }

    @Test
    void keepsATokenThatHoldsWhileTheTokenEndpointIsAway() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> SEARCH);
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            setup.source.resolve(isrc(1));
            dsp.onToken = number -> Reply.status(503, "");
            setup.nanos.addAndGet(Duration.ofSeconds(3550).toNanos());
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);
            setup.nanos.addAndGet(Duration.ofSeconds(100).toNanos());
            assertThat(setup.source.resolve(isrc(1)))
                    .isInstanceOfSatisfying(
                            ResolveResult.Parked.class,
                            parked -> assertThat(parked.detail()).contains("token endpoint"));
        }
    }

    @Test
    void failsWhereFreshTokensAreNotTaken() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(401, "{\"error\":{\"status\":401}}"));
                SourceFixture setup = new SourceFixture("spotify-for-artists", dsp.base())) {
            assertThatThrownBy(() -> setup.source.resolve(isrc(1)))
                    .isInstanceOfSatisfying(
                            SourceFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(SourceFailure.Kind.WRONG_CREDENTIALS));
            assertThat(dsp.requests).hasSize(2);
        }
    }

    @Test
    void countsDisguisedRefusals() throws Exception {
        Reply quota =
                Reply.json("{\"error\":{\"type\":\"Exception\",\"message\":\"Quota limit exceeded\",\"code\":4}}");
        Reply none = Reply.json("{\"error\":{\"type\":\"DataException\",\"message\":\"no data\",\"code\":800}}");
        RetrySettings once =
                new RetrySettings(1, Duration.ofMillis(1), Duration.ofSeconds(1), 0, 0, 1, Duration.ofMinutes(1));
        try (FakeDsp dsp = new FakeDsp(request -> request.number() == 1 ? none : quota);
                SourceFixture setup = new SourceFixture("deezer", dsp.base(), once, HttpSettings.defaults())) {
            RequestedTrack track = RequestedTrack.byIsrc(isrc(1));
            assertThat(((FetchResult.Fetched) setup.source.fetch(Dataset.TRACKS, List.of(track), SourceFixture.DAY))
                            .tracks())
                    .containsExactly(new TrackResponse(track, new TrackOutcome.Missing()));
            assertThat(dsp.targets()).containsExactly("/track/isrc:USAAA2600001");
            assertThat(setup.source.report().throttled()).isZero();

            assertThat(setup.source.fetch(Dataset.TRACKS, List.of(track), SourceFixture.DAY))
                    .isInstanceOf(FetchResult.Parked.class);
            assertThat(setup.source.report().throttled()).isEqualTo(1);
        }
    }
}
