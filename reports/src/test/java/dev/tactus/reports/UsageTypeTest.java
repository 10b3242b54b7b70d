package dev.tactus.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTypeTest {
    @ParameterizedTest
    @CsvSource({
        "YouTube UGC, UGC",
        "Content ID video, UGC",
        "User Generated Content, UGC",
        "Video stream, VIDEO",
        "Internet Radio, RADIO",
        "Broadcast, RADIO",
        "Non-Interactive Stream, RADIO",
        "Permanent Download, DOWNLOAD",
        "Purchase, DOWNLOAD",
        "permanent, DOWNLOAD",
        "Ad-supported Streaming, STREAM",
        "Premium subscription, STREAM",
        "plays, STREAM",
        "Physical, PHYSICAL",
        "Vinyl LP, PHYSICAL",
        "Cassette, PHYSICAL",
        "Ringtone, OTHER",
    })
    void isTheMostLikelyMeaningOfTheWords(String words, UsageType type) {
        assertThat(UsageType.guess(words)).isEqualTo(type);
    }

    @Test
    void isNamedByItsLabel() {
        for (UsageType type : UsageType.values()) {
            assertThat(UsageType.named(type.label())).contains(type);
            assertThat(UsageType.labels()).contains(type.label());
        }
        assertThat(UsageType.named("hum")).isEmpty();
    }
}
