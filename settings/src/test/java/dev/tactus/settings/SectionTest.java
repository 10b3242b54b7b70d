package dev.tactus.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionTest {
    private static Section parse(String yaml) {
        return Section.parse("tactus.yaml", yaml, Map.of("SECRET", "s3:cr#et")::get);
    }

    private static void refuses(Runnable reading, String message) {
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(reading::run)
                .withMessage(message);
    }

    @Test
    void readsValuesAsWhatTheReaderExpects() {
        Section section = parse("count: 1_000\nwait: 15m\nshare: 0.1%\nyes: true\nnames: [a, \"b\"]\nname: 007\n");
        assertThat(section.require("count").whole(0, 5_000)).isEqualTo(1_000);
        assertThat(section.require("wait").duration()).isEqualTo(Duration.ofMinutes(15));
        assertThat(section.require("share").share()).isEqualByComparingTo("0.001");
        assertThat(section.require("yes").flag()).isTrue();
        assertThat(section.require("names").list()).extracting(Value::text).containsExactly("a", "b");
        assertThat(section.require("name").text()).isEqualTo("007");
    }

    @Test
    void namesTheLineAndTheNearestKeyOfAMisspeltOne() {
        Section section = parse("sources:\n  spotify:\n    concurency: 10\n");
        Section spotify =
                section.require("sources").section().require("spotify").section();
        refuses(
                () -> spotify.only("concurrency", "limits"),
                "tactus.yaml:3: sources.spotify.concurency: this key is not known; did you mean \"concurrency\"?");
    }

    @Test
    void listsTheKnownKeysWhereNoneIsNear() {
        refuses(
                () -> parse("banana: 1\n").only("catalog", "lake"),
                "tactus.yaml:1: banana: this key is not known; known here: catalog, lake");
    }

    @Test
    void substitutesVariablesWithoutReadingThemAsYaml() {
        assertThat(parse("secret: ${SECRET}\n").require("secret").text()).isEqualTo("s3:cr#et");
        assertThat(parse("price: $${SECRET}\n").require("price").text()).isEqualTo("${SECRET}");
    }

    @Test
    void namesAMissingVariableAndALostBrace() {
        refuses(
                () -> parse("a: 1\nsecret: ${NOPE}\n").require("secret").text(),
                "tactus.yaml:2: secret: the variable NOPE is not set; set it in the environment, for example: export"
                        + " NOPE=…");
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> parse("secret: ${SECRET\n").require("secret").text())
                .withMessageContaining("is not a variable");
    }

    @Test
    void refusesBrokenYamlByLine() {
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> parse("a: 1\nb: [1, 2\nc: 3\n"))
                .withMessageMatching("(?s)tactus.yaml:\\d: this is not valid YAML: .*");
        refuses(() -> parse("- 1\n"), "tactus.yaml:1: expected \"key: value\" lines here");
        refuses(() -> parse(""), "tactus.yaml:1: expected \"key: value\" lines here");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        refuses(
                () -> parse("a: 1\nb: 2\na: 3\n"),
                "tactus.yaml:3: a: this key stands here a second time; first on line 1");
    }

    @Test
    void refusesValuesOfAnotherForm() {
        Section section = parse("n: 1.5\nlist: 3\nmap: {a: 1}\nempty:\n");
        refuses(
                () -> section.require("n").whole(0, 9),
                "tactus.yaml:1: n: expected a whole number from 0 to 9, found \"1.5\"");
        refuses(
                () -> section.require("list").list(),
                "tactus.yaml:2: list: expected a list ([…], or lines starting with \"-\"), found \"3\"");
        refuses(() -> section.require("map").text(), "tactus.yaml:3: map: expected a text, found \"key: value\" lines");
        refuses(() -> section.require("empty"), "tactus.yaml:1: \"empty\" is missing");
        assertThat(section.find("empty")).isEmpty();
    }

    @Test
    void readsOneOfSeveralByItsLabel() {
        Value value = parse("unit: hours\n").require("unit");
        ChronoUnit[] units = {ChronoUnit.HOURS, ChronoUnit.DAYS};
        assertThat(value.oneOf(units, unit -> unit.name().toLowerCase(Locale.ROOT)))
                .isEqualTo(ChronoUnit.HOURS);
        refuses(
                () -> value.oneOf(units, ChronoUnit::name),
                "tactus.yaml:1: unit: \"hours\" is not known; one of HOURS, DAYS");
    }

    @Test
    void readsPlainValuesByTheCoreSchema() {
        assertThat(parse("v: [1, 2.5, true, ~, \"1\", {k: x}]\n").require("v").plain())
                .isEqualTo(java.util.Arrays.asList(
                        1L, new java.math.BigDecimal("2.5"), true, null, "1", Map.of("k", "x")));
        assertThat(parse("v: []\n").require("v").plain()).isEqualTo(List.of());
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path folder) throws Exception {
        Path absent = folder.resolve("absent.yaml");
        refuses(() -> Section.read(absent, name -> null), absent + ": there is no such file");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        refuses(() -> Section.read(binary, name -> null), binary + ": this is not a UTF-8 text file");
    }

    @Test
    void refusesAnAliasThatContainsItself() {
        assertThatExceptionOfType(InvalidConfiguration.class).isThrownBy(() -> parse("a: &x\n  b: *x\n"));
    }
}
