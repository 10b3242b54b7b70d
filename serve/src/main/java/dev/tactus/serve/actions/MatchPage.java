package dev.tactus.serve.actions;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.http.FormData;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.pages.PageTemplates;
import dev.tactus.serve.pages.ResultView;
import dev.tactus.serve.signin.Viewer;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Decides what an unmatched usage is: a sheet of one row, given to the command that takes sheets.
public final class MatchPage {
    /// The columns that the command needs of a sheet.
    private static final String HEADING = "usage_key,match_isrc\n";

    private final CommandRunner runner;
    private final SiteState state;
    private final PageTemplates templates;

    public MatchPage(CommandRunner runner, SiteState state, PageTemplates templates) {
        this.runner = runner;
        this.state = state;
        this.templates = templates;
    }

    /// Takes a decision.
    public PageResponse act(PageRequest request, FormData sent, Viewer viewer) throws IOException {
        String key = sent.text("usage_key");
        String isrc = sent.text("match_isrc").replace("-", "").strip().toUpperCase(Locale.ROOT);
        boolean notOurs = !sent.text("not_ours").isEmpty();
        if (key.isBlank() || (isrc.isEmpty() && !notOurs)) {
            throw new PageProblem(400, "which recording is it? Write its ISRC, or say that it is not yours");
        }
        String by = viewer.name().orElse("");
        Path sheet = Files.createTempFile("tactus-match-", ".csv");
        try {
            Files.writeString(sheet, HEADING + cell(key) + "," + cell(notOurs ? "-" : isrc) + "\n");
            List<String> command = List.of("reports", "match", sheet.toString(), "--by=" + by);
            CommandAnswer answer = runner.run(viewer.name(), command);
            state.acted(by, "reports match " + key + " " + (notOurs ? "-" : isrc), answer.exit());
            return new ResultView(templates)
                    .page(
                            viewer,
                            "unmatched",
                            templates.texts().text("action.match"),
                            List.of("reports", "match", "SHEET", "--by=" + by),
                            answer);
        } finally {
            Files.deleteIfExists(sheet);
        }
    }

    private static String cell(String text) {
        return "\"" + text.replace("\"", "\"\"").replaceAll("\\p{Cntrl}", " ") + "\"";
    }
}
