/// Whether what must always be true is true. In: a bean of each room with its [Invariants]. Out: an [Inspection],
/// when somebody asks (`./sampan verify`) and every hour by itself, by one node.
///
/// **Invariants.** Looking changes nothing but the list of inspections. A look that fails is a break, never a
/// pass: what could not be seen is not sound. While the database is away there is no look.
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell", "accounts"})
@NullMarked
package dev.sampan.integrity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
