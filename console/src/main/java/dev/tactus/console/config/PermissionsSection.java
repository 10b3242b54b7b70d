package dev.tactus.console.config;

import dev.tactus.lake.files.FilePermissions;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;

/// Who may read what is made: `permissions:`.
final class PermissionsSection {
    private PermissionsSection() {}

    static FilePermissions read(Section yaml) {
        yaml.only("files", "folders");
        return FilePermissions.of(
                yaml.find("files")
                        .map(value -> octal(value, "0?6[0-7][0-5]", "0640 or 0660"))
                        .orElse("600"),
                yaml.find("folders")
                        .map(value -> octal(value, "0?7[0-7][0-5]", "0750 or 0770"))
                        .orElse("700"));
    }

    /// Not for everybody to write: whoever can change a ledger can change what is paid.
    private static String octal(Value value, String pattern, String such) {
        String text = value.text().strip();
        if (!text.matches(pattern)) {
            throw value.bad("expected permissions such as " + such + "; the owner writes, not everybody");
        }
        return text;
    }
}
