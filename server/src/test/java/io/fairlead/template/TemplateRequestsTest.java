package io.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.base.Rfc3339;
import io.fairlead.call.Making;
import io.fairlead.call.Occasion;
import io.fairlead.call.RequestMaker;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorDocument;
import io.fairlead.connector.Draft;
import io.fairlead.connector.Home;
import io.fairlead.http.Header;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.fairlead.json.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each template, filled and rendered with its own sample, gives the request that the service
/// describes, secrets and all.
final class TemplateRequestsTest {
  private static final long TIME = Objects.requireNonNull(Rfc3339.parse("2026-03-02T09:15:03Z"));

  /// Headers that the hub adds to every request.
  private static final Set<String> OWN =
      Set.of("webhook-id", "webhook-timestamp", "user-agent", "idempotency-key");

  /// @param values as JSON, with ' for "
  /// @param request the first line, headers, an empty line, the body
  private record Documented(String template, String values, String request) {}

  private static final List<Documented> ALL =
      List.of(
          new Documented(
              "webhook",
              "{'url':'https://api.example.com/webhooks'}",
              """
              POST https://api.example.com/webhooks
              Content-Type: application/json

              {"id":"evt_0000000000007","type":"invoice.paid","time":"2026-03-02T09:15:03.000Z",\
              "data":{"InvoiceNumber":"2026-0042","amount":119.5,"customer":{"name":"Grünwald"}}}\
              """),
          new Documented(
              "slack-webhook",
              "{'webhookUrl':'https://hooks.slack.com/services/T012/B345/AbC789',"
                  + "'message':'Invoice {{InvoiceNumber}} of {{customer.name}}'}",
              """
              POST https://hooks.slack.com/services/T012/B345/AbC789
              Content-Type: application/json

              {"text":"Invoice 2026-0042 of Grünwald"}\
              """),
          new Documented(
              "slack-message",
              "{'token':'xoxb-1-2-abc','channel':'C0123456789','message':'Hello'}",
              """
              POST https://slack.com/api/chat.postMessage
              Content-Type: application/json; charset=utf-8
              Authorization: Bearer xoxb-1-2-abc

              {"channel":"C0123456789","text":"Hello"}\
              """),
          new Documented(
              "discord-webhook",
              "{'webhookUrl':'https://discord.com/api/webhooks/1234/a-B_c','message':'Hello',"
                  + "'username':'Billing'}",
              """
              POST https://discord.com/api/webhooks/1234/a-B_c
              Content-Type: application/json

              {"content":"Hello","username":"Billing","allowed_mentions":{"parse":[]}}\
              """),
          new Documented(
              "teams-workflow",
              "{'webhookUrl':'https://prod-23.westeurope.logic.azure.com:443/workflows/0a/triggers/"
                  + "manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0"
                  + "&sig=s-I_g','message':'Hello'}",
              """
              POST https://prod-23.westeurope.logic.azure.com/workflows/0a/triggers/manual/paths/\
              invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s-I_g
              Content-Type: application/json

              {"type":"message","attachments":[{\
              "contentType":"application/vnd.microsoft.card.adaptive",\
              "content":{"type":"AdaptiveCard",\
              "$schema":"http://adaptivecards.io/schemas/adaptive-card.json","version":"1.4",\
              "body":[{"type":"TextBlock","text":"Hello","wrap":true}]}}]}\
              """),
          new Documented(
              "google-chat",
              "{'webhookUrl':'https://chat.googleapis.com/v1/spaces/AAA/messages?key=k-1&token=t_2',"
                  + "'message':'Hello'}",
              """
              POST https://chat.googleapis.com/v1/spaces/AAA/messages?key=k-1&token=t_2
              Content-Type: application/json

              {"text":"Hello"}\
              """),
          new Documented(
              "telegram",
              "{'token':'123456:ABC-DEF','chat':'@example','message':'Hello','silent':true}",
              """
              POST https://api.telegram.org/bot123456:ABC-DEF/sendMessage
              Content-Type: application/json

              {"chat_id":"@example","text":"Hello","disable_notification":true}\
              """),
          new Documented(
              "pushbullet",
              "{'accessToken':'o.abc','title':'Invoice','message':'Hello'}",
              """
              POST https://api.pushbullet.com/v2/pushes
              Content-Type: application/json
              Access-Token: o.abc

              {"type":"note","title":"Invoice","body":"Hello"}\
              """),
          new Documented(
              "pushover",
              "{'token':'azGDORePK8gMaC0QOYAMyEEuzJnyUi','user':'uQiRzpo4DXghDmr9QzzfQu27cmVRsG',"
                  + "'message':'Hello & goodbye'}",
              """
              POST https://api.pushover.net/1/messages.json
              Content-Type: application/x-www-form-urlencoded

              message=Hello+%26+goodbye&priority=0&token=azGDORePK8gMaC0QOYAMyEEuzJnyUi\
              &user=uQiRzpo4DXghDmr9QzzfQu27cmVRsG\
              """),
          new Documented(
              "ntfy",
              "{'topic':'billing','token':'tk_abc','title':'Invoice','message':'Hello'}",
              """
              POST https://ntfy.sh/
              Content-Type: application/json
              Authorization: Bearer tk_abc

              {"topic":"billing","title":"Invoice","message":"Hello","priority":3}\
              """),
          new Documented(
              "twilio-message",
              "{'accountSid':'AC0123456789abcdef0123456789abcdef','authToken':'secret',"
                  + "'from':'+15005550006','to':'{{customer.phone}}','message':'Hello'}",
              """
              POST https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef\
              /Messages.json
              Content-Type: application/x-www-form-urlencoded
              Authorization: Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpzZWNyZXQ=

              To=%2B4922100000&From=%2B15005550006&Body=Hello\
              """),
          new Documented(
              "mailgun",
              "{'apiKey':'key-1','domain':'mg.example.com','region':'eu',"
                  + "'from':'Billing <b@mg.example.com>','to':'{{customer.email}}',"
                  + "'subject':'Invoice','message':'Hello'}",
              """
              POST https://api.eu.mailgun.net/v3/mg.example.com/messages
              Content-Type: multipart/form-data
              Authorization: Basic YXBpOmtleS0x

              from=Billing <b@mg.example.com>|to=g@example.com|subject=Invoice|text=Hello\
              """),
          new Documented(
              "sendgrid",
              "{'apiKey':'SG.a.b','from':'b@example.com','to':'{{customer.email}}',"
                  + "'subject':'Invoice','message':'Hello'}",
              """
              POST https://api.sendgrid.com/v3/mail/send
              Content-Type: application/json
              Authorization: Bearer SG.a.b

              {"personalizations":[{"to":[{"email":"g@example.com"}]}],\
              "from":{"email":"b@example.com"},"subject":"Invoice",\
              "content":[{"type":"text/plain","value":"Hello"}]}\
              """),
          new Documented(
              "pagerduty",
              "{'routingKey':'0123456789abcdef0123456789abcdef',"
                  + "'summary':'Payment of {{InvoiceNumber}} failed','source':'billing',"
                  + "'severity':'critical'}",
              """
              POST https://events.pagerduty.com/v2/enqueue
              Content-Type: application/json

              {"event_action":"trigger","dedup_key":"evt_0000000000007",\
              "payload":{"summary":"Payment of 2026-0042 failed","source":"billing",\
              "severity":"critical","timestamp":"2026-03-02T09:15:03.000Z"},\
              "routing_key":"0123456789abcdef0123456789abcdef"}\
              """),
          new Documented(
              "github-dispatch",
              "{'token':'github_pat_1','owner':'octocat','repository':'hello-world',"
                  + "'eventType':'invoice-paid'}",
              """
              POST https://api.github.com/repos/octocat/hello-world/dispatches
              Accept: application/vnd.github+json
              X-GitHub-Api-Version: 2022-11-28
              Content-Type: application/json
              Authorization: Bearer github_pat_1

              {"event_type":"invoice-paid","client_payload":{"id":"evt_0000000000007",\
              "type":"invoice.paid","time":"2026-03-02T09:15:03.000Z"}}\
              """),
          new Documented(
              "hubspot-contact",
              "{'token':'pat-eu1-1','email':'{{customer.email}}','lastName':'{{customer.lastName?}}'}",
              """
              POST https://api.hubapi.com/crm/v3/objects/contacts
              Content-Type: application/json
              Authorization: Bearer pat-eu1-1

              {"properties":{"email":"g@example.com","lastname":"Grünwald"}}\
              """),
          new Documented(
              "vendor-post",
              "{'name':'Vendor','apiUrl':'https://api.example.com/leads','requestMethod':'GET',"
                  + "'apiAuthentication':'api_key=X&credential=a%20b',"
                  + "'authorizationHeader':'Content-length: 0|X-Source: fairlead|"
                  + "Authorization: OAuthSomeOAuthaccess_tokenString'}",
              """
              GET https://api.example.com/leads?api_key=X&credential=a%20b
              X-Source: fairlead
              Authorization: OAuthSomeOAuthaccess_tokenString

              """));

