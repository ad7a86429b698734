/// The words by which runs, experiments and models are searched: `metrics.f1 > 0.9 and tags.owner = 'li'`, an order,
/// a page. In: the client's text and a [dev.sampan.studio.tracking.query.Vocabulary] of what may be asked. Out: SQL
/// made of our own fragments alone, with every value bound.
@NullMarked
package dev.sampan.studio.tracking.query;

import org.jspecify.annotations.NullMarked;
