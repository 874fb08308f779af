package pantheon.night.review;

/**
 * How far two reviewers agree beyond chance: Cohen's kappa with the standard error of Fleiss, Cohen and Everitt, Large
 * sample standard errors of kappa and weighted kappa (1969).
 *
 * @param bothAccept how many tasks both accepted
 * @param firstOnly how many only the first accepted
 */
public record Agreement(int bothAccept, int firstOnly, int secondOnly, int neither) {
    /** Below it a person should look at the reviewers. */
    public static final double ALERT = 0.6;

    /** Below it nothing should be merged on the reviewers' word. */
    public static final double HALT = 0.4;

    /** Below so many tasks nothing is said of the reviewers: the standard error is one of large samples. */
    public static final int FEWEST = 20;

    private static final double Z = 1.959963984540054;

    /** What the agreement allows; it is judged by the lower end of the interval. */
    public enum State {
        GOOD,
        ALERT,
        HALT,
        /** Fewer tasks than {@link #FEWEST} were reviewed by both. */
        TOO_FEW,
        /** Both said the same to everything, or nothing was reviewed: kappa is not defined. */
        UNDEFINED
    }

    public int tasks() {
        return bothAccept + firstOnly + secondOnly + neither;
    }

    private double chance() {
        double n = tasks();
        double first = (bothAccept + firstOnly) / n;
        double second = (bothAccept + secondOnly) / n;
        return first * second + (1 - first) * (1 - second);
    }

    /** 1 for full agreement, 0 for that of chance; NaN where it is not defined. */
    public double kappa() {
        double seen = (double) (bothAccept + neither) / tasks();
        return (seen - chance()) / (1 - chance());
    }

    public double standardError() {
        double n = tasks();
        double kappa = kappa();
        double chance = chance();
        double[][] p = {{bothAccept / n, firstOnly / n}, {secondOnly / n, neither / n}};
        double[] row = {p[0][0] + p[0][1], p[1][0] + p[1][1]};
        double[] column = {p[0][0] + p[1][0], p[0][1] + p[1][1]};
        double sum = -Math.pow(kappa - chance * (1 - kappa), 2);
        for (int i = 0; i < 2; i++) {
            sum += p[i][i] * Math.pow(1 - (row[i] + column[i]) * (1 - kappa), 2);
            sum += Math.pow(1 - kappa, 2) * p[i][1 - i] * Math.pow(column[i] + row[1 - i], 2);
        }
        return Math.sqrt(Math.max(0, sum) / n) / (1 - chance);
    }

    /** The lower end of the interval at 95 %. */
    public double low() {
        return Math.max(-1, kappa() - Z * standardError());
    }

    public double high() {
        return Math.min(1, kappa() + Z * standardError());
    }

    public State state() {
        if (Double.isNaN(kappa())) {
            return State.UNDEFINED;
        }
        if (tasks() < FEWEST) {
            return State.TOO_FEW;
        }
        if (low() < HALT) {
            return State.HALT;
        }
        return low() < ALERT ? State.ALERT : State.GOOD;
    }
}
