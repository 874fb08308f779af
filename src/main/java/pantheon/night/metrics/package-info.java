/** What a night and its start came to, as numbers for Prometheus. */
@NullMarked
package pantheon.night.metrics;

import org.jspecify.annotations.NullMarked;
