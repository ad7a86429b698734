/// What every page needs: layout, language bundles, navigation port, and the one stream of live events.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
