/// The files for people: page, workbook and CSV, and how figures are written in them.
@NullMarked
package dev.tactus.reconcile.files;

import org.jspecify.annotations.NullMarked;
