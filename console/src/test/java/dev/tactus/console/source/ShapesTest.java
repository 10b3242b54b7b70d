package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.console.source.StandInService.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers in the shapes that services have, each from a service that refuses now and then, compared row by row.
class ShapesTest {
    private static final int RECORDINGS = 12;
    private static final List<String> TERRITORIES = List.of("BR", "DE", "FR", "JP", "US");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: number, size: 2}",
                "{kind: number, last: /pages}",
                "{kind: offset, size: 2}",
                "{kind: offset, total: /total}",
                "{kind: cursor, at: /cursor}",
                "{kind: next, at: /next}",
                "{kind: link}"
            })
    void rowsThatGoOnOverPages(String pages) throws IOException {
        landsStreams(ShapesTest::page, """
                streams:
                  path: "/songs/{isrc}/streams"
                  query: {date: "{day}"}
                  pages: %s
                  rows: {items: /rows, territory: /territory, count: /streams}
                """.formatted(pages));
    }

    @Test
    void linesOfCsvOfManyRecordings() throws IOException {
        landsStreams(ask -> Answer.of("text/csv", "\uFEFF" + lines(ask, ",", "isrc,country,plays,date\r\n")), """
                streams:
                  path: /report
                  query: {isrc: "{isrc}", from: "{day:yyyyMMdd}", to: "{next_day:yyyyMMdd}"}
                  batch: 5
                  repeat: false
                  separator: "|"
                  format: csv
                  items: /rows
                  group_by: /isrc
                  isrc: /rows/0/isrc
                  rows: {items: /rows, territory: /country, count: /plays, day: /date}
                """);
    }

    @Test
    void linesOfTsv() throws IOException {
        landsStreams(ask -> Answer.of("text/plain", lines(ask, "\t", "isrc\tcountry\tplays\tdate\n")), """
                streams:
                  path: /report
                  query: {isrc: "{isrc}", from: "{day:yyyyMMdd}"}
                  batch: 5
                  separator: "|"
                  format: tsv
                  items: /rows
                  group_by: /isrc
                  isrc: /rows/0/isrc
                  rows: {items: /rows, territory: /country, count: /plays, day: /date}
                """);
    }

    @Test
    void anObjectThatHasTheTerritoriesAsNames() throws IOException {
        landsStreams(
                ask -> Answer.of(
                        "application/x-ndjson",
                        isrcs(ask).stream()
                                .map(isrc -> "{\"track\": {\"isrc\": \"" + isrc + "\"}, \"country\": {"
                                        + TERRITORIES.stream()
                                                .map(where ->
                                                        "\"" + where + "\": {\"total\": " + plays(isrc, where) + "}")
                                                .collect(Collectors.joining(","))
                                        + "}}\n")
                                .collect(Collectors.joining())),
                """
                streams:
                  path: /streams
                  query: {isrc: "{isrc}", from: "{day}"}
                  batch: 5
                  separator: "|"
                  format: ndjson
                  items: /rows
                  isrc: /track/isrc
                  rows: {items: /country, territory: "{key}", count: /total}
                """);
    }

    /// Of a third of the recordings the service says nothing, which is no zero and no error.
    @Test
    void oneTotalForTheWorldAndNothingBelowAThreshold() throws IOException {
        try (StandInService service = StandInService.start(sometimesRefusing(ask -> Answer.json(isrcs(ask).stream()
                .filter(isrc -> number(isrc) % 3 != 0)
                .map(isrc -> "{\"isrc\": \"" + isrc + "\", \"plays\": \"" + plays(isrc, "US") + "\"}")
                .collect(Collectors.joining(",", "{\"data\": [", "]}")))))) {
            SourceFolder house = house(service, """
                    streams:
                      path: /totals
                      query: {isrc: "{isrc}", from: "{day}"}
                      batch: 5
                      separator: "|"
                      items: /data
                      isrc: /isrc
                      absent: empty
                      rows: {territory: WW, count: /plays}
                    """);

            CommandResult sync = house.sync("--json");

            assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
            assertThat(sync.json().path("landed").intValue()).isEqualTo(RECORDINGS);
            house.holds(
                    "SELECT isrc, territory, stream_count FROM daily_streams",
                    SourceFolder.isrcs(RECORDINGS).stream()
                            .filter(isrc -> number(isrc) % 3 != 0)
                            .map(isrc -> isrc + ",WW," + plays(isrc, "US"))
                            .toList());
        }
    }

    @Test
    void aDayThatIsNotInASeriesYetIsParked() throws IOException {
        try (StandInService service =
                StandInService.start(ask -> Answer.json("{\"series\": [{\"date\": \"2026-03-13\", \"value\": 5}]}"))) {
            SourceFolder house = house(service, """
                    streams:
                      path: "/songs/{isrc}"
                      query: {from: "{day}"}
                      rows: {items: /series, territory: WW, count: /value, day: /date}
                    """);

            CommandResult sync = house.sync("--json");

            assertThat(sync.json().path("parked").intValue()).isEqualTo(RECORDINGS);
        }
    }

    private void landsStreams(Function<Ask, Answer> answers, String dataset) throws IOException {
        try (StandInService service = StandInService.start(sometimesRefusing(answers))) {
            SourceFolder house = house(service, dataset);

            CommandResult sync = house.sync("--json");

            assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
            assertThat(sync.json().path("throttled").intValue()).isPositive();
            List<String> rows = new ArrayList<>();
            for (String isrc : SourceFolder.isrcs(RECORDINGS)) {
                TERRITORIES.forEach(where -> rows.add(isrc + "," + where + "," + plays(isrc, where)));
            }
            house.holds("SELECT isrc, territory, stream_count FROM daily_streams", rows);
            CommandResult audit = house.run("audit");
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
        }
    }

    private SourceFolder house(StandInService service, String dataset) throws IOException {
        SourceFolder house = new SourceFolder(folder, RECORDINGS, "profile: mine.yaml\nbase_url: " + service.uri());
        house.write(
                "mine.yaml",
                "profile: 1\nname: mine\nauth: {kind: none}\npending_retry: 1h\n"
                        + "limits: [{scope: token, permits: 1000, window: 1s}]\ndatasets:\n" + dataset.indent(2));
        return house;
    }

    private static Function<Ask, Answer> sometimesRefusing(Function<Ask, Answer> answers) {
        AtomicBoolean refused = new AtomicBoolean();
        return ask -> ask.number() > 2 && refused.compareAndSet(false, true)
                ? Answer.json(429, "{\"error\": \"too many\"}").with("Retry-After", "0")
                : answers.apply(ask);
    }

    /// Two rows a page; where a page begins is told in whichever way the request has.
    private static Answer page(Ask ask) {
        String isrc = ask.path().replaceAll("^/songs/|/streams$", "");
        int from = ask.query().containsKey("page")
                ? (Integer.parseInt(ask.parameter("page")) - 1) * 2
                : Integer.parseInt("0" + ask.parameter("offset").replaceFirst("^0", "")
                        + ask.parameter("cursor").replace("c", ""));
        List<String> rows = IntStream.range(from, Math.min(from + 2, TERRITORIES.size()))
                .mapToObj(TERRITORIES::get)
                .map(where -> "{\"territory\": \"" + where + "\", \"streams\": " + plays(isrc, where) + "}")
                .toList();
        boolean more = from + 2 < TERRITORIES.size();
        String next = "https://elsewhere/v9" + ask.path() + "?date=" + ask.parameter("date") + "&offset=" + (from + 2);
        Answer answer = Answer.json("{\"rows\": [" + String.join(",", rows) + "], \"pages\": 3, \"total\": "
                + TERRITORIES.size() + ", \"cursor\": " + (more ? "\"c" + (from + 2) + "\"" : "null") + ", \"next\": "
                + (more ? "\"" + next + "\"" : "null") + "}");
        return more ? answer.with("Link", "<https://x/?y=1>; rel=\"first\", <" + next + ">; rel=\"next\"") : answer;
    }

    /// Also tells of another day, and of a recording that nobody asked for.
    private static String lines(Ask ask, String separator, String header) {
        StringBuilder lines = new StringBuilder(header);
        for (String isrc : isrcs(ask)) {
            for (String where : TERRITORIES) {
                lines.append(String.join(separator, isrc, where, plays(isrc, where) + "", "2026-03-14"))
                        .append('\n')
                        .append(String.join(separator, isrc, where, "99", "2026-03-13"))
                        .append('\n');
            }
        }
        return lines.append(String.join(separator, "DEZZZ2600001", "US", "7", "2026-03-14"))
                .append('\n')
                .toString();
    }

    private static List<String> isrcs(Ask ask) {
        assertThat(ask.parameter("from")).isIn("20260314", "2026-03-14");
        return List.of(ask.parameter("isrc").split("\\|"));
    }

    private static int number(String isrc) {
        return Integer.parseInt(isrc.substring(7));
    }

    private static long plays(String isrc, String territory) {
        return number(isrc) * 100L + territory.charAt(0);
    }
}
