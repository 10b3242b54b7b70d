package dev.tactus.serve.pages;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.lists.ServedList;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What is known of one row of a list: the answer of its `show` command, or the row itself where there is none.
public final class DetailAnswer {
    private final ServedList listing;
    private final AnswerCache answers;

    public DetailAnswer(ServedList listing, AnswerCache answers) {
        this.listing = listing;
        this.answers = answers;
    }

    /// What is known of it.
    ///
    /// @throws PageProblem if there is no such row
    public CommandAnswer about(String id) {
        if (hasShow()) {
            requireId(id);
            return answers.read(words(id));
        }
        CommandAnswer list = answers.read(listing.words());
        if (!list.isResult()) {
            return list;
        }
        JsonNode row = list.body().path(listing.array()).values().stream()
                .filter(one -> CellValue.text(one.path(listing.key())).equals(id))
                .findFirst()
                .orElseThrow(() -> new PageProblem(404, "there is no " + id + " in " + listing.name()));
        return new CommandAnswer(list.exit(), row, "");
    }

    List<String> words(String id) {
        if (!hasShow()) {
            return listing.words();
        }
        List<String> words = new ArrayList<>(listing.words().subList(0, 1));
        words.add("show");
        words.add(id);
        return words;
    }

    private boolean hasShow() {
        return List.of("runs", "dead-letters").contains(listing.name());
    }

    /// What begins with a dash would be an option of the command.
    private static void requireId(String id) {
        if (id.startsWith("-") || id.startsWith("@")) {
            throw new PageProblem(404, "there is no " + id);
        }
    }
}
