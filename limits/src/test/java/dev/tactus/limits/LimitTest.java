package dev.tactus.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitTest {

    @Test
    void readsAndWritesTheSameForm() {
        assertThat(Limit.parse("180/60s")).isEqualTo(new Limit(180, Duration.ofMinutes(1)));
        assertThat(Limit.parse(" 50 / 5s ")).isEqualTo(new Limit(50, Duration.ofSeconds(5)));
        assertThat(Limit.parse("100/d").window()).isEqualTo(Duration.ofDays(1));
        for (String text : new String[] {"180/60s", "1/1s", "10/500ms"}) {
            assertThat(Limit.parse(text)).hasToString(text);
        }
    }

    @Test
    void refusesAnythingElseAndSaysWhatWouldBeRight() {
        for (String text : new String[] {"", "180", "180/60", "0/60s", "-1/60s", "1/0s", "1/9999d", "x/60s"}) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Limit.parse(text));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limit.parse("180 per minute"))
                .withMessageContaining("180/60s");
    }

    @Test
    void aScopeIsTheTokenOrAPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScopedLimit("search", Limit.parse("1/1s")))
                .withMessageContaining("/v1/search");
    }

    @Test
    void aScopeCoversWholeSegmentsOnly() {
        assertThat(ScopedLimit.covers(ScopedLimit.TOKEN, "/v1/search")).isTrue();
        for (String below : new String[] {"/v1/search", "/v1/search/", "/v1/search/isrc"}) {
            assertThat(ScopedLimit.covers("/v1/search", below)).as(below).isTrue();
        }
        for (String beside : new String[] {"/v1/searches", "/v1", "/v1/sear", "/v2/search"}) {
            assertThat(ScopedLimit.covers("/v1/search", beside)).as(beside).isFalse();
        }
        assertThat(ScopedLimit.covers("/v1/", "/v1/search")).isTrue();
    }
}
