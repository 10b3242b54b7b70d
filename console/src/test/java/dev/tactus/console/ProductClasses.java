package dev.tactus.console;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/// All classes of the product, read once for the tests that hold its structure.
final class ProductClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(
                    location -> !location.contains("/test-classes/") && !location.contains("/servers/target/"))
            .importPackages("dev.tactus");

    private ProductClasses() {}
}