  private static Json json(String text) {
    return switch (new JsonReader()
        .read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
      case JsonReader.Result.Read(Json value) -> value;
      case JsonReader.Result.Malformed malformed -> throw new AssertionError(malformed.detail());
    };
  }

  private static Connector connector(Template template, String values) {
    var faults = new Faults();
    Filled filled = template.fill(Members.of(json(values), "/values", faults));
    assertThat(faults.list()).as(template.id()).isEmpty();
    var home = new Home(1, "default", new AuthorizationCatalog());
    Draft draft = ConnectorDocument.create(filled.document(), home, faults);
    assertThat(faults.list()).as(template.id()).isEmpty();
    return Connector.unsaved(0, home, Objects.requireNonNull(draft));
  }

  private static Making.Ready request(Template template, String values) {
    Json data = Objects.requireNonNull(template.sample().get("data"));
    String type = ((Json.JsonString) Objects.requireNonNull(template.sample().get("type"))).value();
    var occasion = new Occasion(8, 7, type, TIME, JsonWriter.bytes(data), 1);
    RequestMaker.Dry dry = new RequestMaker("0").dry(connector(template, values), occasion, TIME);
    assertThat(dry.making()).as("%s", dry.making()).isInstanceOf(Making.Ready.class);
    return (Making.Ready) dry.making();
  }

