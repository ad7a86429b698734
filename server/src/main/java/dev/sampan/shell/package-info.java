/// What every page needs: layout, language bundles, the policy of who may open what, navigation, panels that
/// rooms lend to each other's pages, and the one stream of live events. In: beans of the rooms ([NavigationEntry],
/// [AccessRule], [LiveTopic], [Panel]). Out: [Page] and [Words] for every template. Knows no other room.
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package dev.sampan.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
