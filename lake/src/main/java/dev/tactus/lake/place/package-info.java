/// Where a lake is: its files and its catalog's database.
@NullMarked
package dev.tactus.lake.place;

import org.jspecify.annotations.NullMarked;
