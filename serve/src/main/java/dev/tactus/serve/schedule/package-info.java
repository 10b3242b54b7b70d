/// What the clock starts: jobs, their times, missed ones caught up once, and folders that are watched.
@NullMarked
package dev.tactus.serve.schedule;

import org.jspecify.annotations.NullMarked;
