/// What has to hold of a delivery before it becomes visible: against what it replaces, and what was paid.
@NullMarked
package dev.tactus.reports.gate;

import org.jspecify.annotations.NullMarked;
