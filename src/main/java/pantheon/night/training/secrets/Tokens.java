package pantheon.night.training.secrets;

import static pantheon.night.training.secrets.SecretPattern.AFTER;
import static pantheon.night.training.secrets.SecretPattern.END;
import static pantheon.night.training.secrets.SecretPattern.START;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keys and tokens that begin as their issuers document it. Where their length is known, a dozen characters behind the
 * beginning are enough all the same: a tool may have cut the rest off.
 */
final class Tokens {
    /** As words go on, with a digit or a capital letter soon. */
    private static final String WORD = "(?=[a-z_.-]{0,40}[0-9A-Z])[A-Za-z0-9_-]{12,400}+";

    private static final String ALPHANUMERIC = "(?=[a-z]{0,40}[0-9A-Z])[A-Za-z0-9]{12,400}+";
    private static final String HEX = "(?=[a-f]{0,40}[0-9])[0-9a-f]{12,200}+";
    private static final String BASE64 = "(?=[a-z]{0,40}[0-9A-Z])[A-Za-z0-9+/_=-]{12,2000}+";
    private static final String DOTTED = "(?=[a-z_.-]{0,40}[0-9A-Z])[A-Za-z0-9_.%+/=-]{12,2000}+";

    static final List<SecretPattern> ALL = List.of(
            token("aws_access_key", "[A-Z0-9]{16}" + END, "AKIA", "ASIA", "ABIA", "ACCA"),
            token("aws_key", BASE64, "bedrock-api-key-", "ABSKQ"),
            token("github_token", "[A-Za-z0-9_]{12,500}+", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
            token(
                    "gitlab_token",
                    DOTTED,
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "glrtr-",
                    "glcbt-",
                    "glft-",
                    "glffct-",
                    "glsoat-",
                    "glimt-",
                    "glagent-",
                    "glptt-",
                    "gloas-",
                    "glwt-",
                    "GR1348941"),
            token("anthropic_key", WORD, "sk-ant-"),
            token("openai_key", "(?!ant-)(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,400}", "sk-"),
            token("google_api_key", "[A-Za-z0-9_-]{35}" + END, "AIza"),
            token("google_oauth_token", WORD, "ya29.", "GOCSPX-", "1//0"),
            token("hugging_face_token", ALPHANUMERIC, "hf_", "api_org_"),
            token("groq_key", ALPHANUMERIC, "gsk_"),
            token(
                    "model_service_key",
                    WORD,
                    "xai-",
                    "r8_",
                    "pplx-",
                    "nvapi-",
                    "pcsk_",
                    "lsv2_pt_",
                    "lsv2_sk_",
                    "tgp_v1_",
                    "fw_"),
            token("npm_token", ALPHANUMERIC, "npm_"),
            token("pypi_token", WORD, "pypi-AgE"),
            token("package_registry_token", ALPHANUMERIC, "rubygems_", "CLOJARS_", "AKCp", "cmVmdGtu"),
            token("package_registry_token", "[a-z0-9]{43}" + END, "oy2"),
            token("crates_token", "(?=[A-Za-z]{0,31}[0-9])[A-Za-z0-9]{32}" + END, "cio"),
            token("docker_token", WORD, "dckr_pat_", "dckr_oat_"),
            token(
                    "slack_token",
                    "[A-Za-z0-9%._-]{10,400}",
                    "xoxa-",
                    "xoxb-",
                    "xoxc-",
                    "xoxd-",
                    "xoxe-",
                    "xoxe.",
                    "xoxo-",
                    "xoxp-",
                    "xoxr-",
                    "xoxs-",
                    "xapp-",
                    "xwfp-"),
            token(
                    "stripe_key",
                    ALPHANUMERIC,
                    "sk_live_",
                    "sk_test_",
                    "rk_live_",
                    "rk_test_",
                    "sk_org_live_",
                    "sk_org_test_"),
            token("webhook_secret", BASE64, "whsec_", "v1,whsec_"),
            token("sendgrid_key", "[A-Za-z0-9_-]{12,32}(?:\\.[A-Za-z0-9_-]{1,64})?", "SG."),
            token("mail_key", "[0-9a-f]{32}" + END, "key-"),
            token("mail_key", WORD, "xkeysib-", "xsmtpsib-"),
            token("twilio_key", "[0-9a-f]{31}" + END, twilio()),
            SecretPattern.of("telegram_token", "(?<=[0-9]{8,10}:AA)[A-Za-z0-9_-]{32,34}" + END, ":AA"),
            token("digitalocean_token", HEX, "dop_v1_", "doo_v1_", "dor_v1_"),
            token("linear_key", ALPHANUMERIC, "lin_api_", "lin_oauth_", "lin_wh_"),
            token("notion_token", "(?=[A-Za-z]*[0-9])[A-Za-z0-9]{40,60}" + END, "ntn_", "secret_"),
            token("atlassian_token", DOTTED, "ATATT3x", "ATCTT3x", "ATBB"),
            token("databricks_token", HEX, "dapi", "dkea", "dose"),
            token("doppler_token", ALPHANUMERIC, "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."),
            token("fly_token", BASE64, "FlyV1 fm1_", "FlyV1 fm2_", "fm1_", "fm2_", "fo1_"),
            token("grafana_token", DOTTED, "glsa_", "glc_"),
            token("shopify_token", HEX, "shpat_", "shpca_", "shppa_", "shpss_"),
            token("square_token", WORD, "sq0atp-", "sq0csp-", "sq0idp-", "EAAAE", "EAAAl"),
            token("facebook_token", "(?=[A-Za-z]*[0-9])[A-Za-z0-9]{60,400}", "EAA"),
            token("vault_token", DOTTED, "hvs.", "hvb.", "hvr."),
            SecretPattern.of(
                    "vault_token",
                    "(?<=[ \"'`=:/(_\n-]s\\.)(?=[A-Za-z]*[0-9])[A-Za-z0-9]{24}" + END,
                    " s.",
                    "\"s.",
                    "'s.",
                    "`s.",
                    "=s.",
                    ":s.",
                    "/s.",
                    "(s.",
                    "_s.",
                    "\ns.",
                    "-s."),
            SecretPattern.of("terraform_token", AFTER + "\\.atlasv1\\.)[A-Za-z0-9_-]{12,200}", ".atlasv1."),
            SecretPattern.of("azure_secret", "(?<=[0-9]Q~)[A-Za-z0-9_~.-]{31,34}" + END, azure()),
            token("pulumi_token", HEX, "pul-"),
            token("datadog_key", HEX, "ddapp_", "ddapi_"),
            token(
                    "hosting_token",
                    WORD,
                    "nfp_",
                    "vcp_",
                    "vercel_blob_rw_",
                    "sbp_",
                    "sb_secret_",
                    "pscale_tkn_",
                    "pscale_pw_",
                    "pscale_oauth_",
                    "napi_",
                    "rnd_",
                    "HRKU-",
                    "LTAI",
                    "AKID",
                    "AQVN",
                    "y0_A"),
            token(
                    "service_token",
                    BASE64,
                    "sntrys_",
                    "sntryu_",
                    "NRAK-",
                    "NRII-",
                    "PMAK-",
                    "figd_",
                    "bkua_",
                    "CCIPAT_",
                    "CCIPRJ_",
                    "CFPAT-",
                    "squ_",
                    "sqp_",
                    "sqa_",
                    "pnu_",
                    "pnb_",
                    "rdme_",
                    "tfp_",
                    "tskey-auth-",
                    "tskey-api-",
                    "tskey-client-",
                    "ops_eyJ",
                    "sha256~",
                    "shippo_live_",
                    "shippo_test_",
                    "FLWSECK",
                    "EZAK",
                    "EZTK",
                    "fio-u-",
                    "dt0c01.",
                    "dt0s16.",
                    "aio_"),
            token("paypal_token", "[a-z]{4,20}\\$[A-Za-z0-9]{8,40}\\$[0-9a-f]{16,40}", "access_token$"),
            token("plaid_token", "[0-9a-f-]{32,40}", "access-sandbox-", "access-development-", "access-production-"),
            token("airtable_token", "[A-Za-z0-9]{14}\\.[a-f0-9]{12,64}", "pat"),
            token("twitter_token", "[A-Za-z0-9%]{40,200}", "AAAAAAAAAAAAAAAAAAAA"),
            token("json_web_token", "[A-Za-z0-9_-]{10,}+\\.[A-Za-z0-9_-]*+\\.[A-Za-z0-9_-]{10,}", "eyJ"),
            token("mapbox_token", "[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}", "sk.eyJ"),
            token("grafana_token", "[A-Za-z0-9+/=_-]{40,400}", "eyJrIjoi"),
            SecretPattern.of(
                    "password_hash",
                    "\\$(?:2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{40,60}|(?:[156y]|apr1|7)\\$[./A-Za-z0-9$=,-]{1,80}\\$[./A-Za-z0-9]{22,90}|argon2i?d?\\$[A-Za-z0-9$=,+/]{40,300})",
                    "$2a$",
                    "$2b$",
                    "$2x$",
                    "$2y$",
                    "$1$",
                    "$5$",
                    "$6$",
                    "$y$",
                    "$7$",
                    "$apr1$",
                    "$argon2"));

    private Tokens() {}

    /** @param prefixes one of them stands before what the pattern says */
    private static SecretPattern token(String name, String pattern, String... prefixes) {
        var beginnings = Arrays.stream(prefixes).map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
        // what is seldom there is asked for first
        return SecretPattern.of(name, "(?=" + beginnings + ")" + START + beginnings + pattern, prefixes);
    }

    private static String[] twilio() {
        return "0123456789abcdef".chars().mapToObj(c -> "SK" + (char) c).toArray(String[]::new);
    }

    private static String[] azure() {
        return "0123456789".chars().mapToObj(c -> (char) c + "Q~").toArray(String[]::new);
    }
}
