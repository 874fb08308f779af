/** YAML as JSON: its scalars, how deep a text is nested, and whole documents that strangers wrote. */
@NullMarked
package pantheon.night.contract.yaml;

import org.jspecify.annotations.NullMarked;
