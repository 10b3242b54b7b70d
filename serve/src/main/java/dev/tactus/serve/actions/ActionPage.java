package dev.tactus.serve.actions;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import dev.tactus.serve.http.FormData;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.pages.PageTemplates;
import dev.tactus.serve.pages.ResultView;
import dev.tactus.serve.signin.PageGate;
import dev.tactus.serve.signin.Viewer;
import dev.tactus.serve.state.SiteState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A form as a page, and what became of it.
public final class ActionPage {
    private final ActionForm form;
    private final CommandRunner runner;
    private final SiteState state;
    private final PageTemplates templates;

    public ActionPage(ActionForm form, CommandRunner runner, SiteState state, PageTemplates templates) {
        this.form = form;
        this.runner = runner;
        this.state = state;
        this.templates = templates;
    }

    /// The form, filled in with what the address says.
    public PageResponse ask(PageRequest request, Viewer viewer) {
        PageGate.require(viewer, form.role());
        List<Map<String, Object>> fields = new ArrayList<>();
        for (String field : form.fields()) {
            String name = ActionForm.plain(field);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            entry.put("label", templates.texts().text("field." + name));
            entry.put("value", request.asked(name).orElse(""));
            entry.put("required", !ActionForm.isOptional(field));
            fields.add(entry);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", templates.texts().text("action." + form.name()));
        model.put("about", templates.texts().text("action.about." + form.name()));
        model.put("path", "/do/" + form.name());
        model.put("fields", fields);
        model.put("person", viewer.name().orElse(""));
        model.put("back", "/" + form.back());
        return templates.page(200, viewer, form.back(), (String) model.get("title"), "action", model);
    }

    /// Runs the command in the name of who sent the form.
    public PageResponse act(PageRequest request, FormData sent, Viewer viewer) {
        String by = viewer.name().orElse("");
        List<String> command = form.command(sent.fields(), by);
        CommandAnswer answer = runner.run(viewer.name(), command);
        state.acted(by, String.join(" ", command), answer.exit());
        return new ResultView(templates)
                .page(viewer, form.back(), templates.texts().text("action." + form.name()), command, answer);
    }
}
