package pantheon.night.training.secrets;

import java.util.List;

/** Addresses that hold a secret: a password, a signature, or a path that whoever knows it may post to. */
final class Addresses {
    /** A part of a path or query that nobody guesses. */
    private static final String SECRET = "([A-Za-z0-9_/.~%@=&+-]{12,400})";

    static final List<SecretPattern> ALL = List.of(
            SecretPattern.of(
                    "url_password",
                    "(?<=://)[^\\s\"'/@:<>\\\\]{0,80}:([^\\s\"'/<>\\\\]{2,200})@(?=[A-Za-z0-9\\[_.-])",
                    "://"),
            SecretPattern.of("url_token", "(?<=://)((?=[A-Za-z_.-]*[0-9])[A-Za-z0-9_.-]{20,200})@", "://"),
            SecretPattern.of(
                    "webhook_address",
                    "(?:hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/|discord(?:app)?\\.com/api/(?:v[0-9]+/)?webhooks/|outlook\\.office(?:365)?\\.com/webhook[a-z]?/|\\.webhook\\.office\\.com/webhook[a-z0-9]*/|hooks\\.zapier\\.com/hooks/catch/|maker\\.ifttt\\.com/trigger/|chat\\.googleapis\\.com/v1/spaces/|api\\.telegram\\.org/bot|/open-apis/bot/v2/hook/|qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=|hook\\.[a-z0-9]{2,8}\\.make\\.com/|webhook\\.site/|events\\.pagerduty\\.com/integration/|alert\\.victorops\\.com/integrations/)"
                            + SECRET,
                    "hooks.slack",
                    "discord.com/api/",
                    "discordapp.com/api/",
                    "outlook.office",
                    ".webhook.office.com/",
                    "hooks.zapier.com/",
                    "maker.ifttt.com/",
                    "chat.googleapis.com/",
                    "api.telegram.org/bot",
                    "/open-apis/bot/",
                    "qyapi.weixin.qq.com/",
                    "hook.",
                    "webhook.site/",
                    "events.pagerduty.com/",
                    "alert.victorops.com/"),
            SecretPattern.of(
                    "signature",
                    "(?i:sig|X-Amz-Signature|X-Goog-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|code)=([A-Za-z0-9%+/_-]{30,1500}={0,2})",
                    "sig=",
                    "X-Amz-",
                    "X-Goog-",
                    "Signature=",
                    "code="),
            SecretPattern.of(
                    "azure_key",
                    "(?:AccountKey|SharedAccessKey|SharedAccessSignature|SharedSecretValue)=([A-Za-z0-9+/=%&_-]{12,400})",
                    "AccountKey=",
                    "SharedAccessKey=",
                    "SharedAccessSignature=",
                    "SharedSecretValue="));

    private Addresses() {}
}
