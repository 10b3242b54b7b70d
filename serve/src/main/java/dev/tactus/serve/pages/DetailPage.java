package dev.tactus.serve.pages;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.http.PageRoutes;
import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.lists.ColumnKind;
import dev.tactus.serve.lists.ListColumn;
import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.lists.ServedLists;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// All that a command answers about one thing: its fields, its tables, and texts such as a payload.
public final class DetailPage implements ViewHandler {
    /// Fields that are no columns of the list, and how they are shown.
    private static final Set<String> TEXTS = Set.of("body");

    private final ServedList listing;
    private final DetailAnswer answer;
    private final PageTemplates templates;

    /// One for the rows of a list.
    public DetailPage(ServedList listing, AnswerCache answers, PageTemplates templates) {
        this.listing = listing;
        this.answer = new DetailAnswer(listing, answers);
        this.templates = templates;
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        String id = PageRoutes.last(request);
        CommandAnswer found = answer.about(id);
        if (!found.isResult()) {
            throw new PageProblem(404, found.error());
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("kind", templates.texts().text("list." + listing.name()));
        model.put("back", "/" + listing.name());
        model.put("title", id);
        model.put("command", "tactus " + String.join(" ", answer.words(id)));
        model.put("json", "/api/v1" + request.path());
        fill(model, found.body());
        return templates.page(200, viewer, listing.name(), id, "detail", model);
    }

    /// What a command answers, with every field, table and text of it.
    void fill(Map<String, Object> model, JsonNode body) {
        List<Map<String, Object>> entries = new ArrayList<>();
        List<Map<String, Object>> tables = new ArrayList<>();
        List<Map<String, Object>> texts = new ArrayList<>();
        body.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (Set.of("command", "ok").contains(name)) {
                return;
            }
            if (TEXTS.contains(name)) {
                texts.add(text(name, CellValue.text(value), CellValue.text(body.path("pointer"))));
            } else if (isTable(value)) {
                tables.add(table(name, value));
                nested(tables, value);
            } else if (!CellValue.text(value).isEmpty()) {
                ListColumn column = column(name, value);
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", heading(name));
                entry.put("text", CellView.text(column, value));
                entry.put("style", CellView.style(column.kind()));
                entries.add(entry);
            }
        });
        model.put("facts", Map.of("entries", entries));
        model.put("tables", tables);
        model.put("texts", texts);
        model.put("live", Set.of("running", "publishing").contains(CellValue.text(body.path("state"))));
        model.put("bars", EquationBar.of(body, templates.texts()).stream().toList());
    }

    /// Tables inside the rows of a table stand below it, the rows of all of them together.
    private void nested(List<Map<String, Object>> tables, JsonNode rows) {
        Map<String, ArrayNode> inside = new LinkedHashMap<>();
        rows.values()
                .forEach(row -> row.properties().forEach(field -> {
                    if (isTable(field.getValue())) {
                        inside.computeIfAbsent(field.getKey(), _ -> JsonNodeFactory.instance.arrayNode())
                                .addAll(List.copyOf(field.getValue().values()));
                    }
                }));
        inside.forEach((name, all) -> tables.add(table(name, all)));
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray() && value.path(0).isObject();
    }

    private Map<String, Object> text(String name, String body, String pointer) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("name", heading(name));
        text.put("parts", PayloadMark.parts(body, pointer));
        return text;
    }

    private Map<String, Object> table(String name, JsonNode rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.values()
                .forEach(row -> row.properties().forEach(field -> {
                    if (!isTable(field.getValue())) {
                        columns.add(field.getKey());
                    }
                }));
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", heading(name));
        table.put(
                "headings",
                columns.stream()
                        .map(column -> Map.of(
                                "name",
                                heading(column),
                                "style",
                                CellView.style(column(column, rows.path(0).path(column))
                                        .kind())))
                        .toList());
        List<Map<String, Object>> shown = new ArrayList<>();
        rows.values().forEach(row -> {
            List<Map<String, Object>> cells = new ArrayList<>();
            columns.forEach(column -> {
                ListColumn kind = column(column, row.path(column));
                Map<String, Object> cell = new LinkedHashMap<>();
                cell.put("heading", heading(column));
                cell.put("text", CellView.text(kind, row.path(column)));
                cell.put("style", CellView.style(kind.kind()));
                cells.add(cell);
            });
            shown.add(Map.of("cells", cells));
        });
        table.put("rows", shown);
        return table;
    }

    /// As the lists have it; else by its value.
    private ListColumn column(String name, JsonNode value) {
        return listing.column(name)
                .or(() -> ServedLists.all().stream()
                        .flatMap(other -> other.column(name).stream())
                        .filter(known -> !value.isNumber() || known.kind() == ColumnKind.NUMBER)
                        .findFirst())
                .orElseGet(() -> new ListColumn(
                        name, value.isNumber() && !name.endsWith("_id") ? ColumnKind.NUMBER : byName(name), true));
    }

    private static ColumnKind byName(String name) {
        return name.endsWith("_at") || name.equals("at") ? ColumnKind.TIME : ColumnKind.CODE;
    }

    private String heading(String column) {
        return templates.texts().text("column." + column);
    }
}
