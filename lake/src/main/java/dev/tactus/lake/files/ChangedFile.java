package dev.tactus.lake.files;

import dev.tactus.lake.failure.LakeDamaged;
import org.apache.iceberg.exceptions.NotFoundException;

/// A file of Iceberg's that is not what it wrote, in the form of the one failure that Iceberg does not retry.
final class ChangedFile extends NotFoundException {
    private static final long serialVersionUID = 1L;

    ChangedFile(LakeDamaged damage) {
        super(damage, "%s", damage.getMessage());
    }
}
