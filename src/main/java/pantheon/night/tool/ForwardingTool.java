package pantheon.night.tool;

import pantheon.night.contract.Schema;

/** A tool in all but its calls another one; what it does with a call is left to whoever extends it. */
public abstract class ForwardingTool implements Tool {
    protected final Tool tool;

    protected ForwardingTool(Tool tool) {
        this.tool = tool;
    }

    @Override
    public final String name() {
        return tool.name();
    }

    @Override
    public final String description() {
        return tool.description();
    }

    @Override
    public final Schema arguments() {
        return tool.arguments();
    }

    @Override
    public final Schema result() {
        return tool.result();
    }

    @Override
    public final String digest() {
        return tool.digest();
    }

    @Override
    public final boolean isStable() {
        return tool.isStable();
    }

    @Override
    public boolean isReadOnly() {
        return tool.isReadOnly();
    }
}
