package dev.tactus.settings;

/// Where a setting stands: file, line (from 1) and the dotted path of its key; an empty path is the document itself.
record SettingLocation(String file, int line, String path) {
    SettingLocation key(String key, int keyLine) {
        return new SettingLocation(file, keyLine, path.isEmpty() ? key : path + "." + key);
    }

    SettingLocation element(int index, int elementLine) {
        return new SettingLocation(file, elementLine, path + "[" + index + "]");
    }

    InvalidConfiguration bad(String message) {
        return new InvalidConfiguration(located(message));
    }

    MissingValue missing(String message) {
        return new MissingValue(located(message));
    }

    private String located(String message) {
        return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
