package dev.tactus.serve.pages;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.lists.CsvText;
import dev.tactus.serve.lists.ListColumn;
import dev.tactus.serve.lists.ListQuery;
import dev.tactus.serve.lists.ListSlice;
import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.signin.Role;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A list as a page: a form that filters, a table whose headings sort, pages, and all of it as CSV.
public final class ListPage implements ViewHandler {
    private final ServedList listing;
    private final AnswerCache answers;
    private final PageTemplates templates;

    public ListPage(ServedList listing, AnswerCache answers, PageTemplates templates) {
        this.listing = listing;
        this.answers = answers;
        this.templates = templates;
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        ListQuery query = ListQuery.of(listing, request);
        CommandAnswer answer = listing.isTold(request)
                ? answers.read(listing.command(request))
                : new CommandAnswer(CommandAnswer.DONE, new JsonMapper().createObjectNode(), "");
        String title = templates.texts().text("list." + listing.name());
        if (!answer.isResult()) {
            return templates.page(
                    200, viewer, listing.name(), title, "notice", Map.of("title", title, "message", answer.error()));
        }
        ListSlice slice = ListSlice.of(listing, answer.body(), query);
        if (request.asked("format").filter("csv"::equals).isPresent()) {
            return PageResponse.of(200, PageResponse.CSV, CsvText.of(listing, slice.matching()))
                    .with("Content-Disposition", "attachment; filename=\"" + listing.name() + ".csv\"");
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", title);
        model.put("about", templates.texts().text("about." + listing.name()));
        model.put("path", request.path());
        model.put("words", request.asked("q").orElse(""));
        model.put("sort", request.asked("sort").orElse(null));
        model.put("filters", filters(answer.body(), query));
        model.put(
                "asks",
                listing.asks().stream()
                        .map(option -> Map.of(
                                "name", option,
                                "label", heading(option),
                                "value", request.asked(option).orElse("")))
                        .toList());
        boolean acting = viewer.may(Role.DECIDE)
                && !OfferedActions.ofRows(listing.name()).isEmpty();
        model.put("acting", acting);
        model.put("offered", offered(viewer));
        model.put("columns", columns(request, query));
        model.put("rows", slice.rows().stream().map(row -> row(row, acting)).toList());
        model.put("none", slice.rows().isEmpty());
        model.put(
                "command",
                listing.words().getFirst().equals("serve")
                        ? null
                        : "tactus " + String.join(" ", listing.words()).replaceFirst(" --limit \\d+", ""));
        model.put("csv", link(request, Map.of("format", "csv", "page", "")));
        model.put("json", "/api/v1" + link(request, Map.of()));
        model.put("count", CellView.number(Integer.toString(slice.matching().size())));
        model.put(
                "all", slice.matching().size() == slice.all() ? null : CellView.number(Integer.toString(slice.all())));
        model.put("live", Set.of("today", "runs", "schedule", "events").contains(listing.name()));
        model.put("paged", slice.pages() > 1);
        model.put("page", slice.page());
        model.put("pages", slice.pages());
        model.put("before", slice.page() > 1 ? link(request, Map.of("page", slice.page() - 1 + "")) : null);
        model.put("after", slice.page() < slice.pages() ? link(request, Map.of("page", slice.page() + 1 + "")) : null);
        return templates.page(200, viewer, listing.name(), title, "list", model);
    }

    private List<Map<String, Object>> filters(JsonNode answer, ListQuery query) {
        List<Map<String, Object>> filters = new ArrayList<>();
        for (String column : listing.choices()) {
            String chosen = query.equal().getOrDefault(column, "");
            List<String> values = ListSlice.values(listing, answer, column);
            Map<String, Object> filter = new LinkedHashMap<>();
            filter.put("column", column);
            filter.put("name", heading(column));
            filter.put(
                    "values",
                    values.stream()
                            .map(value -> Map.of("value", value, "chosen", value.equals(chosen)))
                            .toList());
            filters.add(filter);
        }
        return filters;
    }

    private List<Map<String, Object>> columns(PageRequest request, ListQuery query) {
        List<Map<String, Object>> columns = new ArrayList<>();
        shown().forEach(column -> {
            boolean sorted = query.sort().filter(column.name()::equals).isPresent();
            boolean descending = sorted && query.descending();
            Map<String, Object> heading = new LinkedHashMap<>();
            heading.put("name", heading(column.name()));
            heading.put("style", CellView.style(column.kind()));
            heading.put(
                    "link",
                    link(request, Map.of("sort", (sorted && !descending ? "-" : "") + column.name(), "page", "")));
            heading.put("sorted", sorted ? (descending ? "descending" : "ascending") : null);
            heading.put("arrow", sorted ? (descending ? "▼" : "▲") : "");
            columns.add(heading);
        });
        return columns;
    }

    /// What can be done with the list as a whole; nothing for whoever may do nothing.
    private Object offered(Viewer viewer) {
        List<Map<String, String>> links = OfferedActions.ofList(listing.name()).stream()
                .filter(_ -> viewer.may(Role.DECIDE))
                .map(name ->
                        Map.of("link", "/do/" + name, "name", templates.texts().text("action." + name)))
                .toList();
        return links.isEmpty() ? false : Map.of("links", links);
    }

    /// What can be done with a row: links to forms that are filled in from its columns.
    private Map<String, Object> acts(JsonNode row) {
        List<Map<String, String>> links = new ArrayList<>();
        Map<String, Object> acts = new LinkedHashMap<>();
        acts.put("about", CellValue.text(row.path("title")) + CellValue.text(row.path(listing.key())));
        for (String name : OfferedActions.ofRows(listing.name())) {
            if (name.equals("match")) {
                acts.put("match", true);
                acts.put("usage_key", CellValue.text(row.path("usage_key")));
                acts.put("suggestion", CellValue.text(row.path("suggestion")));
                continue;
            }
            String fields = listing.columns().stream()
                    .filter(column -> OfferedActions.takes(name, column.name()))
                    .map(column -> column.name() + "=" + encoded(CellValue.text(row.path(column.name()))))
                    .collect(Collectors.joining("&"));
            links.add(Map.of(
                    "link",
                    "/do/" + name + "?" + fields,
                    "name",
                    templates.texts().text("action." + name)));
        }
        acts.put("links", links);
        return acts;
    }

    private Map<String, Object> row(JsonNode row, boolean acting) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (ListColumn column : shown()) {
            JsonNode value = row.path(column.name());
            Map<String, Object> cell = new LinkedHashMap<>();
            cell.put("heading", heading(column.name()));
            cell.put("style", CellView.style(column.kind()));
            cell.put("text", CellView.text(column, value));
            cell.put("link", RowLinks.of(listing, column, row).orElse(null));
            cell.put("state", isState(column) ? "state " + value.asString("") : null);
            cells.add(cell);
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("cells", cells);
        shown.put("acts", acting ? acts(row) : false);
        return shown;
    }

    private static boolean isState(ListColumn column) {
        return List.of("state", "severity", "urgency").contains(column.name());
    }

    private List<ListColumn> shown() {
        return listing.columns().stream().filter(ListColumn::shown).toList();
    }

    private String heading(String column) {
        return templates.texts().text("column." + column);
    }

    /// This page with some fields of its query changed; those that are empty are left out.
    private static String link(PageRequest request, Map<String, String> changed) {
        Map<String, String> fields = new LinkedHashMap<>(request.query());
        fields.putAll(changed);
        String query = fields.entrySet().stream()
                .filter(field -> !field.getValue().isBlank())
                .map(field -> encoded(field.getKey()) + "=" + encoded(Objects.requireNonNull(field.getValue())))
                .collect(Collectors.joining("&"));
        return request.path() + (query.isEmpty() ? "" : "?" + query);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
