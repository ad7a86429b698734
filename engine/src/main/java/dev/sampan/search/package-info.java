/// Search: which training to try next. In: the specification's block `search` and the leaderboard so far. Out: the next
/// trial, or that there is none. Nothing here trains, waits or remembers: the same leaderboard gives the same next
/// trial, so that whoever keeps the leaderboard can be stopped at any moment and go on.
@ApplicationModule(allowedDependencies = {"kernel", "spec"})
@NullMarked
package dev.sampan.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
