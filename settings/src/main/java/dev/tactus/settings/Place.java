package dev.tactus.settings;

/// Where a setting stands: file, line (from 1) and the dotted path of its key; an empty path is the document itself.
record Place(String file, int line, String path) {
    Place key(String key, int keyLine) {
        return new Place(file, keyLine, path.isEmpty() ? key : path + "." + key);
    }

    Place element(int index, int elementLine) {
        return new Place(file, elementLine, path + "[" + index + "]");
    }

    BadSetting bad(String message) {
        return new BadSetting(file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message);
    }
}
