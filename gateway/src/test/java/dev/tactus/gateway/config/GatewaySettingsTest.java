package dev.tactus.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.Upstream;
import dev.tactus.gateway.quota.CostRule;
import dev.tactus.gateway.quota.LimitAlgorithm;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.PacerLimits;
import dev.tactus.gateway.quota.QuotaPartition;
import dev.tactus.gateway.quota.RoutePattern;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.webhook.WebhookSigner;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
    private static final String HASH = "e".repeat(64);
    private static final String DOCUMENTED = """
        listen: 127.0.0.1:8080
        admin: 127.0.0.1:8081             # /livez /readyz /metrics open
        state: ./gateway.db               # usage, violations, learned ceilings
        upstream: http://127.0.0.1:9000
        mode: enforce                     # or pace
        identify: {header: X-Api-Key}
        dialect: sonos                    # standard (default), sonos, x-ratelimit, opaque
        limits:
          - {name: quota, permits: 1000, window: 60s, kind: fixed}
          - {name: spike, permits: 100, window: 1s, kind: sliding}
          - {name: search, permits: 30, window: 60s, match: {path: /v1/search, methods: [GET]}, cost: 1, shadow: true}
        applications:
          - {id: radio, key_sha256: ["%s"]}
          - {id: big-partner, key_sha256: ["%s"], contact: "https://partner.example/hook", limits: [{name: quota, permits: 5000, window: 60s}]}
        unknown_applications: reject
        timeouts: {connect: 2s, headers: 10s, idle: 60s, request: 60s}
        violations: {regular: "20%% refused on 3 of 7 days", grace: 14d, restrict_to: 50%%, revoke_after: 30d}
        """.formatted(HASH, "f".repeat(64));

    @TempDir
    Path folder;

    @Test
    void readsEveryDocumentedKey() throws Exception {
        GatewaySettings settings = read(DOCUMENTED);
        assertThat(settings.listen().getPort()).isEqualTo(8080);
        assertThat(settings.admin().orElseThrow().getPort()).isEqualTo(8081);
        assertThat(settings.state()).isEqualTo(folder.resolve("gateway.db"));
        assertThat(settings.upstream())
                .isEqualTo(new Upstream(false, "127.0.0.1", 9000, "", Optional.empty(), true, Optional.empty()));
        assertThat(settings.mode()).isEqualTo(GatewayMode.ENFORCE);
        assertThat(settings.identify()).isEqualTo(new IdentificationMethod.Header("X-Api-Key"));
        assertThat(settings.dialect()).isEqualTo(RateLimitDialect.SONOS);
        assertThat(settings.limits()).extracting(LimitSettings::name).containsExactly("quota", "spike", "search");
        assertThat(settings.limits().get(0).kind()).isEqualTo(LimitAlgorithm.FIXED);
        assertThat(settings.limits().get(2).match()).isEqualTo(new RoutePattern("/v1/search", Set.of("GET")));
        assertThat(settings.limits().get(2).shadow()).isTrue();
        assertThat(settings.unknown()).isEqualTo(new UnknownApplications.Rejected());
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.violations())
                .contains(new ViolationSettings(
                        new BigDecimal("0.20"),
                        3,
                        7,
                        Duration.ofDays(14),
                        new BigDecimal("0.50"),
                        Duration.ofDays(30)));
    }

    @Test
    void anApplicationsLimitReplacesWhatItSaysOfTheCommonOneOfItsName() throws Exception {
        ApplicationSettings partner = read(DOCUMENTED).applications().get(1);
        assertThat(partner.limits()).extracting(LimitSettings::name).containsExactly("quota", "spike", "search");
        assertThat(partner.limits().getFirst().permits()).isEqualTo(5000);
        assertThat(partner.limits().getFirst().kind()).isEqualTo(LimitAlgorithm.FIXED);
    }

    @Test
    void withoutApplicationsEverybodyIsHeldToTheLimits() throws Exception {
        GatewaySettings settings = read("""
            listen: "[::1]:0"
            upstream: https://api.example.com/base/
            limits: [{name: quota, permits: 10, window: 1s}]
            """);
        assertThat(settings.unknown()).isEqualTo(new UnknownApplications.Limited(settings.limits()));
        assertThat(settings.upstream().path()).isEqualTo("/base");
        assertThat(settings.upstream().authority()).isEqualTo("api.example.com");
    }

    @Test
    void readsTheWaysToIdentify() throws Exception {
        Files.writeString(folder.resolve("jwks.json"), "{}");
        assertThat(identified("{jwt_claim: client_id, keys: jwks.json}").identify())
                .isEqualTo(new IdentificationMethod.JwtClaim("client_id", Optional.of(folder.resolve("jwks.json"))));
        assertThat(identified("{bearer: true}").identify()).isEqualTo(new IdentificationMethod.Bearer());
        GatewaySettings byAddress = identified("{address: true, trusted_proxies: [10.0.0.0/8, \"2001:db8::/32\"]}");
        assertThat(byAddress.identify()).isEqualTo(new IdentificationMethod.Address());
        assertThat(byAddress.trustedProxies())
                .isEqualTo(List.of(CidrBlock.parse("10.0.0.0/8"), CidrBlock.parse("2001:db8::/32")));
    }

    @Test
    void readsCostsOfRoutes() throws Exception {
        GatewaySettings settings = read("""
            listen: 127.0.0.1:0
            upstream: http://localhost:1
            limits: [{name: quota, permits: 10, window: 1s, costs: [{path: /export, methods: [post], cost: 5}]}]
            """);
        assertThat(settings.limits().getFirst().costs())
                .containsExactly(new CostRule(new RoutePattern("/export", Set.of("POST")), 5));
    }

    @Test
    void atMostNineteenTwentiethsAreLeftToOthers() throws IOException {
        String paced = "listen: 127.0.0.1:0\nupstream: http://127.0.0.1:9\nmode: pace\nleave: ";
        assertThat(read(paced + "95%").waiting().leave()).isEqualTo(0.95);
        assertThatThrownBy(() -> read(paced + "96%"))
                .hasMessageContaining(":4: leave: at most 95% can be left to others, found 96%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mode: enforce                     | mode: enforced  | :5: mode: "enforced" is not known; one of enforce, pace
        dialect: sonos                    | dialect: kong   | :7: dialect: "kong" is not known; one of standard, sonos, x-ratelimit, opaque
        listen: 127.0.0.1:8080            | listen: 8080    | :1: listen: expected an address and a port, such as 127.0.0.1:8080
        listen: 127.0.0.1:8080            | lisen: :80      | :1: lisen: this key is not known; did you mean "listen"?
        upstream: http://127.0.0.1:9000   | upstream: ftp   | :4: upstream: expected an address such as https://
        upstream: http://127.0.0.1:9000   | state: a.db     | :4: state: this key stands here a second time
        identify: {header: X-Api-Key}     | identify: {header: a, bearer: true} | :6: identify: expected exactly one of header, jwt_claim, bearer, certificate, address, found header and bearer
        identify: {header: X-Api-Key}     | identify: {address: true, trusted_proxies: [10.0.0.1/8]} | :6: identify.trusted_proxies[0]: "10.0.0.1/8" has bits set beyond its prefix
        permits: 1000, window: 60s        | permits: 0, window: 60s | :9: limits[0].permits: expected a whole number from 1 to
        kind: fixed}                      | kind: fix}      | :9: limits[0].kind: "fix" is not known; one of sliding, fixed
        kind: fixed}                      | burst: 5}       | :9: limits[0].burst: burst is for kind: bucket only
        name: spike                       | name: quota     | :10: limits[1]: duplicate limit name quota
        cost: 1                           | cost: 31        | :11: limits[2]: a request with cost 31 can never pass a limit of 30
        path: /v1/search                  | path: v1        | :11: limits[2].match: "v1" is not a path; it starts with /
        dialect: sonos                    | leave: 30%      | :7: leave: leave is for mode: pace only
        unknown_applications: reject      | unknown_applications: refuse | :15: unknown_applications: expected reject or {limits: […]}
        connect: 2s                       | connect: 2      | :16: timeouts.connect: expected a duration such as 500ms
        connect: 2s                       | connect: 0s     | :16: timeouts.connect: must be longer than 0
        20% refused on 3 of 7 days        | often           | :17: violations.regular: expected "20% refused on 3 of 7 days", found "often"
        3 of 7                            | 8 of 7          | :17: violations.regular: 8 of 7 days is impossible
        id: big-partner                   | id: radio       | duplicate application id radio
        """)
    void refusesByFileLineAndKey(String documented, String instead, String message) {
        String yaml = DOCUMENTED.replace(documented, instead);
        assertThat(yaml).isNotEqualTo(DOCUMENTED);
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("gateway.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAKeyThatIsNotHashed() {
        assertThatThrownBy(() -> read(DOCUMENTED.replace(HASH, "secret-key")))
                .hasMessageContaining(":13: applications[0].key_sha256[0]: expected the SHA-256 of a key")
                .hasMessageNotContaining("secret-key");
    }

    @Test
    void readsAContactsSecretFromTheEnvironmentOrAFile() throws Exception {
        String secret = "whsec_" + "QUJD".repeat(10);
        Files.writeString(folder.resolve("radio.secret"), secret + "\n");
        String yaml = DOCUMENTED.replace("partner.example/hook\"", "partner.example/hook\", contact_secret: ");
        for (String from : List.of("\"${SECRET}\"", "{file: radio.secret}")) {
            ApplicationSettings partner = GatewaySettings.read(
                            written(yaml.replace("contact_secret: ", "contact_secret: " + from)),
                            Map.of("SECRET", secret)::get)
                    .applications()
                    .get(1);
            assertThat(partner.contactSecret().orElseThrow().signer().sign("a", Instant.EPOCH, "b"))
                    .isEqualTo(WebhookSigner.of(secret).sign("a", Instant.EPOCH, "b"));
        }
        assertThatThrownBy(() -> read(yaml.replace("contact_secret: ", "contact_secret: hunter2")))
                .hasMessageContaining(":14: applications[1].contact_secret: a webhook secret is whsec_")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read(yaml.replace("contact_secret: ", "contact_secret: {file: none}")))
                .hasMessageContaining(":14: applications[1].contact_secret.file: cannot read");
        assertThatThrownBy(() -> read(yaml.replace(
                        "contact: \"https://partner.example/hook\", contact_secret: ", "contact_secret: " + secret)))
                .hasMessageContaining("application big-partner has a contact_secret but no contact");
    }

    @Test
    void refusesAKeyOfTwoApplications() {
        assertThatThrownBy(() -> read(DOCUMENTED.replace("f".repeat(64), HASH)))
                .hasMessageContaining("application big-partner has the same key as another application");
    }

    private GatewaySettings identified(String how) throws IOException {
        return read("listen: 127.0.0.1:0\nupstream: http://localhost:1\nidentify: " + how + "\n");
    }

    @Test
    void readsHowTheUpstreamCountsWhereItIsPaced() throws IOException {
        GatewaySettings settings = read("""
            listen: 127.0.0.1:0
            upstream: http://127.0.0.1:9000
            mode: pace
            limits:
              - {name: any, permits: 180, window: 60s}
              - {name: log, permits: 180, window: 60s, kind: sliding, counts_refused: true}
              - {name: counter, permits: 300, window: 15m, kind: counter}
              - {name: orders, permits: 2, window: 1s, kind: bucket, burst: 40, match: {path: /v1/orders}}
              - {name: search, permits: 9000, window: 60s, cost: 100, match: {path: /v1/search}}
              - {name: day, permits: 10000, window: 1d, kind: fixed, zone: America/Los_Angeles, penalty: 5m}
              - {name: month, permits: 10000, window: 1mo, kind: fixed, zone: UTC}
              - {name: together, in_flight: 10}
            """);
        assertThat(PacerLimits.known(settings.limits(), QuotaPartition.ALL))
                .containsExactly(
                        new ScopedLimit("token", Limit.parse("180/60s")),
                        new ScopedLimit("token", Limit.parse("180/60s"), new QuotaKind.Sliding(true)),
                        new ScopedLimit("token", Limit.parse("300/15m"), new QuotaKind.Counter()),
                        new ScopedLimit("/v1/orders", Limit.parse("2/1s"), new QuotaKind.Bucket(40)),
                        new ScopedLimit(
                                "/v1/search", Limit.parse("9000/60s"), new QuotaKind.Unstated(), 100, Optional.empty()),
                        new ScopedLimit(
                                "token",
                                Limit.parse("10000/1d"),
                                new QuotaKind.Calendar(ZoneId.of("America/Los_Angeles")),
                                1,
                                Optional.of(Duration.ofMinutes(5))),
                        new ScopedLimit(
                                "token",
                                new Limit(10_000, QuotaKind.Calendar.MONTH),
                                new QuotaKind.Calendar(ZoneId.of("UTC"))));
        assertThat(PacerLimits.inFlight(settings.limits(), QuotaPartition.ALL))
                .containsExactly(new InFlightLimit("token", 10));
    }

    private GatewaySettings read(String yaml) throws IOException {
        return GatewaySettings.read(written(yaml), name -> null);
    }

    private Path written(String yaml) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), yaml);
    }
}
