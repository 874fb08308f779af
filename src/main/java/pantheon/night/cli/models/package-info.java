/** What is done with models: imported, looked at, measured, pinned by a manifest. */
@NullMarked
package pantheon.night.cli.models;

import org.jspecify.annotations.NullMarked;
