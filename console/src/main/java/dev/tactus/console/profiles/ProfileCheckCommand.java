package dev.tactus.console.profiles;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.source.profile.ProfileLint;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Says everything that is wrong with a profile, with file, line and key.",
            "Notes refuse nothing. Calls nobody."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus profile check my-service.yaml", "  tactus profile check apple-music --json"})
public final class ProfileCheckCommand extends TactusCommand {
    @Parameters(paramLabel = "FILE", description = "The profile's file, or the name of a bundled one.")
    private String file = "";

    public ProfileCheckCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        ProfileLint lint = ProfileLint.of(file, Path.of(""));
        boolean ok = lint.errors().isEmpty();
        if (options.json) {
            options.printJson(
                    ok,
                    JsonObject.of("profile", file).put("errors", lint.errors()).put("notes", lint.notes()));
        } else {
            lint.errors().forEach(error -> options.print("NOT OK  " + error));
            lint.notes().forEach(note -> options.print("note    " + note));
            options.print(
                    ok
                            ? "ok      " + file + ", "
                                    + HumanFormat.counted(lint.notes().size(), "note", "notes")
                            : HumanFormat.counted(lint.errors().size(), "error", "errors"));
        }
        return ok ? ExitCode.DONE : ExitCode.USAGE;
    }
}
