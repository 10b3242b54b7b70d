package dev.tactus.serve.pages;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.lists.ServedLists;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a payable cell is made of: the address says which, so that a cell can be sent to a colleague.
public final class ExplainPage implements ViewHandler {
    private static final List<String> NEEDED = List.of("period", "isrc");

    private final AnswerCache answers;
    private final PageTemplates templates;
    private final DetailPage details;

    public ExplainPage(AnswerCache answers, PageTemplates templates) {
        this.answers = answers;
        this.templates = templates;
        details = new DetailPage(ServedLists.named("variances").orElseThrow(), answers, templates);
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        List<String> words = new ArrayList<>(List.of("explain"));
        for (String option : List.of("period", "isrc", "source", "territory", "usage")) {
            request.asked(option).ifPresent(value -> words.add("--" + option + "=" + value));
        }
        if (!NEEDED.stream().allMatch(option -> request.asked(option).isPresent())) {
            throw new PageProblem(
                    400, "say which cell is meant: /explain?period=2026-10&isrc=…&territory=DE&usage=stream");
        }
        CommandAnswer answer = answers.read(words);
        if (!answer.isResult()) {
            throw new PageProblem(404, answer.error());
        }
        Map<String, Object> model = new LinkedHashMap<>();
        String title = request.asked("isrc").orElse("") + " "
                + request.asked("territory").orElse("") + " "
                + request.asked("period").orElse("");
        model.put("kind", templates.texts().text("list.variances"));
        model.put(
                "back",
                "/variances?period=" + ListPage.encoded(request.asked("period").orElse("")));
        model.put("title", title);
        model.put("command", "tactus " + String.join(" ", words));
        details.fill(model, answer.body());
        return templates.page(200, viewer, "variances", title, "detail", model);
    }
}