  @TestFactory
  Stream<DynamicTest> eachTemplateSendsWhatTheServiceDescribes() {
    Templates templates = Templates.load();
    return ALL.stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.template(),
                () ->
                    assertThat(
                            text(
                                request(templates.get(one.template()).orElseThrow(), one.values())))
                        .isEqualTo(one.request())));
  }

  @Test
  void noTemplateIsLeftOut() {
    Set<String> tried = ALL.stream().map(Documented::template).collect(Collectors.toSet());
    assertThat(tried).isEqualTo(new HashSet<>(Templates.load().ids()));
  }

  @Test
  void aWebhookWithASecretIsSigned() {
    Making.Ready request =
        request(
            Templates.load().get("webhook").orElseThrow(),
            "{'url':'https://api.example.com/','secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}");
    assertThat(Header.first(request.headers(), "webhook-signature")).startsWith("v1,");
  }

  private static String text(Making.Ready request) {
    var out = new StringBuilder();
    out.append(request.method()).append(' ').append(request.origin()).append(request.target());
    out.append('\n');
    for (Header header : request.headers()) {
      if (!OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        String value = header.value().replaceAll("; boundary=.*", "");
        out.append(header.name()).append(": ").append(value).append('\n');
      }
    }
    byte[] body = request.body();
    String shown = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    return out.append('\n').append(shown.startsWith("--") ? parts(shown) : shown).toString();
  }

  /// The fields of a multipart body: `a=1|b=2`.
  private static String parts(String body) {
    var parts = new ArrayList<String>();
    for (String part : body.split("--[^\r\n]+\r\n", -1)) {
      int name = part.indexOf("name=\"");
      if (name >= 0) {
        String value = part.substring(part.indexOf("\r\n\r\n") + 4).strip();
        parts.add(part.substring(name + 6, part.indexOf('"', name + 6)) + "=" + value);
      }
    }
    return String.join("|", parts).replaceAll("\\s*--\\S*$", "");
  }
}
