package pantheon.night.training.secrets;

import java.util.List;
import java.util.stream.Stream;

/**
 * Secrets in each form that is known, all made up, and put together from halves so that no scanner takes this file for a
 * leak.
 *
 * @param kind what it is called where it is taken out
 * @param text as people write it
 * @param value the part of the text that nobody may see
 */
public record MadeUpSecrets(String kind, String text, String value) {
    private static final String A36 = "abcdefghij0123456789ABCDEFGHIJ012345";
    private static final String HEX = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "Tr0ub4dor" + "Zebra17";

    /** Tokens that stand for themselves. */
    public static List<MadeUpSecrets> tokens() {
        return Stream.of(
                        List.of("aws_access_key", "AK", "IAQ3EXAMPLE7ABCDEF"),
                        List.of("aws_access_key", "AS", "IA0189EXAMPLE7ABCD"),
                        List.of("aws_key", "ABSK", "Q" + A36),
                        List.of("github_token", "gh", "p_" + A36),
                        List.of("github_token", "gh", "o_" + A36),
                        List.of("github_token", "gh", "u_" + A36),
                        List.of("github_token", "gh", "s_" + A36),
                        List.of("github_token", "gh", "r_" + A36),
                        List.of("github_token", "github", "_pat_" + A36 + "_" + A36),
                        List.of("gitlab_token", "gl", "pat-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "pat-" + A36.substring(0, 27) + ".01.0z1a2b3c4"),
                        List.of("gitlab_token", "gl", "ptt-" + HEX + "01234567"),
                        List.of("gitlab_token", "gl", "dt-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "rt-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "cbt-64_" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "ft-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "ffct-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "soat-" + A36.substring(0, 20)),
                        List.of("gitlab_token", "gl", "imt-" + A36.substring(0, 25)),
                        List.of("gitlab_token", "gl", "agent-" + A36 + "abcdefghijklmn"),
                        List.of("gitlab_token", "glo", "as-" + HEX + HEX),
                        List.of("gitlab_token", "GR13", "48941" + A36.substring(0, 20)),
                        List.of("anthropic_key", "sk-", "ant-api03-" + A36),
                        List.of("openai_key", "sk-", "proj-" + A36),
                        List.of("openai_key", "sk", "-" + A36),
                        List.of("google_api_key", "AI", "za" + A36.substring(0, 35)),
                        List.of("google_oauth_token", "ya", "29." + A36),
                        List.of("google_oauth_token", "GOC", "SPX-" + A36.substring(0, 28)),
                        List.of("hugging_face_token", "hf", "_" + A36),
                        List.of("groq_key", "gs", "k_" + A36 + A36.substring(0, 16)),
                        List.of("model_service_key", "xa", "i-" + A36 + A36),
                        List.of("model_service_key", "nva", "pi-" + A36 + A36),
                        List.of("npm_token", "np", "m_" + A36),
                        List.of("pypi_token", "py", "pi-AgE" + A36 + A36),
                        List.of("package_registry_token", "ruby", "gems_" + HEX + "0123456789abcdef"),
                        List.of("docker_token", "dck", "r_pat_" + A36.substring(0, 27)),
                        List.of("slack_token", "xo", "xb-1234567890-" + A36),
                        List.of("slack_token", "xo", "xp-1234567890-" + A36),
                        List.of("slack_token", "xo", "xe-1-" + A36),
                        List.of("slack_token", "xo", "xe.xo" + "xp-1-" + A36),
                        List.of("slack_token", "xa", "pp-1-A0123456789-1234567890123-" + HEX),
                        List.of("stripe_key", "sk", "_live_" + A36),
                        List.of("stripe_key", "rk", "_test_" + A36),
                        List.of("webhook_secret", "wh", "sec_" + A36),
                        List.of("webhook_secret", "wh", "sec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        List.of("sendgrid_key", "SG", ".abcdefghij0123456789ab." + A36),
                        List.of("mail_key", "ke", "y-" + HEX),
                        List.of("mail_key", "xkey", "sib-" + HEX + HEX + "-" + A36.substring(0, 16)),
                        List.of("twilio_key", "SK", HEX),
                        List.of("telegram_token", "1234567890", ":AA" + A36.substring(0, 33)),
                        List.of("digitalocean_token", "do", "p_v1_" + HEX + HEX),
                        List.of("linear_key", "lin", "_api_" + A36),
                        List.of("notion_token", "nt", "n_" + A36 + A36.substring(0, 10)),
                        List.of("notion_token", "sec", "ret_" + A36 + "abcdefg"),
                        List.of("atlassian_token", "ATA", "TT3xFfGF0" + A36 + "=ABCDEF01"),
                        List.of("databricks_token", "da", "pi" + HEX),
                        List.of("doppler_token", "dp", ".pt." + A36 + "abcdefg"),
                        List.of("fly_token", "fo", "1_" + A36 + "abcdefg"),
                        List.of("grafana_token", "gl", "sa_" + A36.substring(0, 32) + "_0a1b2c3d"),
                        List.of("grafana_token", "gl", "c_eyJvIjoiMTIzNCIsIm4iOiJhIn0" + A36),
                        List.of("shopify_token", "shp", "at_" + HEX),
                        List.of("square_token", "sq0", "atp-" + A36.substring(0, 22)),
                        List.of("vault_token", "hv", "s." + A36 + A36),
                        List.of("vault_token", "hv", "b.AAAAAQJ" + A36),
                        List.of("terraform_token", "Zq9Zq8Zq7Zq6Zq", ".atla" + "sv1." + A36 + A36),
                        List.of("azure_secret", "abc8", "Q~" + A36.substring(0, 34)),
                        List.of("pulumi_token", "pu", "l-" + HEX + "01234567"),
                        List.of("hosting_token", "HRK", "U-AA" + A36),
                        List.of("hosting_token", "sb", "p_" + HEX + "01234567"),
                        List.of("service_token", "sn", "trys_eyJpYXQiOjE2" + A36),
                        List.of("service_token", "NR", "AK-" + A36.substring(0, 27)),
                        List.of("service_token", "PM", "AK-" + HEX.substring(8) + "-" + HEX),
                        List.of("service_token", "ts", "key-auth-" + A36),
                        List.of("model_service_key", "tv", "ly-" + A36),
                        List.of("model_service_key", "jin", "a_" + A36),
                        List.of("model_service_key", "f", "c-" + HEX),
                        List.of("model_service_key", "s", "k_" + HEX + HEX.substring(16)),
                        List.of("openai_key", "se", "ss-" + A36),
                        List.of("doppler_token", "dp", ".st.dev." + A36 + "abcdefg"),
                        List.of("shopify_token", "shp", "ua_" + HEX),
                        List.of("service_token", "sha", "256~_" + A36),
                        List.of("service_token", "FLWS", "ECK_TEST-" + HEX + "-X"),
                        List.of("service_token", "sg", "p_" + HEX.substring(16) + "_" + HEX + "01234567"),
                        List.of("service_token", "pa", "t-eu1-01234567-89ab-cdef-0123-456789abcdef"),
                        List.of("service_token", "r", "e_Ab1cD2eF_" + A36.substring(0, 24)),
                        List.of("service_token", "s", "l.u." + A36 + A36 + A36 + A36),
                        List.of("service_token", "or", "y_at_" + A36),
                        List.of("service_token", "v4.lo", "cal." + A36 + A36),
                        List.of("crates_token", "ci", "o" + HEX),
                        List.of("datadog_key", "ddap", "p_" + HEX),
                        List.of("facebook_token", "EA", "A" + A36 + A36),
                        List.of("mapbox_token", "sk", ".eyJ1IjoiYW5uIiwiYSI6ImEifQ." + A36),
                        List.of("paypal_token", "access_to", "ken$production$a1b2c3d4e5f6g7h8$" + HEX),
                        List.of("twitter_token", "A".repeat(10), "A".repeat(12) + A36 + A36),
                        List.of("plaid_token", "access-", "sandbox-01234567-89ab-cdef-0123-456789abcdef"),
                        List.of("airtable_token", "pa", "tabcdefghij0123." + HEX + HEX),
                        List.of("json_web_token", "ey", "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghij0123456789"),
                        List.of(
                                "private_key",
                                "AGE-SECRET",
                                "-KEY-1"
                                        + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
                                                .repeat(2)
                                                .substring(0, 58)),
                        List.of("password_hash", "$2", "b$12$" + "abcdefghijklmnopqrstuu" + A36.substring(0, 31)))
                .map(parts -> new MadeUpSecrets(parts.get(0), parts.get(1) + parts.get(2), parts.get(1) + parts.get(2)))
                .toList();
    }

    /** Values that are secret by what stands around them; the value is marked in the text by braces. */
    public static List<MadeUpSecrets> inContext() {
        return Stream.of(
                        "url_token https://{abcdefghij0123456789ABCDEF}@git.example/a.git",
                        "okta_token Authorization: SSWS {00abcdefghij0123456789ABCDEF}",
                        "webhook_address https://hooks.slack"
                                + ".com/services/{T01ABCDEF/B01ABCDEF/abcdefghij0123456789ABCD}",
                        "webhook_address https://discord" + ".com/api/webhooks/{123456789012345678/" + A36 + "}",
                        "webhook_address https://example.webhook"
                                + ".office.com/webhookb2/{01234567-89ab@0123/IncomingWebhook/" + HEX + "/0123}",
                        "webhook_address https://hooks.zapier" + ".com/hooks/catch/{1234567/a1b2c3d}",
                        "signature https://a.blob.example/c?sv=2024&sig={aB3%2F" + A36 + "%3D}",
                        "azure_key AccountName=a;AccountKey={AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdEfGhIjKl==};x",
                        "azure_key Endpoint=sb://a/;SharedAccessKey={AbCdEfGhIjKlMnOpQrStUvWxYz0123456789=}",
                        "url_password https://user:{" + PASSWORD + "}@example.org/a",
                        "url_password postgres://app:{p%40ss" + PASSWORD + "}@db.example/app",
                        "url_password redis://:{" + PASSWORD + "}@cache.example:6379/0",
                        "url_password amqp://u:{pa:ss@" + PASSWORD + "}@mq.example",
                        "authorization Authorization: Bearer {abcdefghij0123456789xyz}",
                        "authorization curl -H 'Authorization: Basic {dXNlcjpUcjB1YjRkb3I=}' https://example.org",
                        "authorization Authorization: Token {a1b2c3d4e5f6a7b8}",
                        "assigned_secret password = {correct1horse2battery}",
                        "assigned_secret password: \"{p;a,s(s" + PASSWORD + ")}\"",
                        "assigned_secret \"password\": \"{" + PASSWORD + "}\"",
                        "assigned_secret spring.datasource.password={" + PASSWORD + "}",
                        "assigned_secret the password is {" + PASSWORD + "} for now",
                        "assigned_secret **Password:** `{" + PASSWORD + "}`",
                        "assigned_secret <password>{" + PASSWORD + "}</password>",
                        "assigned_secret | password | {" + PASSWORD + "} |",
                        "assigned_secret API_KEY: '{a1b2c3d4e5f6}'",
                        "assigned_secret let api_key: &str = \"{a1b2c3d4e5f6}\";",
                        "assigned_secret os.environ[\"API_KEY\"] = \"{a1b2c3d4e5f6}\"",
                        "assigned_secret config.set(\"password\", \"{" + PASSWORD + "}\")",
                        "assigned_secret <property name=\"password\" value=\"{" + PASSWORD + "}\"/>",
                        "assigned_secret ALTER USER ann IDENTIFIED BY '{" + PASSWORD + "}'",
                        "assigned_secret #define API_KEY {a1b2c3d4e5f6}",
                        "assigned_secret setenv API_TOKEN {a1b2c3d4e5f6}",
                        "assigned_secret client-secret={Zm9vYmFyMTIz}",
                        "assigned_secret aws_secret_access_key = {qK83hf7sdh/fkjs92hdkA}",
                        "assigned_secret aws_session_token={IQoJb3JpZ2luX2VjE0123456789//////////wEaCXVz}",
                        "assigned_secret DD_APP_KEY={" + HEX + "01234567}",
                        "assigned_secret PRIVATE-TOKEN: {a1b2c3d4e5f6g7h8i9j0}",
                        "assigned_secret X-Vault-Token: {a1b2c3d4e5f6g7h8i9j0}",
                        "assigned_secret PGPASSWORD={correcthorse} psql -h db",
                        "assigned_secret MYSQL_PWD={correcthorse} mysqldump a",
                        "assigned_secret //registry.example/:_authToken={a1b2c3d4-e5f6-a7b8}",
                        "assigned_secret \"auth\": \"{dXNlcjpUcjB1YjRkb3I=}\"",
                        "assigned_secret machine example.org login ann password {" + PASSWORD + "}",
                        "command_line_password mysql -u root -p{" + PASSWORD + "} shop",
                        "command_line_password mysqldump --host=db -p'{" + PASSWORD + "}' shop",
                        "command_line_password mariadb -uroot -p{correcthorse}",
                        "command_line_password psql --password {" + PASSWORD + "}",
                        "command_line_password tool --db-password={correcthorse}",
                        "command_line_password tool --api-key {a1b2c3d4e5f6} run",
                        "command_line_password tool --token={a1b2c3d4e5f6} run",
                        "command_line_password curl -u ann:{" + PASSWORD + "} https://example.org",
                        "command_line_password curl -sS https://example.org --user 'ann:{" + PASSWORD + "}'",
                        "command_line_password curl -s \\\n  \"https://example.org\" \\\n  -u ann:{correcthorse}",
                        "command_line_password sshpass -p {correcthorse} ssh ann@example.org",
                        "command_line_password docker login -u ann -p {correcthorse} registry.example",
                        "command_line_password redis-cli -h cache -a {correcthorse} ping",
                        "command_line_password ldapsearch -x -D cn=a -w {correcthorse}",
                        "command_line_password mongosh -u ann -p {" + PASSWORD + "}",
                        "command_line_password openssl rsa -in k.pem -passin pass:{correcthorse}",
                        "command_line_password keytool -list -storepass {correcthorse}",
                        "command_line_password echo {correcthorse} | sudo -S true",
                        "assigned_secret db_password: |-\n    {" + PASSWORD + "}\n",
                        "assigned_secret api_key: >\n  {a1b2c3d4e5f6}",
                        "assigned_secret - name: DB_PASSWORD\n  value: {" + PASSWORD + "}",
                        "assigned_secret env: 'name': 'API_TOKEN', 'value': '{a1b2c3d4e5f6}'".replace("'", "\""),
                        "assigned_secret user: ann, pass: {" + PASSWORD + "}",
                        "assigned_secret The password is: {" + PASSWORD + "}",
                        "assigned_secret the old password was {" + PASSWORD + "}.x",
                        "cookie Cookie: {sessionid=a1b2c3d4e5f6g7h8; csrftoken=Zm9vYmFyMTIz}",
                        "cookie Set-Cookie: {sid=a1b2c3d4e5f6g7h8; Path=/; HttpOnly}",
                        "seed_phrase mnemonic: {"
                                + "zebra apple river stone ".repeat(3).strip() + "}",
                        "seed_phrase The recovery phrase is \"{"
                                + "cloud amber quick otter ".repeat(6).strip() + "}\"",
                        "private_key \"kty\": \"oct\", \"k\": \"{" + A36 + "}\"",
                        "private_key \"kty\": \"RSA\", \"dq\": \"{" + A36 + "}\"",
                        "private_key <RSAKeyValue><InverseQ>{" + A36 + "+/==}</InverseQ></RSAKeyValue>",
                        "private_key untrusted comment: minisign encrypted secret key\n{RWR" + "TY0Iy" + A36 + A36
                                + "}",
                        "command_line_password htpasswd -bc users ann {" + PASSWORD + "}",
                        "command_line_password useradd -m -p {" + PASSWORD + "} ann",
                        "command_line_password echo ann:{correcthorse} | chpasswd",
                        "command_line_password chpasswd <<< 'ann:{correcthorse}'",
                        "command_line_password openssl enc -aes-256-cbc -k {correcthorse} -in a",
                        "command_line_password gh secret set NAME --body {correcthorse}",
                        "vault_token vault login s" + ".{abcdefghij0123456789ABCD}")
                .map(MadeUpSecrets::marked)
                .toList();
    }

    private static MadeUpSecrets marked(String line) {
        int blank = line.indexOf(' ');
        int open = line.indexOf('{');
        int close = line.lastIndexOf('}');
        return new MadeUpSecrets(
                line.substring(0, blank),
                line.substring(blank + 1, open) + line.substring(open + 1, close) + line.substring(close + 1),
                line.substring(open + 1, close));
    }

    /** Private keys as files hold them, longer than any real one. */
    public static List<MadeUpSecrets> keyBlocks() {
        var body = ("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj" + A36 + "\n").repeat(400);
        var begin = "-----BEGIN ";
        return Stream.of(
                        begin + "RSA PRIVATE KEY-----\n" + body + "-----END RSA PRIVATE KEY-----",
                        begin + "OPENSSH PRIVATE KEY-----\r\n" + body.replace("\n", "\r\n")
                                + "-----END OPENSSH PRIVATE KEY-----",
                        begin + "PRIVATE KEY-----\n" + body,
                        begin + "PGP PRIVATE KEY BLOCK-----\n\n" + body + "=abcd\n-----END PGP PRIVATE KEY BLOCK-----",
                        "key: |\n    " + begin + "EC PRIVATE KEY-----\n    " + body.replace("\n", "\n    ")
                                + "-----END EC PRIVATE KEY-----",
                        "{\"private_key\": \"" + begin + "PRIVATE KEY-----\\n" + body.replace("\n", "\\n")
                                + "-----END PRIVATE KEY-----\\n\"}",
                        "key = \"" + begin + "RSA PRIVATE KEY-----\\n\" +\n  \"" + body.replace("\n", "\\n\" +\n  \"")
                                + "-----END RSA PRIVATE KEY-----\"",
                        body + "-----END " + "RSA PRIVATE KEY-----",
                        "PuTTY-User-" + "Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 14\n" + body
                                + "Private-MAC: " + HEX,
                        "client-key-data: LS0tLS1CRUdJ" + "TiBSU0EgUFJJVkFURSBLRVk" + body.replace("\n", ""),
                        "{\"kty\": \"EC\", \"d\": \"" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\"}")
                .map(text -> new MadeUpSecrets("private_key", text, "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj"))
                .toList();
    }

    @Override
    public String toString() {
        return kind + " in " + text.substring(0, Math.min(24, text.length())).strip() + " …";
    }
}
