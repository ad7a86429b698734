/// Tests of tracking, against a real PostgreSQL.
@NullMarked
package dev.sampan.studio.tracking;

import org.jspecify.annotations.NullMarked;
