package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.remote.CatalogTransaction;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.types.Types.NestedField;

/// Opens the tables of a catalog: created where missing, given the columns they lack.
final class TableOpener {
    private static final Map<String, String> PROPERTIES = Map.of(
            "format-version", "2",
            "write.format.default", "parquet",
            "write.parquet.compression-codec", "zstd",
            // deletes nothing by itself: the sweep takes metadata that has left the log
            "write.metadata.previous-versions-max", "50",
            "write.metadata.delete-after-commit.enabled", "false");

    private final Catalog catalog;
    private final CatalogTransaction transaction;
    private final DigestRegister digests;
    private final LakeFiles files;
    private final Path folder;
    private final CommitClock clock;
    private final LakeCatalog.Opening opening;
    private final Set<LakeTable> made = EnumSet.noneOf(LakeTable.class);

    TableOpener(
            Catalog catalog,
            CatalogTransaction transaction,
            DigestRegister digests,
            LakeFiles files,
            CommitClock clock,
            LakeCatalog.Opening opening) {
        this.digests = digests;
        this.opening = opening;
        this.catalog = catalog;
        this.transaction = transaction;
        this.files = files;
        this.folder = files.folder();
        this.clock = clock;
    }

    /// The tables that were not there, or made anew.
    Set<LakeTable> made() {
        return Set.copyOf(made);
    }

    Table open(LakeTable lakeTable) {
        TableIdentifier id = TableIdentifier.of(LakeCatalog.NAMESPACE, lakeTable.label());
        try {
            Table table = catalog.loadTable(id);
            if (!files.isSame(DurableFileIO.path(table.location()), folderOf(lakeTable))) {
                throw elsewhere(lakeTable, table.location());
            }
            if (neverWritten(table) && !isAsDeclared(table, lakeTable)) {
                requireChange(lakeTable);
                catalog.dropTable(id, false);
                return create(id, lakeTable);
            }
            return evolved(table, lakeTable);
        } catch (NoSuchTableException e) {
            requireNeverMade(lakeTable);
            requireChange(lakeTable);
            return create(id, lakeTable);
        } catch (NotFoundException e) {
            throw missing(e);
        } catch (IOException e) {
            throw moved("another folder");
        }
    }

    /// A file of the metadata that is not there: lost, or in the place that the lake had before.
    private LakeException missing(NotFoundException e) {
        String words = LakeFailures.words(e);
        return LakeFailures.told(e)
                .orElseGet(() -> words.contains(DurableFileIO.location(folder))
                        ? new LakeDamaged("the table's metadata file " + words + ". " + LakeDamaged.REMEDY, e)
                        : moved(words.replaceFirst("(?s) is missing: .*", "")));
    }

    /// Before a table is made, or brought up to date.
    private void requireChange(LakeTable lakeTable) {
        if (opening == LakeCatalog.Opening.AS_IT_IS) {
            throw new LakeUnavailable(
                    "an earlier version has made the lake in " + folder + ": its table " + lakeTable.label()
                            + " is not there, or lacks columns. The next command that changes the lake brings it up to"
                            + " date; nothing was touched",
                    null);
        }
    }

    private void requireNeverMade(LakeTable lakeTable) {
        try {
            boolean committed = digests.newestBeside(
                            folderOf(lakeTable).resolve("metadata").resolve("any"))
                    .filter(name -> DigestRegister.number(name) > 0)
                    .isPresent();
            // one whose making was cut off has files and is made anew
            if (committed
                    || (opening == LakeCatalog.Opening.AS_IT_IS
                            && !files.under(folderOf(lakeTable)).isEmpty())) {
                throw new LakeDamaged(
                        "the catalog no longer names the table " + lakeTable.label() + ", whose files are in "
                                + folderOf(lakeTable) + ". " + LakeDamaged.REMEDY,
                        null);
            }
        } catch (IOException e) {
            throw LakeFailures.of("the folder " + folderOf(lakeTable) + " can't be read", e);
        }
    }

    private Path folderOf(LakeTable lakeTable) {
        return folder.resolve("tactus").resolve(lakeTable.label());
    }

    /// A table that lies elsewhere is that of a lake that was moved, unless it is another table of this one.
    private LakeException elsewhere(LakeTable lakeTable, String location) throws IOException {
        for (LakeTable other : LakeTable.values()) {
            if (files.isSame(DurableFileIO.path(location), folderOf(other))) {
                return new LakeDamaged(
                        "the catalog names metadata of the table " + other.label() + " as that of " + lakeTable.label()
                                + ": another hand has changed it. " + LakeDamaged.REMEDY,
                        null);
            }
        }
        return moved(location);
    }

    private Table create(TableIdentifier id, LakeTable lakeTable) {
        made.add(lakeTable);
        try {
            catalog.buildTable(id, lakeTable.schema())
                    .withPartitionSpec(lakeTable.spec())
                    .withLocation(
                            DurableFileIO.location(folder.resolve("tactus").resolve(lakeTable.label())))
                    .withProperties(PROPERTIES)
                    .create();
            return catalog.loadTable(id);
        } catch (AlreadyExistsException _) {
            // somebody who has opened the lake meanwhile has made the same one
            return catalog.loadTable(id);
        }
    }

    private static boolean neverWritten(Table table) {
        return !table.snapshots().iterator().hasNext();
    }

    /// Partitions, and the ids inside new nested columns, can't be given to a table afterwards as a new one has them; a
    /// table that holds nothing is made anew instead.
    private static boolean isAsDeclared(Table table, LakeTable declared) {
        return table.schema().sameSchema(declared.schema()) && table.spec().compatibleWith(declared.spec());
    }

    private LakeUnavailable moved(String where) {
        return new LakeUnavailable(
                "the lake in " + folder + " was moved: its tables point to " + where
                        + ". Iceberg's metadata holds absolute paths: move it back, make a backup there (tactus"
                        + " backup), and bring that here (tactus restore); or put a symbolic link where it was",
                null);
    }

    /// Adds what this version knows and the table does not; ids must come out as declared.
    private Table evolved(Table table, LakeTable declared) {
        Set<String> present =
                table.schema().columns().stream().map(NestedField::name).collect(Collectors.toSet());
        UpdateSchema update = table.updateSchema();
        boolean lacking = false;
        for (NestedField field : declared.fields()) {
            if (!present.contains(field.name())) {
                update.addColumn(field.name(), field.type());
                lacking = true;
            }
        }
        if (lacking) {
            requireChange(declared);
            // not by itself: it would stamp the change with a clock that may be behind the table
            transaction.run(() -> {
                new TimedCommit(table, clock.next(List.of(table))).schema(update.apply());
                return table;
            });
            table.refresh();
        }
        Schema schema = table.schema();
        for (NestedField field : declared.fields()) {
            NestedField stored = schema.findField(field.name());
            if (stored.fieldId() != field.fieldId() || !stored.type().equals(field.type())) {
                throw new LakeDamaged(
                        "the lake's table " + declared.label() + " has another column " + stored + " than " + field
                                + ", which this version writes; use the version that made it",
                        null);
            }
        }
        return table;
    }
}
