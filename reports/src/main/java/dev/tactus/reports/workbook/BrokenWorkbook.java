package dev.tactus.reports.workbook;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A spreadsheet contradicts its own format.
public final class BrokenWorkbook extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenWorkbook(String message) {
        super(message);
    }

    BrokenWorkbook(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
