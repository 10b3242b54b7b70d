package dev.tactus.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"/fx/**", "/fy/us*", "/**", "/v1/*x/y", "/v1/**/y"})
    void aPatternThatWouldMatchNothingIsRefused(String path) {
        assertThatThrownBy(() -> new RoutePattern(path, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + path + "\" is no pattern of paths: * stands for one whole segment");
    }

    @Test
    void aStarIsOneSegment() {
        assertThat(new RoutePattern("/v1/*/state", Set.of()).segments()).containsExactly("v1", "*", "state");
    }
}
