package pantheon.night.report.page;

import pantheon.night.report.page.Block.Parts;

/** One bar of parts that make a whole, with a legend in words. */
final class PartsBar {
    private static final double GAP = 0.3;

    private PartsBar() {}

    static void draw(Html html, Parts parts) {
        html.open("figure", "class", "parts").element("figcaption", parts.caption());
        bar(html, parts);
        legend(html, parts);
        html.close();
    }

    private static void bar(Html html, Parts parts) {
        double whole = parts.parts().stream().mapToDouble(Block.Part::value).sum();
        html.open("svg", "viewBox", "0 0 100 4", "preserveAspectRatio", "none", "aria-hidden", "true");
        double at = 0;
        for (int i = 0; i < parts.parts().size() && whole > 0; i++) {
            double width = 100 * parts.parts().get(i).value() / whole;
            var from = HtmlPage.number(at);
            var shown = HtmlPage.number(Math.max(0, width - GAP));
            html.open("rect", "class", "part-" + i, "x", from, "y", "0", "width", shown, "height", "4")
                    .close();
            at += width;
        }
        html.close();
    }

    private static void legend(Html html, Parts parts) {
        html.open("ul", "class", "legend");
        for (int i = 0; i < parts.parts().size(); i++) {
            var part = parts.parts().get(i);
            html.open("li").element("span", "", "class", "key part-" + i, "aria-hidden", "true");
            html.text(part.name() + " ").element("b", part.text()).close();
        }
        html.close();
    }
}
