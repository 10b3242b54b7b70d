package dev.tactus.serve.actions;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.http.FormData;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.pages.PageTemplates;
import dev.tactus.serve.pages.ResultView;
import dev.tactus.serve.signin.PageGate;
import dev.tactus.serve.signin.Role;
import dev.tactus.serve.signin.Viewer;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Statements that are dropped on the page: the gate's verdict first, and only then, and only if somebody says so, they
/// land.
///
/// Files wait in a folder until they are taken or refused; each sending has a folder called by its digest.
public final class StatementDrop {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String WAITING = "[0-9a-f]{16}";
    private static final String SAFE_NAME = "[^/\\\\\\p{Cntrl}]{1,120}";

    private final Path folder;
    private final CommandRunner runner;
    private final SiteState state;
    private final PageTemplates templates;

    /// @param folder where files wait
    public StatementDrop(Path folder, CommandRunner runner, SiteState state, PageTemplates templates) {
        this.folder = folder;
        this.runner = runner;
        this.state = state;
        this.templates = templates;
    }

    /// The form.
    public PageResponse ask(PageRequest request, Viewer viewer) {
        PageGate.require(viewer, Role.DECIDE);
        return templates.page(
                200,
                viewer,
                "statements",
                templates.texts().text("action.import"),
                "drop",
                Map.of("title", templates.texts().text("action.import")));
    }

    /// Looks at the files and tells what would become of them.
    public PageResponse check(PageRequest request, FormData sent, Viewer viewer) throws IOException {
        if (sent.files().isEmpty()) {
            throw new PageProblem(400, "no file was chosen");
        }
        requireNames(sent);
        String id = id(sent);
        Path waiting = folder.resolve(id);
        Files.createDirectories(waiting);
        for (FormData.SentFile file : sent.files()) {
            Files.move(file.path(), waiting.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = List.of("reports", "import", "--check", waiting.toString(), "--named-within=" + waiting);
        CommandAnswer answer = runner.run(viewer.name(), command);
        if (!answer.body().path("files").isArray()) {
            delete(waiting);
            throw new PageProblem(
                    409,
                    "the files could not be looked at: "
                            + called(answer, waiting).error() + ". Nothing has landed: send them again");
        }
        Map<String, Object> model =
                new ResultView(templates).model("statements", verdictTitle(answer), command(null, viewer), answer);
        model.put("waiting", id);
        model.put("refused", answer.body().path("refused").asInt(0) > 0);
        return templates.page(200, viewer, "statements", verdictTitle(answer), "verdict", model);
    }

    /// Each has a name of its own that is one, before any of them is kept.
    private static void requireNames(FormData sent) {
        Set<String> names = new HashSet<>();
        for (FormData.SentFile file : sent.files()) {
            if (!file.name().matches(SAFE_NAME) || file.name().startsWith(".")) {
                throw new PageProblem(400, "a file's name: expected letters, digits and the like");
            }
            if (!names.add(file.name().toLowerCase(Locale.ROOT))) {
                throw new PageProblem(
                        400, "two files are called " + file.name() + ": rename one, or send one after the other");
            }
        }
    }

    /// Takes what waits, or drops it.
    public PageResponse decide(PageRequest request, FormData sent, Viewer viewer) throws IOException {
        String id = sent.text("waiting");
        Path waiting = folder.resolve(id);
        if (!id.matches(WAITING) || !Files.isDirectory(waiting)) {
            throw new PageProblem(404, "these files no longer wait: send them again");
        }
        if (!sent.text("drop").isEmpty()) {
            delete(waiting);
            return PageResponse.seeOther("/statements");
        }
        String by = viewer.name().orElse("");
        String accept = sent.text("accept").strip();
        List<String> command = new ArrayList<>(
                List.of("reports", "import", waiting.toString(), "--named-within=" + waiting, "--by=" + by));
        if (!accept.isEmpty()) {
            command.add("--accept=" + accept);
        }
        String replaced = sent.text("replace").strip();
        if (!replaced.isEmpty()) {
            command.add("--replace=" + replaced);
        }
        if (!sent.text("beside").isEmpty()) {
            command.add("--beside");
        }
        CommandAnswer answer = called(runner.run(viewer.name(), command), waiting);
        state.acted(by, String.join(" ", command), answer.exit());
        if (answer.isResult() && answer.exit() != CommandAnswer.REFUSED) {
            delete(waiting);
        }
        return new ResultView(templates)
                .page(viewer, "statements", templates.texts().text("action.import"), command(accept, viewer), answer);
    }

    private static List<String> command(@Nullable String accept, Viewer viewer) {
        List<String> command = new ArrayList<>(List.of("reports", "import", "FILE"));
        if (accept == null) {
            command.add("--check");
        } else {
            command.add("--by=" + viewer.name().orElse(""));
            if (!accept.isEmpty()) {
                command.add("--accept=" + accept);
            }
        }
        return command;
    }

    private String verdictTitle(CommandAnswer answer) {
        return templates.texts().text(answer.body().path("refused").asInt(0) > 0 ? "verdict.refused" : "verdict.taken");
    }

    /// The same answer, with files called as they were sent and not by where they wait.
    private static CommandAnswer called(CommandAnswer answer, Path waiting) {
        String text = answer.body().toString().replace(waiting + "/", "");
        return new CommandAnswer(answer.exit(), MAPPER.readTree(text), answer.messages());
    }

    private static String id(FormData sent) throws IOException {
        StringBuilder all = new StringBuilder();
        for (FormData.SentFile file : sent.files()) {
            all.append(file.name()).append(Sha256.of(file.path()).hex());
        }
        return Sha256.of(all.toString()).hex(16);
    }

    private static void delete(Path waiting) throws IOException {
        try (Stream<Path> files = Files.list(waiting)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(waiting);
    }
}
