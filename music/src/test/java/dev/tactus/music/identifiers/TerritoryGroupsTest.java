package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerritoryGroupsTest {
    private final TerritoryGroups groups = TerritoryGroups.version(TerritoryGroups.LATEST);

    @ParameterizedTest
    @CsvSource({
        "Europe, DE",
        "europe, FR",
        "EU, IE",
        "EEA, DE",
        "LATAM, BR",
        "Latin America, JM",
        "Asia, JP",
        "APAC, AU",
        "EMEA, ZA",
        "Americas, MX",
        "US|CA, CA",
        "'US, CA', US",
        "Germany / Austria, AT",
        "Europe|US, SE"
    })
    void aGroupHasItsMembers(String group, String member) {
        assertThat(groups.members(group).orElseThrow()).contains(member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Rest of World", "Other", "??", "DE", "Atlantis", "US|Atlantis", "", "Bosnia and Herzegovina"})
    void whatNobodyKnowsAndWhatIsOneTerritoryIsNoGroup(String text) {
        assertThat(groups.members(text)).isEmpty();
    }

    @Test
    void everyMemberIsACountry() {
        for (String line : TerritoryNames.lines("territory-groups-1.txt")) {
            String name = line.substring(0, line.indexOf('=')).strip().split("\\|", -1)[0];
            assertThat(groups.members(name).orElseThrow())
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(code -> assertThat(new Territory(code).kind()).isEqualTo(Territory.Kind.COUNTRY));
        }
    }

    @Test
    void beforeThereWereGroupsThereWereNone() {
        assertThat(TerritoryGroups.version(TerritoryGroups.NONE).members("Europe"))
                .isEmpty();
        assertThatThrownBy(() -> TerritoryGroups.version(99)).hasMessageContaining("version 99");
    }
}
