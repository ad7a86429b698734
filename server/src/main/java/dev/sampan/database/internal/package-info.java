/// How PostgreSQL is unpacked, started as whom, migrated and pooled.
@NullMarked
package dev.sampan.database.internal;

import org.jspecify.annotations.NullMarked;
