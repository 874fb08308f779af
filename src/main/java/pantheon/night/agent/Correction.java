package pantheon.night.agent;

/** The two fixed texts that answer a reply which broke the contract; we write no other into a transcript. */
public enum Correction {
    NO_CALL("Your reply was not one complete tool call. Reply with a tool call and nothing else."),
    NOT_ON_SCHEMA("Your tool call does not fit the tool's schema. Reply with a tool call that fits it.");

    private final String text;

    Correction(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
