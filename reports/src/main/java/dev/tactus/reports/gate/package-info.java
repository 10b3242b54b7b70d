/// What has to hold of a delivery before its rows become visible: against what it replaces, against what was paid.
@NullMarked
package dev.tactus.reports.gate;

import org.jspecify.annotations.NullMarked;
