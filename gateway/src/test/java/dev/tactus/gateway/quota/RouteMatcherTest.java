package dev.tactus.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteMatcherTest {
    private static boolean matches(String route, String target) {
        RouteMatcher matcher = new RouteMatcher(List.of(new RoutePattern(route, Set.of())));
        return matcher.matching(HttpMethod.GET, target) == 1;
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/search, /v1/search, true",
        "/v1/search, /v1/search/deep, true",
        "/v1/search, /v1/search?q=/v2, true",
        "/v1/search, /v1/searches, false",
        "/v1/search, /v1, false",
        "/v1/search, /v1/other, false",
        "/v1/search/, //v1//search//, true",
        "/v1/*/state, /v1/players/state, true",
        "/v1/*/state, /v1/players/42/state, false",
        "/, /, true",
        "/v1, /./x/../v1, true",
        "/v1, /../v1, true",
        "/v1, /v1/.., false",
        "/v1/search, /v1/se%61rch, true",
        "/v1/search, /v1%2Fsearch, true",
        "/v1/search, /v1/%2E%2e/v1/search, true",
        "/v1/é, /v1/%C3%A9, true",
        "/v1/%zz, /v1/%zz, true",
        "/v1/%4, /v1/%4, true",
        "/v1/a, /v1/%61, true",
        "/v1/%g1, /v1/%g1, true",
        "/v1/%1g, /v1/%1g, true",
    })
    void comparesPathsAsAnUpstreamMayReadThem(String route, String target, boolean on) {
        assertThat(matches(route, target)).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/search, /v1/search?q=1",
        "/v1/search/x, //v1/./search/x",
        "/v1/SEARCH, /v1/SEARCH",
        "/v2/Players/42/State, /v2/players/42/STATE",
        "/other, /other",
    })
    void isPacedByThePathThatTheMostRoutesSeeSpelledAsTheyAre(String paced, String target) {
        RouteMatcher matcher = new RouteMatcher(List.of(
                new RoutePattern("/v1/search", Set.of()),
                new RoutePattern("/v1", Set.of()),
                new RoutePattern("/v2/Players/*/State", Set.of(), true)));

        assertThat(matcher.strictest(HttpMethod.GET, target)).isEqualTo(paced);
    }

    @Test
    void hasABitForEachRouteTheFirstLowest() {
        RoutePattern all = new RoutePattern("/", Set.of());
        RoutePattern posts = new RoutePattern("/v1", Set.of("POST", "PUT"));
        RoutePattern deep = new RoutePattern("/v1/a", Set.of("GET"));
        RouteMatcher matcher = new RouteMatcher(List.of(all, posts, deep));
        assertThat(matcher.matching(HttpMethod.GET, "/v1/a")).isEqualTo(0b101);
        assertThat(matcher.matching(HttpMethod.PUT, "/v1/a")).isEqualTo(0b011);
        assertThat(matcher.matching(HttpMethod.GET, "/x")).isEqualTo(0b001);
        assertThat(matcher.indexOf(deep)).isEqualTo(2);
        assertThat(matcher.isEmpty()).isFalse();
        assertThat(new RouteMatcher(List.of()).isEmpty()).isTrue();
        assertThat(new RouteMatcher(List.of()).matching(HttpMethod.GET, "/x")).isZero();
    }

    @Test
    void tellsSixtyFourRoutesApartAndNoMore() {
        List<RoutePattern> most = Collections.nCopies(64, RoutePattern.ALL);
        assertThat(new RouteMatcher(most).matching(HttpMethod.GET, "/")).isEqualTo(-1L);
        assertThatThrownBy(() -> new RouteMatcher(Collections.nCopies(65, RoutePattern.ALL)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "/v1?q=1", "/v1#x"})
    void noOtherPathIsTaken(String path) {
        assertThatThrownBy(() -> new RoutePattern(path, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET ", "ABCDEFGHIJKLMNOPQRSTU"})
    void noOtherMethodIsTaken(String method) {
        assertThatThrownBy(() -> new RoutePattern("/", Set.of(method))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isWrittenWithItsMethods() {
        assertThat(new RoutePattern("/v1", Set.of())).hasToString("/v1");
        assertThat(new RoutePattern("/v1", Set.of("POST", "GET"))).hasToString("GET|POST /v1");
        assertThat(new RoutePattern("/v1//a/", Set.of()).segments()).containsExactly("v1", "a");
    }

    @Test
    void aCostIsNothingOrMore() {
        assertThatCode(() -> new CostRule(RoutePattern.ALL, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new CostRule(RoutePattern.ALL, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
