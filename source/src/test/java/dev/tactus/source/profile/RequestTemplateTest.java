package dev.tactus.source.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {

    @Test
    void fillsPlacesInPathAndQuery() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("ids", "{ids}");
        query.put("date", "{day}");

        assertThat(new RequestTemplate("/track/isrc:{isrc}", query)
                        .render(Map.of(
                                "isrc",
                                List.of("USAAA2600001"),
                                "ids",
                                List.of("a", "b"),
                                "day",
                                List.of("2026-11-20"))))
                .isEqualTo("/track/isrc:USAAA2600001?ids=a,b&date=2026-11-20");
    }

    @Test
    void letsNoValueBreakOutOfItsPlace() {
        assertThat(new RequestTemplate("/t/{isrc}", Map.of("ids", "{ids}"))
                        .render(Map.of("isrc", List.of("../x?y#z"), "ids", List.of("a,b", "c&d=1", "é %"))))
                .isEqualTo("/t/..%2Fx%3Fy%23z?ids=a%2Cb,c%26d%3D1,%C3%A9%20%25");
    }

    @Test
    void refusesPlacesThatNothingFills() {
        assertThatThrownBy(() -> new RequestTemplate("/t/{id}", Map.of())).hasMessageContaining("{id}");
        assertThatThrownBy(() -> new RequestTemplate("t", Map.of())).hasMessageContaining("slash");
    }
}
