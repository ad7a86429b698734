/// Tests of the room, against a real PostgreSQL.
@NullMarked
package dev.sampan.jobs.internal;

import org.jspecify.annotations.NullMarked;
