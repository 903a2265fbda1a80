package io.fairlead.render;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.http.Header;
import io.fairlead.json.Json;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Whatever a value is, in a body of any type: what was rendered, read by a parser of somebody
/// else's, gives the value back; or rendering fails and names the token.
class HostileBodiesTest {
  private static final long SEED = 20_260_304L;

  private final Random random = new Random(SEED);
  private final JsonReader reader = new JsonReader();
  private final DocumentBuilder xml = builder();

  private static DocumentBuilder builder() {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> values() {
    return HostileTexts.values(random);
  }

  private static RequestText request(BodyText body) {
    return Plans.request("https://h.example/", body);
  }

  private static RequestText raw(String contentType, String template) {
    return new RequestText(
        Method.POST,
        "https://h.example/",
        List.of(new Row("Content-Type", contentType)),
        List.of(),
        new BodyText.Raw(template));
  }

  private static String data(String value) {
    return JsonWriter.text(Json.object().put("v", value).build());
  }

  /// What is sent, or null when rendering failed by name.
  private static Rendered.@Nullable Request sent(RequestPlan plan, String value, String place) {
    return switch (plan.render(Plans.facts(data(value)))) {
      case Rendered.Request request -> request;
      case Rendered.Failed(String token, String where, String sentence) -> {
        assertThat(where).isEqualTo(place);
        assertThat(token).isEqualTo("{{v}}");
        assertThat(sentence).contains(place, token).matches("[^\\p{Cntrl}\\p{Cs}]*");
        yield null;
      }
    };
  }

  private static boolean isWhole(String value) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  private static boolean isXml(String value) {
    return isWhole(value) && value.codePoints().allMatch(XmlChars::isChar);
  }

  private static Map<String, List<String>> form(Rendered.Request request) {
    return new QueryStringDecoder(
            Plans.body(request), StandardCharsets.UTF_8, false, Integer.MAX_VALUE, true)
        .parameters();
  }

  @Test
  void inAForm() {
    Map<String, RequestText> places =
        Map.of(
            "body field p",
            request(
                new BodyText.FormFields(
                    List.of(new Field("p", "{{v}}"), new Field("z[0] ä&", "1")))),
            "the form body at line 1, column 3",
            request(new BodyText.FormTemplate("p={{v}}&z[0]+%C3%A4%26=1")));
    places.forEach((place, text) -> formsHold(place, Plans.plan(text)));
    formsHold(
        "the form body at line 1, column 3",
        Plans.plan(raw("Application/X-WWW-Form-Urlencoded", "p={{v}}&z[0]+%C3%A4%26=1")));
  }

  private void formsHold(String place, RequestPlan plan) {
    for (String value : values()) {
      Rendered.Request request = sent(plan, value, place);
      assertThat(request != null).as(value).isEqualTo(isWhole(value));
      if (request != null) {
        assertThat(form(request)).isEqualTo(Map.of("p", List.of(value), "z[0] ä&", List.of("1")));
      }
    }
  }

  @Test
  void asJsonInAForm() {
    RequestPlan plan =
        Plans.plan(
            request(
                new BodyText.FormFields(
                    List.of(
                        new Field("payload", "{\"a\":{{v}},\"b\":\"{{v}}\"}", FieldType.JSON)))));
    for (String value : values()) {
      Rendered.Request request = requireNonNull(sent(plan, value, "body field payload"));
      String payload = requireNonNull(form(request).get("payload")).getFirst();
      assertThat(reader.readTrusted(payload.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Json.object().put("a", value).put("b", value).build());
    }
  }

  private Document document(Rendered.Request request) {
    return document(Plans.body(request));
  }

  private Document document(String text) {
    try {
      return xml.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (SAXException | IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void inXmlText() {
    Map<String, RequestText> places =
        Map.of(
            "body field p.q",
            request(
                new BodyText.XmlFields(List.of(new Field("p.q", "<{{v}}\r")), XmlNames.DEFAULT)),
            "the XML body at line 1, column 17",
            request(new BodyText.XmlTemplate("<root><p><q>&lt;{{v}}&#xd;</q></p></root>")));
    places.forEach((place, text) -> {
      RequestPlan plan = Plans.plan(text);
      for (String value : values()) {
        Rendered.Request request = sent(plan, value, place);
        assertThat(request != null).as(value).isEqualTo(isXml(value));
        if (request != null) {
          Document document = document(request);
          assertThat(document.getElementsByTagName("*").getLength()).isEqualTo(3);
          assertThat(document.getElementsByTagName("q").item(0).getTextContent())
              .isEqualTo("<" + value + "\r");
        }
      }
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<r a=\"[{{v}}]\"/>",
        "<r a='[{{v}}]' b=''/>",
        "<r a = \"&#91;{{v}}]\"\n></r>",
      })
  void inAnXmlAttribute(String template) {
    String place = "the XML body at line 1, column " + (template.indexOf('{') + 1);
    attributesHold(place, Plans.plan(request(new BodyText.XmlTemplate(template))));
    attributesHold(place, Plans.plan(raw("text/xml; charset=UTF-8", template)));
    attributesHold(place, Plans.plan(raw("application/soap+xml", template)));
  }

  @Test
  void inAnXmlAttributeOfFields() {
    var names = new XmlNames("r", "i");
    attributesHold(
        "body field @a",
        Plans.plan(request(new BodyText.XmlFields(List.of(new Field("@a", "[{{v}}]")), names))));
  }

  private void attributesHold(String place, RequestPlan plan) {
    for (String value : values()) {
      Rendered.Request request = sent(plan, value, place);
      assertThat(request != null).as(value).isEqualTo(isXml(value));
      if (request != null) {
        assertThat(document(request).getDocumentElement().getAttribute("a"))
            .isEqualTo("[" + value + "]");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<r><![CDATA[{{v}}]]></r>",
        "<r><![CDATA[]{{v}}>]]></r>",
        "<r><![CDATA[]]{{v}}]]></r>",
        "<r><![CDATA[<{{v}}]>]]></r>",
        "<r><![CDATA[x]]><![CDATA[{{v}}]]>]]&gt;</r>",
      })
  void inACdataSection(String template) {
    RequestPlan plan = Plans.plan(request(new BodyText.XmlTemplate(template)));
    String place = "the XML body at line 1, column " + (template.indexOf('{') + 1);
    String around = document(template).getDocumentElement().getTextContent();
    for (String value : values()) {
      Rendered.Request request = sent(plan, value, place);
      assertThat(request != null).as(value).isEqualTo(isXml(value));
      if (request != null) {
        assertThat(document(request).getDocumentElement().getTextContent())
            .isEqualTo(around.replace("{{v}}", value));
      }
    }
  }

  @Test
  void nextToEachOtherInACdataSection() {
    RequestPlan plan =
        Plans.plan(request(new BodyText.XmlTemplate("<r><![CDATA[{{v}}{{v}}{{v}}]]></r>")));
    for (String value : values()) {
      if (isXml(value)) {
        Rendered.Request request = requireNonNull(sent(plan, value, ""));
        assertThat(document(request).getDocumentElement().getTextContent())
            .isEqualTo(value.repeat(3));
      }
    }
  }

  /// A part as Netty reads it.
  private record ReadPart(String name, @Nullable String filename, String value) {}

  private static List<ReadPart> parts(Rendered.Request request) {
    var http =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            "/",
            Unpooled.wrappedBuffer(((Rendered.Body.Made) request.body()).bytes()));
    for (Header header : request.head().headers()) {
      http.headers().add(header.name(), header.value());
    }
    var decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), http);
    try {
      var parts = new ArrayList<ReadPart>();
      for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
        var data = (HttpData) part;
        String filename = part instanceof FileUpload file ? file.getFilename() : null;
        String value = new String(data.get(), StandardCharsets.UTF_8);
        parts.add(new ReadPart(part.getName(), filename, value));
      }
      return parts;
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      decoder.destroy();
      http.release();
    }
  }

  private static RequestPlan multipart(BodyText.FormPart... parts) {
    return Plans.plan(request(new BodyText.Multipart(List.of(parts))));
  }

  private static BodyText.FormPart part(String name, String value) {
    return new BodyText.FormPart(new Field(name, value), null, null);
  }

  @Test
  void inAPart() {
    RequestPlan plan = multipart(part("pä", "{{v}}"), part("z", "{{v}}{{v}}"));
    for (String value : values()) {
      Rendered.Request request = sent(plan, value, "body field pä");
      assertThat(request != null).as(value).isEqualTo(isWhole(value));
      if (request != null) {
        assertThat(parts(request))
            .containsExactly(
                new ReadPart("pä", null, value), new ReadPart("z", null, value + value));
      }
    }
  }

  @Test
  void inAFileName() {
    RequestPlan plan =
        multipart(
            new BodyText.FormPart(new Field("p", "x"), "<{{v}}>", "text/plain"), part("z", "1"));
    for (String value : values()) {
      Rendered.Request request = sent(plan, value, "the file name of body field p");
      boolean possible =
          isWhole(value)
              && value.chars().noneMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c));
      assertThat(request != null).as(value).isEqualTo(possible);
      if (request != null) {
        assertThat(Plans.body(request))
            .contains(
                "\r\nContent-Disposition: form-data; name=\"p\"; filename=\"<%s>\"\r\n"
                    .formatted(value));
        assertThat(parts(request)).hasSize(2);
        if (nettyReads(value)) {
          assertThat(parts(request))
              .containsExactly(
                  new ReadPart("p", "<" + value + ">", "x"), new ReadPart("z", null, "1"));
        }
      }
    }
  }

  /// Netty makes blanks of these even between quotes, and takes blanks away.
  private static boolean nettyReads(String parameter) {
    return !parameter.isBlank()
        && parameter.equals(parameter.strip())
        && parameter.chars().noneMatch(c -> ":;,=\t".indexOf(c) >= 0);
  }

  @Test
  void inAPartOfJson() {
    RequestPlan plan =
        multipart(
            new BodyText.FormPart(
                new Field("p", "{\"a\":{{v}}}"), "a.json", "application/json; charset=utf-8"));
    for (String value : values()) {
      Rendered.Request request = requireNonNull(sent(plan, value, "body field p"));
      assertThat(
              reader.readTrusted(
                  parts(request).getFirst().value().getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Json.object().put("a", value).build());
    }
  }

  @Test
  void theBoundaryIsInNoValue() {
    RequestPlan plan = multipart(part("p", "{{v}}"));
    String first = boundary(sent(plan, "x", ""));
    assertThat(boundary(sent(plan, "y", ""))).isEqualTo(first);
    String second = boundary(sent(plan, "--" + first + "--\r\n", ""));
    assertThat(second).isNotEqualTo(first);
    Rendered.Request both = requireNonNull(sent(plan, first + second, ""));
    assertThat(boundary(both)).isNotIn(first, second);
    assertThat(parts(both)).containsExactly(new ReadPart("p", null, first + second));
  }

  private static String boundary(Rendered.@Nullable Request request) {
    String type = requireNonNull(request).head().headers().getLast().value();
    assertThat(type).startsWith("multipart/form-data; boundary=");
    return type.substring(type.indexOf('=') + 1);
  }

  @Test
  void inRawText() {
    for (RequestText text :
        List.of(
            request(new BodyText.Raw("<{{v}}>")),
            raw("text/csv", "<{{v}}>"),
            raw("application/x-ndjson", "<{{v}}>"))) {
      RequestPlan plan = Plans.plan(text);
      for (String value : values()) {
        Rendered.Request request = sent(plan, value, "the raw body at line 1, column 2");
        assertThat(request != null).as(value).isEqualTo(isWhole(value));
        if (request != null) {
          assertThat(Plans.body(request)).isEqualTo("<" + value + ">");
        }
      }
    }
  }

  @Test
  void inRawJson() {
    RequestPlan plan = Plans.plan(raw("application/vnd.api+json", "{\"p\":{{v}},\"q\":\"{{v}}\"}"));
    for (String value : values()) {
      Rendered.Request request = requireNonNull(sent(plan, value, ""));
      assertThat(reader.readTrusted(Plans.body(request).getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Json.object().put("p", value).put("q", value).build());
    }
  }

  @Test
  void asDataOfAnyKind() {
    RequestPlan json = Plans.plan(request(data(BodyText.Data.Kind.JSON)));
    RequestPlan form = Plans.plan(request(data(BodyText.Data.Kind.FORM)));
    RequestPlan tree = Plans.plan(request(data(BodyText.Data.Kind.XML)));
    RequestPlan parts = Plans.plan(request(data(BodyText.Data.Kind.MULTIPART)));
    for (String value : values()) {
      assertThat(Plans.body((Rendered.Request) json.render(Plans.facts(data(value)))))
          .isEqualTo(data(value));
      Rendered.Request pairs = ofData(form, value);
      assertThat(pairs != null).as(value).isEqualTo(isWhole(value));
      if (pairs != null) {
        assertThat(form(pairs)).isEqualTo(Map.of("v", List.of(value)));
        assertThat(parts((Rendered.Request) parts.render(Plans.facts(data(value)))))
            .containsExactly(new ReadPart("v", null, value));
      }
      Rendered.Request document = ofData(tree, value);
      assertThat(document != null).as(value).isEqualTo(isXml(value));
      if (document != null) {
        assertThat(document(document).getElementsByTagName("v").item(0).getTextContent())
            .isEqualTo(value);
      }
    }
  }

  private static BodyText data(BodyText.Data.Kind kind) {
    return new BodyText.Data(kind, XmlNames.DEFAULT);
  }

  private static Rendered.@Nullable Request ofData(RequestPlan plan, String value) {
    return switch (plan.render(Plans.facts(data(value)))) {
      case Rendered.Request request -> request;
      case Rendered.Failed failed -> {
        assertThat(failed.place()).isEqualTo("the body");
        assertThat(failed.sentence()).startsWith("v in the data").matches("[^\\p{Cntrl}\\p{Cs}]*");
        yield null;
      }
    };
  }

  /// Names come from data too, when nobody names the fields.
  @Test
  void asNamesInData() {
    RequestPlan tree = Plans.plan(request(data(BodyText.Data.Kind.XML)));
    RequestPlan form = Plans.plan(request(data(BodyText.Data.Kind.FORM)));
    RequestPlan parts = Plans.plan(request(data(BodyText.Data.Kind.MULTIPART)));
    for (String name : values()) {
      String data = JsonWriter.text(Json.object().put(name, 1).build());
      if (tree.render(Plans.facts(data)) instanceof Rendered.Request request) {
        var root = document(request).getDocumentElement();
        assertThat(root.getChildNodes().getLength() + root.getAttributes().getLength())
            .isEqualTo(1);
      }
      if (form.render(Plans.facts(data)) instanceof Rendered.Request request) {
        assertThat(form(request)).hasSize(1);
        assertThat(form(request).keySet().iterator().next()).isIn(name, "[\"" + name + "\"]");
      }
      if (parts.render(Plans.facts(data)) instanceof Rendered.Request request && nettyReads(name)) {
        assertThat(parts(request)).containsExactly(new ReadPart(name, null, "1"));
      }
    }
  }

  @Test
  void namesAreNamesForEveryParser() {
    var names = new StringBuilder("<r>");
    for (int c = 0; c < 0x11000; c++) {
      String name = Character.toString(c);
      if (XmlChars.isPlainName(name)) {
        names.append('<').append(name).append("/>");
      }
      if (XmlChars.isPlainName("a" + name)) {
        names.append("<a").append(name).append("/>");
      }
    }
    assertThat(document(names.append("</r>").toString()).getDocumentElement().getChildNodes())
        .satisfies(nodes -> assertThat(nodes.getLength()).isGreaterThan(60_000));
  }

  @Test
  void aMillionCharacters() {
    String some = "é\"<&>\r".repeat(15_000);
    String most = "x".repeat(RequestPlan.MAX_BODY - 200);
    String more = "x".repeat(RequestPlan.MAX_BODY);
    for (BodyText body :
        List.of(
            new BodyText.FormTemplate("a={{v}}"),
            new BodyText.XmlTemplate("<a b='{{v}}'/>"),
            new BodyText.XmlTemplate("<a><![CDATA[{{v}}]]></a>"),
            new BodyText.Multipart(List.of(part("a", "{{v}}"))),
            new BodyText.Raw("a{{v}}"),
            data(BodyText.Data.Kind.FORM),
            data(BodyText.Data.Kind.XML),
            data(BodyText.Data.Kind.MULTIPART))) {
      RequestPlan plan = Plans.plan(request(body));
      assertThat(plan.render(Plans.facts(data(some)))).isInstanceOf(Rendered.Request.class);
      assertThat(plan.render(Plans.facts(data(most)))).isInstanceOf(Rendered.Request.class);
      assertThat(plan.render(Plans.facts(data(more)))).isInstanceOf(Rendered.Failed.class);
    }
  }

  @Test
  void anyTextIsATemplateOrIsRefused() {
    String[] bits = {
      "{{v}}",
      "{{",
      "}}",
      "<",
      ">",
      "</",
      "/>",
      "a",
      "b",
      "<a>",
      "</a>",
      "<b",
      "a=",
      "\"",
      "'",
      "=",
      "&",
      "&amp;",
      "&#1;",
      "&#x41;",
      "]]>",
      "<![CDATA[",
      "<!--",
      "-->",
      "--",
      "<?",
      "?>",
      "<?xml version=\"1.0\"?>",
      "xmlns:b=\"u\"",
      "b:",
      ":",
      "xmlns",
      " ",
      "\n",
      "é",
      "\u0001",
      "\ufffe",
      "<!DOCTYPE a>",
      "%",
      "%41",
      "+",
      ";",
      "1"
    };
    int ready = 0;
    for (int i = 0; i < 30_000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "<a>" : "");
      for (int k = random.nextInt(8); k >= 0; k--) {
        text.append(bits[random.nextInt(bits.length)]);
      }
      String template = text.append(random.nextBoolean() ? "</a>" : "").toString();
      if (sentOf(new BodyText.XmlTemplate(template)) instanceof Rendered.Request request) {
        ready++;
        assertThat(document(request)).isNotNull();
      }
      if (sentOf(new BodyText.FormTemplate(template)) instanceof Rendered.Request request) {
        assertThat(form(request)).isNotNull();
      }
      if (sentOf(
              new BodyText.XmlFields(
                  List.of(new Field(template, "1"), new Field("@xmlns:b", "u")), XmlNames.DEFAULT))
          instanceof Rendered.Request request) {
        assertThat(document(request)).isNotNull();
      }
    }
    assertThat(ready).isGreaterThan(300);
  }

  private static @Nullable Rendered sentOf(BodyText body) {
    return RequestPlan.compile(request(body), Scope.of("t", "c"))
            instanceof RequestPlan.Compiled.Ready(var plan)
        ? plan.render(Plans.facts(data("v]]<&")))
        : null;
  }
}
