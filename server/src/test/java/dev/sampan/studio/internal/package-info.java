/// Tests of the room, against a real PostgreSQL and a trainer that copies a tiny package.
@NullMarked
package dev.sampan.studio.internal;

import org.jspecify.annotations.NullMarked;
