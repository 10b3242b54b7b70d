package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A folder with a tactus.yaml without sources, and a catalog of two recordings that Spotify's statements are about.
record StatementsFolder(Path folder) {
    static final String ONE = "GBNTT0565368";
    static final String TWO = "QZC9V0022017";

    static StatementsFolder in(Path folder) throws IOException {
        StatementsFolder books = new StatementsFolder(folder);
        Files.writeString(
                folder.resolve("catalog.csv"),
                "isrc,title,artists,label,upc\n" + ONE + ",Öl & 夜の歌,Ada,North,859712345677\n" + TWO
                        + ",Two,Grace,North,\n");
        books.configure("");
        return books;
    }

    void configure(String more) throws IOException {
        Files.writeString(config(), "version: 1\ncatalog: catalog.csv\n" + more);
    }

    Path config() {
        return folder.resolve("tactus.yaml");
    }

    /// Runs a command that has to end this way.
    CommandResult run(int exit, String... args) {
        return run(Map.of(), exit, args);
    }

    CommandResult run(Map<String, String> variables, int exit, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", config().toString()));
        CommandResult ended = CommandResult.of(variables, all.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(exit);
        return ended;
    }

    /// Imports Spotify's statement of a month: so many plays of both recordings in Germany, a cent each.
    void imports(String month, long one, long two, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "reports",
                "import",
                statement("spotify-" + month, month, one, two, "0.01").toString()));
        args.addAll(List.of(more));
        run(0, args.toArray(String[]::new));
    }

    Path statement(String name, String month, long one, long two, String cent) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".tsv"),
                String.format(
                        Locale.ROOT,
                        """
                        Spotify report
                        month\t%s
                        Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum name\tQuantity\tUSD Payable
                        DE\tL\tPremium\t\t\t\t%s\tOne\tA\t\t\t%d\t%s
                        DE\tL\tPremium\t\t\t\t%s\tTwo\tA\t\t\t%d\t%s
                        """,
                        month,
                        ONE,
                        one,
                        new BigDecimal(cent).multiply(BigDecimal.valueOf(one)),
                        TWO,
                        two,
                        new BigDecimal(cent).multiply(BigDecimal.valueOf(two))));
    }
}
