package dev.tactus.serve.pages;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.signin.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What became of a command that somebody ran on the page.
public final class ResultView {
    private static final Set<String> LEFT_OUT = Set.of("command", "ok", "error", "exit");

    private final PageTemplates templates;

    public ResultView(PageTemplates templates) {
        this.templates = templates;
    }

    /// The page of it; 409 where it was refused.
    public PageResponse page(Viewer viewer, String list, String title, List<String> command, CommandAnswer answer) {
        return templates.page(
                answer.isResult() ? 200 : 409, viewer, list, title, "result", model(list, title, command, answer));
    }

    /// What stands on it.
    public Map<String, Object> model(String list, String title, List<String> command, CommandAnswer answer) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", title);
        model.put("back", "/" + list);
        model.put("command", "tactus " + String.join(" ", command));
        boolean whole = answer.isResult() && answer.exit() == CommandAnswer.DONE;
        model.put("good", whole);
        model.put(
                "message",
                answer.isResult() ? templates.texts().text(whole ? "result.done" : "result.part") : answer.error());
        model.put(
                "said",
                answer.isResult() && !answer.messages().isBlank()
                        ? answer.messages().strip()
                        : null);
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (answer.isResult()) {
            blocks.add(block(answer.body()));
            answer.body().properties().forEach(field -> {
                if (field.getValue().isArray()) {
                    field.getValue().values().stream()
                            .filter(JsonNode::isObject)
                            .limit(50)
                            .forEach(one -> blocks.add(block(one)));
                }
            });
        }
        model.put("blocks", blocks);
        return model;
    }

    private Map<String, Object> block(JsonNode object) {
        List<Map<String, Object>> entries = new ArrayList<>();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean ofObjects = value.isArray() && value.path(0).isObject() && object.has("command");
            String text = CellValue.text(value);
            if (!LEFT_OUT.contains(field.getKey()) && !ofObjects && !text.isEmpty()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", templates.texts().text("column." + field.getKey()));
                entry.put("text", value.isNumber() ? CellView.number(text) : text);
                entries.add(entry);
            }
        });
        return Map.of("entries", entries, "any", !entries.isEmpty());
    }
}
