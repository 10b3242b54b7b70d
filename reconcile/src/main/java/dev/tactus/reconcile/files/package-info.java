/// The files for people: the page (HTML with SVG charts), the workbook and the CSV, and how figures are written in
/// them.
@NullMarked
package dev.tactus.reconcile.files;

import org.jspecify.annotations.NullMarked;
