package pantheon.night.training.duplicates;

import java.util.Locale;

/** What a row is for; also its folder's name. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
