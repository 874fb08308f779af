package pantheon.night.training;

/** A set of 64-bit hashes, 16 to 32 bytes each; 0 is taken for 1. */
final class LongSet {
    private long[] slots = new long[1024];
    private int size;

    /** Adds a hash; false where it was there. */
    boolean add(long hash) {
        if (2 * size >= slots.length) {
            grow();
        }
        int slot = slot(hash);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = stored(hash);
        size++;
        return true;
    }

    boolean contains(long hash) {
        return slots[slot(hash)] != 0;
    }

    /** Where a hash is, or would be. */
    private int slot(long hash) {
        long stored = stored(hash);
        int slot = (int) (stored ^ (stored >>> 32)) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != stored) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        var old = slots;
        slots = new long[2 * old.length];
        for (long stored : old) {
            if (stored != 0) {
                slots[slot(stored)] = stored;
            }
        }
    }

    private static long stored(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
