package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceNamesTest {
    @Test
    void aServiceIsCalledByOneNameAnUnknownOneByItsOwn() {
        assertThat(ServiceNames.named("  SPOTIFY ")).isEqualTo("Spotify");
        assertThat(ServiceNames.named("Some\u00a0 Shop")).isEqualTo("Some Shop");
    }
}
