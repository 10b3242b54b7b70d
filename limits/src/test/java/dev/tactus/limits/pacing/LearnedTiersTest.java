package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two limits at once, told or not.
final class LearnedTiersTest {
    private static final Limit QUARTER = Limit.parse("1000/15m");

    @ParameterizedTest
    @CsvSource({"5/1s,200/60s,0.97,8", "5/1s,300/2m,0.95,10", "10/1s,1000/15m,0.96,16", "5/1s,500/10m,0.95,14"})
    void theSlowerIsFoundBesideTheQuicker(String quick, String slow, double share, int refused) {
        Limit limit = Limit.parse(slow);
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server(
                        "token",
                        WorldServer.both(ServerKind.LOG.server(Limit.parse(quick)), ServerKind.LOG.server(limit)))
                .demand("/v1/search")
                .run(Duration.ofHours(6));
        assertThat(run.scope("token").inForce()).contains(limit);
        assertThat(run.scope("token").ceiling().beside()).isPresent();
        assertThat(run.share("token", limit)).isGreaterThan(share);
        assertThat(run.refused).isLessThanOrEqualTo(refused);
    }

    /// setlist.fm: what is left of a day after twelve minutes is refused, and nothing of it can be found out.
    @Test
    void aDayThatIsUsedUpIsTriedTheRarerTheLongerItLasts() {
        Limit day = Limit.parse("1440/1d");
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server(
                        "token",
                        WorldServer.both(
                                ServerKind.LOG.server(Limit.parse("2/1s")), ServerKind.FIXED_WINDOW.server(day)))
                .demand("/v1/search")
                .run(Duration.ofDays(4));
        assertThat(run.share("token", day)).isGreaterThan(0.9);
        assertThat(run.refused).isLessThan(160);
    }

    @Test
    void aWindowIsFoundBesideABucket() {
        Simulation run = new Simulation(KnownLimitTest.settings(), 32, 42)
                .server("token", WorldServer.both(WorldServer.bucket(10, 10, 1), ServerKind.LOG.server(QUARTER)))
                .demand("/v1/search")
                .run(Duration.ofHours(6));
        assertThat(run.scope("token").inForce()).contains(QUARTER);
        assertThat(run.share("token", QUARTER)).isGreaterThan(0.97);
        assertThat(run.refused).isLessThanOrEqualTo(18);
    }

    @Test
    void bothAreKeptWhereTheyAreTold() {
        Simulation run = new Simulation(
                        KnownLimitTest.settings(
                                new ScopedLimit("token", Limit.parse("5/1s")),
                                new ScopedLimit("token", Limit.parse("200/60s"))),
                        32,
                        42)
                .server(
                        "token",
                        WorldServer.both(
                                ServerKind.LOG.server(Limit.parse("5/1s")),
                                ServerKind.LOG.server(Limit.parse("200/60s"))))
                .demand("/v1/search")
                .run(Duration.ofHours(4));
        assertThat(run.share("token", Limit.parse("200/60s"))).isGreaterThan(0.98);
        assertThat(run.refused).isZero();
    }
}
