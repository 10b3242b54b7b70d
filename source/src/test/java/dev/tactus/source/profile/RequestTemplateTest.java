package dev.tactus.source.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Test
    void fillsPlacesInPathAndQuery() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("ids", "{ids}");
        query.put("date", "{day}");

        assertThat(new RequestTemplate("/track/isrc:{isrc}", query)
                        .render(Map.of("isrc", List.of("USAAA2600001"), "ids", List.of("a", "b")), DAY))
                .isEqualTo("/track/isrc:USAAA2600001?ids=a,b&date=2026-11-20");
    }

    @Test
    void letsNoValueBreakOutOfItsPlace() {
        assertThat(new RequestTemplate("/t/{isrc}", Map.of("ids", "{ids}"))
                        .render(Map.of("isrc", List.of("../x?y#z"), "ids", List.of("a,b", "c&d=1", "é %")), DAY))
                .isEqualTo("/t/..%2Fx%3Fy%23z?ids=a%2Cb,c%26d%3D1,%C3%A9%20%25");
    }

    @Test
    void refusesPlacesThatNothingFills() {
        assertThatThrownBy(() -> new RequestTemplate("/t/{id}", Map.of())).hasMessageContaining("{id}");
        assertThatThrownBy(() -> new RequestTemplate("t", Map.of())).hasMessageContaining("slash");
    }

    @Test
    void writesADayAsTheServiceWantsIt() {
        assertThat(new RequestTemplate("/{day:yyyy/MM/dd}/x", Map.of("to", "{next_day:yyyyMMdd}"))
                        .render(Map.of("isrc", List.of(), "ids", List.of()), DAY))
                .isEqualTo("/2026/11/20/x?to=20261121");
        assertThatThrownBy(() -> new RequestTemplate("/{day:bbb}", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinsSeveralValuesOrRepeatsTheParameter() {
        Map<String, List<String>> values = Map.of("isrc", List.of("A", "B"), "ids", List.of());
        assertThat(new RequestTemplate("/x", Map.of("q", "isrc:{isrc}"), " OR isrc:", false).render(values, DAY))
                .isEqualTo("/x?q=isrc:A%20OR%20isrc:B");
        assertThat(new RequestTemplate("/x", Map.of("isrc[]", "{isrc}"), ",", true).render(values, DAY))
                .isEqualTo("/x?isrc%5B%5D=A&isrc%5B%5D=B");
    }
}
