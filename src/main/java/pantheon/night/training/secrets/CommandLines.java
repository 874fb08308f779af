package pantheon.night.training.secrets;

import java.util.List;

/** Passwords that are given to programs on their command lines. */
final class CommandLines {
    /** What parts words, an escaped or continued line end too. */
    private static final String GAP = "[\\s\\\\]{1,20}+(?:(?<=\\\\)[nrt]\\s{0,20}+)?";

    private static final String WORD = "(?:[^\\s\"'\\\\|;]{1,300}+|\\\\{0,7}[\"'][^\"'\\\\]{0,300}+\\\\{0,7}[\"'])";

    /** The words before an option. */
    private static final String WORDS = "(?:" + GAP + WORD + "){0,20}?" + GAP;

    private static final String QUOTE = "\\\\{0,7}[\"']?";

    /** No variable, nor what stands for a value in examples. */
    private static final String VALUE =
            QUOTE + "(?![$<{\\[(%*|.-]|(?i:x{3,}|your|example|password\\b|secret\\b|pass\\b))([^\\s\"'`\\\\<>]{3,400})";

    /** The same where a word of plain prose may stand: with a digit, a mark, a capital letter within, or two hyphens. */
    private static final String ODD = "(?=[^\\s\"'`\\\\]{0,100}(?:[0-9!@#^&+=]|[a-z][A-Z]|-[a-z0-9]+-))";

    private static final String LOGIN = QUOTE + "[^\\s:\"'\\\\$<{]{0,100}:" + VALUE;

    /** The end of an option's name, the longest way that it is written. */
    private static final String SECRET_OPTION =
            "-(?i:passw(?:or)?d|passphrase|passwort|secret|token|api-?key|access-?key|secret-?key|auth-?key|pwd|pass)";

    private static final String[] OPTIONS = {"-pass", "-secret", "-token", "-api", "-access", "-auth", "-pwd"};

    static final List<SecretPattern> ALL = List.of(
            given(SECRET_OPTION + "(?:=|" + GAP + ")" + odd(), OPTIONS),
            given("-(?i:passw(?:or)?d|passphrase|pass|pwd)=" + VALUE, "-pass", "-pwd"),
            given("(?:mysql|mariadb)[a-z_-]{0,20}" + WORDS + "-p(?!assword)" + VALUE, "mysql", "mariadb"),
            given("sshpass" + GAP + "-p" + "(?:" + GAP + ")?" + VALUE, "sshpass"),
            given(
                    "(?:curl|wget|http|https|xh)" + WORDS + "(?:-[A-Za-z]{0,8}[ua]|--user|--proxy-user|--auth)(?:=|"
                            + GAP + ")?" + LOGIN,
                    "curl",
                    "wget",
                    "http ",
                    "https ",
                    "xh "),
            given("login" + WORDS + "-p(?:=|" + GAP + ")?" + VALUE, "login"),
            given("(?:redis-cli|valkey-cli)" + WORDS + "(?:-a|--pass)" + GAP + VALUE, "redis-cli", "valkey-cli"),
            given(
                    "(?:ldapsearch|ldapmodify|ldapadd|ldappasswd|ldapdelete|ldapwhoami)" + WORDS + "-w(?:" + GAP + ")?"
                            + VALUE,
                    "ldap"),
            given(
                    "(?:mongosh|mongodump|mongorestore|mongoexport|mongoimport|mongo|sqlcmd|bcp|zip|7z|7za|rar|unrar|influx|cqlsh|nsupdate|ipmitool|smbclient|vncpasswd|pdftk|qpdf)"
                            + WORDS + "-[pPU](?:" + GAP + ")?" + odd(),
                    "mongo",
                    "sqlcmd",
                    "bcp",
                    "zip",
                    "7z ",
                    "7za ",
                    "rar ",
                    "influx",
                    "cqlsh",
                    "ipmitool",
                    "smbclient"),
            given("-(?:passin|passout|passwd)" + GAP + "pass:" + VALUE, "-passin", "-passout"),
            given(
                    "-(?:storepass|keypass|srcstorepass|deststorepass|destkeypass)" + GAP + VALUE,
                    "-storepass",
                    "-keypass",
                    "-srcstorepass",
                    "-deststorepass",
                    "-destkeypass"),
            given("(?i:ConvertTo-SecureString)" + WORDS + VALUE, "ConvertTo-SecureString"),
            given(
                    "htpasswd(?=[^|;]{0,200}-[A-Za-z]{0,8}b)" + WORDS + "[^\\s\"'\\\\-][^\\s\"'\\\\]{0,100}" + GAP
                            + odd(),
                    "htpasswd"),
            given(
                    "(?:useradd|usermod|adduser)" + WORDS + "(?:-p|--password)(?:=|" + GAP + ")" + VALUE,
                    "useradd",
                    "usermod",
                    "adduser"),
            given(
                    "echo" + GAP + QUOTE + "[A-Za-z0-9_.-]{1,60}:" + VALUE + QUOTE
                            + "\\s{0,3}\\|\\s{0,3}(?:sudo\\s+)?chpasswd",
                    "echo "),
            given("chpasswd" + QUOTE + "\\s{0,3}<<<\\s{0,3}" + LOGIN, "chpasswd"),
            given("openssl" + WORDS + "-[kK]" + GAP + VALUE, "openssl"),
            given(
                    "(?:gh|glab)\\s+(?:secret|variable)" + WORDS + "(?:-b|-v|--body|--value)(?:=|" + GAP + ")?" + VALUE,
                    "gh secret",
                    "gh variable",
                    "glab variable"),
            given("(?:sqlplus|rman)" + WORDS + "[A-Za-z0-9_]{1,60}/" + odd() + "@", "sqlplus", "rman "),
            given("echo" + GAP + VALUE + QUOTE + "\\s{0,3}\\|\\s{0,3}(?:sudo\\s+-S|[a-z]{1,12}\\s+login)", "echo "));

    private CommandLines() {}

    private static String odd() {
        return QUOTE + ODD + VALUE.substring(QUOTE.length());
    }

    private static SecretPattern given(String pattern, String... anchors) {
        return SecretPattern.of("command_line_password", pattern, anchors);
    }
}
