/// How `sampan.yaml` is read and written. YAML events become a [Tree] that knows its places; overrides change the tree;
/// one table of typed fields (`SpecTable` and its sisters) turns it into records, records into trees, and itself into
/// the JSON Schema. A leaf's name, type, range, default and description stand in that table and nowhere else.
@NullMarked
package dev.sampan.spec.internal;

import org.jspecify.annotations.NullMarked;
