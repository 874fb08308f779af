package pantheon.night.prompt.call;

/** A reply that is no sequence of calls. */
public final class MalformedReply extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String problem;

    /** @param code a short fixed word, for example {@code invalid_json} */
    public MalformedReply(String code, String problem) {
        super(problem);
        this.code = code;
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }

    public String code() {
        return code;
    }
}
