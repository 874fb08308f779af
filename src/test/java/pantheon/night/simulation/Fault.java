package pantheon.night.simulation;

/** What can go wrong once while a machine runs. */
enum Fault {
    NONE,
    /** The process is killed; what it wrote stays. */
    KILLED,
    /** The power goes; what was not synced may be lost, in part or wholly. */
    POWER_LOST,
    /** SIGTERM. */
    STOPPED,
    /** SIGTERM, and soon after once more: the process ends at once, with 143. */
    STOPPED_TWICE,
    /** The engine never answers: the watchdog ends the process, with 70. */
    HUNG,
    /** A bug throws out of the engine. */
    BUG,
    /** The engine cannot go on, or not with this task. */
    ENGINE_LOST,
    /** A write fails behind some of its bytes. */
    WRITE_FAILED,
    /** A sync fails, and what it should have made last is lost with the next loss of power. */
    SYNC_FAILED,
    /** From some write on, the disk is full. */
    DISK_FULL
}
