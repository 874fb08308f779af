package pantheon.night.document.fence;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import pantheon.night.contract.yaml.Data;

/**
 * Languages that a machine reads to the letter: a fence is called JSON, YAML or XML only where its code can be read as
 * such. In JSON the members of an object may stand alone, in XML several elements beside one another, as people show
 * parts of files. TOML is never said, since nothing here reads it.
 */
public final class DataFormats {
    /** Longer code is taken for none of them. */
    static final int MOST_CHARS = 64 * 1024;

    private static final String DECLARATION = "^\\s*<\\?xml[^>]{0,200}\\?>";

    private DataFormats() {}

    /** Whether code can be said to be of a language, which is a word as people write it. */
    public static boolean allow(String word, String code) {
        return switch (LanguageWords.language(word)) {
            case "json" -> isShort(code) && (isJson(code) || isJson("{" + code + "}"));
            case "yaml" -> isShort(code) && isYaml(code);
            case "xml" -> isShort(code) && isXml(code);
            case "toml" -> false;
            default -> true;
        };
    }

    private static boolean isShort(String code) {
        return code.length() <= MOST_CHARS;
    }

    private static boolean isJson(String code) {
        try {
            Data.read(code, Data.Kind.JSON);
            return true;
        } catch (Data.Unreadable e) {
            return false;
        }
    }

    /** A word or a sentence is a value of YAML too, but nobody calls it that. */
    private static boolean isYaml(String code) {
        try {
            return Data.read(code, Data.Kind.YAML).stream()
                    .anyMatch(document -> document.value().isContainer());
        } catch (Data.Unreadable e) {
            return false;
        }
    }

    private static boolean isXml(String code) {
        try {
            var factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var whole = "<all>" + code.replaceFirst(DECLARATION, "") + "</all>";
            factory.newSAXParser().parse(new InputSource(new StringReader(whole)), new DefaultHandler());
            return true;
        } catch (SAXException e) {
            return false;
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("the JDK reads XML from memory", e);
        }
    }
}
