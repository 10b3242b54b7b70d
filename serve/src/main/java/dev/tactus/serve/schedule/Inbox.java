package dev.tactus.serve.schedule;

import dev.tactus.serve.answers.CommandAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// A folder that is watched: a file is taken once it has stopped growing, and moved to `done` or `refused` with its
/// verdict beside it.
///
/// A file that nobody can decide about now, such as one that comes while another command works on the ledger, stays.
final class Inbox {
    /// What those who copy call a file until it is whole.
    private static final String UNFINISHED = "(?i)\\..*|~.*|.*\\.(part|partial|tmp|filepart|crdownload|swp)";

    private static final Duration QUIET = Duration.ofSeconds(5);

    /// How a file looked: one that looks the same a while later has stopped growing.
    private record Look(long bytes, long modifiedMillis) {}

    /// Waits between two looks at a file.
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Path folder;
    private final Pause pause;
    private final Function<Path, CommandAnswer> importer;

    Inbox(Path folder, Pause pause, Function<Path, CommandAnswer> importer) {
        this.folder = folder;
        this.pause = pause;
        this.importer = importer;
    }

    /// What was taken and what wasn't, in a sentence.
    ///
    /// @param exit the worst of the imports that could not be decided
    record Taken(int done, int refused, int waiting, int exit, String message) {}

    Taken take() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            return new Taken(
                    0, 0, 0, CommandAnswer.FAILED, "there is no folder " + folder + ": make it, or correct its name");
        }
        List<String> messages = new ArrayList<>(links());
        Map<Path, Look> first = looks();
        if (first.isEmpty()) {
            return messages.isEmpty()
                    ? new Taken(0, 0, 0, 0, "no files")
                    : new Taken(0, 0, messages.size(), CommandAnswer.FAILED, String.join("; ", messages));
        }
        pause.of(QUIET);
        Map<Path, Look> second = looks();
        int done = 0;
        int refused = 0;
        int waiting = messages.size();
        int exit = waiting == 0 ? 0 : CommandAnswer.FAILED;
        for (Map.Entry<Path, Look> file : first.entrySet()) {
            if (!file.getValue().equals(second.get(file.getKey()))) {
                waiting++;
                continue;
            }
            CommandAnswer answer = importer.apply(file.getKey());
            boolean decided = answer.body().path("files").isArray()
                    && !answer.body().path("files").isEmpty();
            if (!decided) {
                exit = Math.max(exit, answer.exit());
                messages.add(file.getKey().getFileName() + ": " + answer.error());
                waiting++;
            } else if (answer.exit() == 0) {
                move(file.getKey(), "done", answer);
                done++;
            } else {
                move(file.getKey(), "refused", answer);
                refused++;
            }
        }
        String sentence = done + " done, " + refused + " refused, " + waiting + " waiting";
        return new Taken(
                done,
                refused,
                waiting,
                exit,
                messages.isEmpty() ? sentence : sentence + "; " + String.join("; ", messages));
    }

    /// Whoever may write here may not read by it what only this server may.
    private List<String> links() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isSymbolicLink)
                    .sorted()
                    .map(file -> file.getFileName() + ": is a link, which is not followed; put the file itself here")
                    .toList();
        }
    }

    private Map<Path, Look> looks() throws IOException {
        Map<Path, Look> looks = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && !file.getFileName().toString().matches(UNFINISHED)) {
                    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                    looks.put(file, new Look(now.size(), now.lastModifiedTime().toMillis()));
                }
            }
        }
        return looks;
    }

    /// One of the same name that lies there already stays: this one gets a number.
    private void move(Path file, String to, CommandAnswer answer) throws IOException {
        Path into = Files.createDirectories(folder.resolve(to));
        String name = file.getFileName().toString();
        Path target = into.resolve(name);
        for (int again = 2; Files.exists(target); again++) {
            target = into.resolve(again + "-" + name);
        }
        Files.move(file, target);
        Files.write(
                target.resolveSibling(target.getFileName() + ".verdict.json"),
                (answer.body().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
