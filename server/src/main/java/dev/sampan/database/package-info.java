/// PostgreSQL: started, watched and stopped by us or given by URL; migrations room by room; transactions bound to one
/// tenant. In: a room's SQL. Out: its rows, never another tenant's.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
