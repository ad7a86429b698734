/// The job table, and the loop that takes jobs from it.
@NullMarked
package dev.sampan.jobs.internal;

import org.jspecify.annotations.NullMarked;
