package pantheon.night.systemd;

/** What stands between the escape suite's attempts and what they reach for. */
enum Layer {
    NONE("none"),
    PROCESS("process"),
    UNIT("unit"),
    NFT("nft"),
    TOOL("tool"),
    NIGHT("all but tool"),
    ALL("all");

    private final String title;

    Layer(String title) {
        this.title = title;
    }

    /** The head of its column. */
    String title() {
        return title;
    }
}
