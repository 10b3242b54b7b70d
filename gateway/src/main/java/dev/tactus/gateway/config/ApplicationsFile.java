package dev.tactus.gateway.config;

import dev.tactus.digest.Sha256;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Applications as JSON lines, one a line, with the keys that they have in YAML: for more of them than a YAML file
/// holds.
///
/// A line with nothing but an id and keys, which nearly all are, is read by one regular expression; others as the YAML
/// that JSON is, so that they are refused with the same words. Used once, by one thread.
final class ApplicationsFile {
    private static final Pattern SHORT =
            Pattern.compile("\\s*\\{\\s*\"id\"\\s*:\\s*\"([^\"\\\\$]{1,100})\"\\s*,\\s*\"key_sha256\"\\s*:\\s*\\["
                    + "((?:\\s*\"[0-9a-f]{64}\"\\s*,?)*)\\s*]\\s*}\\s*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path file;
    private final CommonLimits common;

    ApplicationsFile(Path file, CommonLimits common) {
        this.file = file;
        this.common = common;
    }

    /// @throws InvalidConfiguration naming file and line
    void read(DistinctApplications to) {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    int at = number;
                    to.add(
                            application(line, number),
                            message -> new InvalidConfiguration(file + ":" + at + ": " + message));
                }
            }
        } catch (CharacterCodingException e) {
            throw new InvalidConfiguration(file + ": this is not a UTF-8 text file");
        } catch (IOException e) {
            throw new InvalidConfiguration(file + ": cannot be read: " + e.getMessage());
        }
    }

    private ApplicationSettings application(String line, int number) {
        Matcher plain = SHORT.matcher(line);
        if (plain.matches()) {
            List<Sha256> keys = new ArrayList<>(1);
            Matcher digests = DIGEST.matcher(plain.group(2));
            while (digests.find()) {
                keys.add(Sha256.parse(digests.group()));
            }
            try {
                return new ApplicationSettings(
                        plain.group(1),
                        keys,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        common.limits());
            } catch (IllegalArgumentException e) {
                throw new InvalidConfiguration(file + ":" + number + ": " + e.getMessage());
            }
        }
        if (!line.strip().startsWith("{")) {
            throw new InvalidConfiguration(file + ":" + number
                    + ": expected one application, such as {\"id\": \"radio\", \"key_sha256\": [\"…\"]}");
        }
        // lines before it, so that what is refused is refused with the file's line
        Section one = Section.parse(file.toString(), line, name -> null);
        try {
            return ApplicationSettingsReader.application(one, common);
        } catch (InvalidConfiguration e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()).replaceFirst(":1: ", ":" + number + ": "));
        }
    }
}
