package dev.tactus.console.reports;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.JsonObject;
import dev.tactus.reports.layout.LayoutTemplate;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "template",
        description = "Proposes a layout for a new kind of report, from its header and first rows, as YAML.",
        footerHeading = "%nExample:%n",
        footer = "  tactus reports template odd.csv >layouts/odd.yaml")
public final class ReportsTemplateCommand extends TactusCommand {
    @Parameters(paramLabel = "FILE", description = "A report of that kind.")
    private Path file = Path.of("");

    public ReportsTemplateCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        String layout = LayoutTemplate.of(file);
        if (options.json) {
            options.printJson(true, JsonObject.of("file", file).put("layout", layout));
        } else {
            options.console().out().print(layout);
            options.console().out().flush();
        }
        return ExitCode.DONE;
    }
}
