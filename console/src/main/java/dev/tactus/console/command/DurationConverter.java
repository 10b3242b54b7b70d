package dev.tactus.console.command;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Durations on the command line, in the form that the configuration uses: `90s`, `15m`, `6h`.
public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Section.parse("option", "value: \"" + text.replace("\"", "") + "\"", name -> null)
                    .require("value")
                    .duration();
        } catch (InvalidConfiguration e) {
            throw new TypeConversionException("\"" + text + "\" is not a duration such as 90s, 15m or 6h");
        }
    }
}
