package io.fairlead.connector;

import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Quote;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonArray;
import io.fairlead.json.Json.JsonString;
import io.fairlead.json.Members;
import io.fairlead.json.TextRule;
import io.fairlead.render.HeaderText;
import io.fairlead.render.Method;
import io.fairlead.render.RequestText;
import io.fairlead.render.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of a document that say what is sent: `method`, `url`, `headers`, `query`, `body`.
final class RequestDocument {
  private static final TextRule URL = TextRule.any(1, 8_192);
  private static final TextRule ROW_NAME = TextRule.any(1, 200);
  private static final TextRule TEMPLATE = TextRule.any(0, 8_192);
  private static final TextRule PASTED = TextRule.any(0, 65_536);

  private static final int MOST_ROWS = 100;

  private static final List<String> METHODS =
      Arrays.stream(Method.values()).map(Method::name).toList();

  /// Stands in where a part is wrong, so that the other parts can be looked at.
  private static final String STAND_IN_URL = "https://stand-in.invalid/";

  private static final String STAND_IN_HEADER = "X-Stand-In";

  private RequestDocument() {}

  /// A request that was read.
  ///
  /// @param pasted whether the headers came as one text
  /// @param notes what was left out, in sentences
  record Read(RequestText text, boolean pasted, List<String> notes) {
    /// Where to tell a fault: pasted headers have no rows to point at.
    String place(String pointer) {
      return pasted && pointer.startsWith("/headers/") ? "/headers" : pointer;
    }

    /// What to tell of it, with the header's name where the pointer does not give it.
    String words(Fault fault) {
      if (!pasted || !fault.at().startsWith("/headers/")) {
        return fault.detail();
      }
      String[] steps = fault.at().split("/", -1);
      Row row = text.headers().get(Integer.parseInt(steps[2], 10));
      return "%s: %s".formatted(Quote.of(row.name()), fault.detail());
    }
  }

  /// Reads the request; where a part of it is wrong another stands in.
  static Read read(Members settings, Faults faults) {
    Method method = Method.valueOf(settings.word("method", METHODS));
    String url = settings.text("url", URL);
    HeaderText.Pasted pasted = pasted(settings, faults);
    var text =
        new RequestText(
            // Where the method is wrong nothing is said about what it may carry.
            settings.isFaulty("method") ? Method.POST : method,
            url.isEmpty() ? STAND_IN_URL : url,
            pasted == null ? rows(settings, "headers", STAND_IN_HEADER) : pasted.rows(),
            rows(settings, "query", "q"),
            BodyDocument.read(settings));
    return new Read(text, pasted != null, pasted == null ? List.of() : pasted.notes());
  }

  /// The headers when they are one text, otherwise null.
  private static HeaderText.@Nullable Pasted pasted(Members settings, Faults faults) {
    if (!(settings.get("headers") instanceof JsonString)) {
      return null;
    }
    HeaderText.Pasted pasted =
        HeaderText.read(settings.text("headers", PASTED), settings.pointer("headers"), faults);
    if (pasted.rows().size() > MOST_ROWS) {
      settings.fault("headers", "headers has at most %d headers.".formatted(MOST_ROWS));
    }
    return pasted;
  }

  private static List<Row> rows(Members settings, String list, String standInName) {
    var rows = new ArrayList<Row>();
    for (Members row : settings.objects(list, 0, MOST_ROWS)) {
      String name = row.text("name", ROW_NAME);
      rows.add(new Row(name.isEmpty() ? standInName : name, row.text("value", TEMPLATE)));
      row.refuseOthers();
    }
    return rows;
  }

  /// Adds the request's members.
  static void write(RequestText request, Json.Builder out) {
    out.put("method", request.method().name())
        .put("url", request.url())
        .put("headers", rows(request.headers()))
        .put("query", rows(request.query()))
        .put("body", BodyDocument.write(request.body()));
  }

  private static Json rows(List<Row> rows) {
    return new JsonArray(
        rows.stream()
            .<Json>map(
                row -> Json.object().put("name", row.name()).put("value", row.value()).build())
            .toList());
  }
}
