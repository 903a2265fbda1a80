package io.fairlead.api;

import static java.util.Objects.requireNonNull;

import io.fairlead.base.Ids;
import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Problem.Kind;
import io.fairlead.base.Refused;
import io.fairlead.http.Head;
import io.fairlead.http.Request;
import io.fairlead.http.Response;
import io.fairlead.json.Faults;
import io.fairlead.json.Json;
import io.fairlead.json.Json.JsonNull;
import io.fairlead.json.JsonReader;
import io.fairlead.storage.Page;
import io.fairlead.storage.Slice;
import io.fairlead.tenant.Tenant;
import io.fairlead.user.Session;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One call that was let in: the request, whom it is for, and everything wrong with it so far. A
/// resource reads all that it needs, and then calls {@link #refuse} before it does anything.
final class Call {
  static final String OLDEST_FIRST = "createdAt";
  static final String NEWEST_FIRST = "-createdAt";
  static final int MAX_LIMIT = 1_000;

  private static final int DEFAULT_LIMIT = 50;
  private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[!#-~]*\"");
  private static final Pattern IF_MATCH =
      Pattern.compile("\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*(W/)?\"[!#-~]*\")*");
  private static final int MAX_IF_MATCH = 1_000;
  private static final Pattern SMALL_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final Request request;
  private final @Nullable Tenant tenant;
  private final @Nullable Principal caller;
  private final List<String> ids;
  private final Parameters parameters;
  private final JsonReader json;
  private final Faults faults = new Faults();

  /// @param ids what stands in the places of `{id}` and of what else the path names
  /// @param known the names of query parameters that the route has
  Call(
      Request request,
      @Nullable Tenant tenant,
      @Nullable Principal caller,
      List<String> ids,
      List<String> known,
      JsonReader json) {
    this.request = request;
    this.tenant = tenant;
    this.caller = caller;
    this.ids = List.copyOf(ids);
    this.parameters = new Parameters(request.query(), known, faults);
    this.json = json;
  }

  Request request() {
    return request;
  }

  /// The request before its body.
  Head head() {
    return request.head();
  }

  /// Whom the call is for; null when it is for no tenant.
  @Nullable Tenant tenantOrNull() {
    return tenant;
  }

  /// A call of the same caller that reads something.
  Call reading(Head asking, List<String> named) {
    return new Call(new Request(asking, new byte[0]), tenant, caller, named, List.of(), json);
  }

  /// Whom the call is for.
  Tenant tenant() {
    if (tenant == null) {
      throw new IllegalStateException("this route is for no tenant");
    }
    return tenant;
  }

  /// Whose call it is.
  Principal caller() {
    if (caller == null) {
      throw new IllegalStateException("this route needs no key");
    }
    return caller;
  }

  /// The session of the user whose call it is.
  Session session() {
    Session session = caller().session();
    if (session == null) {
      throw new IllegalStateException("this route is for keys too");
    }
    return session;
  }

  /// Whether the caller may do what takes that.
  boolean may(Access access) {
    return caller != null && access.allows(caller.role());
  }

  Faults faults() {
    return faults;
  }

  Parameters parameters() {
    return parameters;
  }

  /// The `{id}` of the path as text.
  String id() {
    return ids.isEmpty() ? "" : ids.getFirst();
  }

  /// What stands in the path after its `{id}`, a whole number from 1; 0 when it is none.
  int secondNumber() {
    String text = ids.get(1);
    return SMALL_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }

  /// What stands in the path after its `{id}`.
  String second() {
    return ids.get(1);
  }

  /// The number of the `{id}` in the path.
  ///
  /// @throws Refused when it is no id of that kind: it names nothing
  long id(String prefix, String noun) {
    refuse();
    return Ids.parse(prefix, id()).orElseThrow(() -> Answers.notFound(noun, id()));
  }

  /// Ends the call with a 400 if anything is wrong.
  void refuse() {
    faults.refuse();
  }

  /// What was read of the body, if nothing is wrong.
  ///
  /// @param draft null only when something is
  <D> D right(@Nullable D draft) {
    refuse();
    if (draft == null) {
      throw new IllegalStateException("a draft is wrong and nothing says why");
    }
    return draft;
  }

  /// The body as JSON.
  ///
  /// @throws Refused when it is not JSON
  Json body() {
    return value(json.read(request.body()));
  }

  private Json value(JsonReader.Result result) {
    return switch (result) {
      case JsonReader.Result.Read read -> read.value();
      case JsonReader.Result.Malformed malformed -> {
        faults.at("", malformed.detail());
        faults.refuse();
        throw new IllegalStateException("refused");
      }
    };
  }

  /// The body as JSON, or an empty object when there is none.
  Json bodyOrNothing() {
    return request.body().length == 0 ? Json.JsonObject.EMPTY : body();
  }

  /// The body as JSON of the kind that people paste, with line breaks in its strings, or an empty
  /// object when there is none.
  Json pastedBodyOrNothing() {
    return request.body().length == 0
        ? Json.JsonObject.EMPTY
        : value(json.readPasted(request.body()));
  }

  /// Holds the call to its `If-Match`, if it has one.
  ///
  /// @param etag of the resource as it is
  /// @throws Refused with 412 when none of the tags fits, 400 when they are no tags
  void checkIfMatch(String etag) {
    String header = request.header("If-Match");
    if (header == null) {
      return;
    }
    if (header.length() > MAX_IF_MATCH || !IF_MATCH.matcher(header).matches()) {
      faults.inHeader("If-Match", "If-Match is * or one or more ETags with commas.");
      faults.refuse();
    }
    if (!header.equals("*") && !names(header, etag)) {
      throw stale();
    }
  }

  /// Compared strongly, as RFC 9110 has it: a weak tag fits nothing.
  private static boolean names(String header, String etag) {
    Matcher tags = ENTITY_TAG.matcher(header);
    while (tags.find()) {
      if (tags.group().equals(etag)) {
        return true;
      }
    }
    return false;
  }

  /// A 412.
  static Refused stale() {
    return new Refused(
        Answers.problem(
            Kind.PRECONDITION_FAILED,
            "It has been changed since you read it. Read it again.",
            Fault.inHeader("If-Match", "is stale")));
  }

  /// Reads which page of a list is wanted, answers it, and says where the next one begins.
  ///
  /// @param page reads a page; what else is wrong with the request is told before
  /// @param row one row as it is shown
  /// @param idOf the id of a row
  <T> Response list(Function<Slice, Page<T>> page, Function<T, Json> row, ToLongFunction<T> idOf) {
    return listRows(page, rows -> rows.stream().map(row).toList(), idOf);
  }

  /// The same where rows are shown together.
  <T> Response listRows(
      Function<Slice, Page<T>> page, Function<List<T>, List<Json>> rows, ToLongFunction<T> idOf) {
    int limit = parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    String sort = sort();
    var cursor = new Cursor(describe(sort));
    Slice slice = slice(sort, after(cursor), limit);
    Page<T> found = page.apply(slice);
    Page.Looked looked = found.looked();
    Long last = looked == null ? null : looked.last();
    if (found.more()) {
      last = idOf.applyAsLong(found.rows().getLast());
    }
    Json.Builder answer =
        Json.object()
            .put("data", Json.array(rows.apply(found.rows())))
            .put("next", last == null ? null : cursor.text(last))
            .put("total", found.total());
    if (looked != null) {
      answer
          .put("totalIsLeast", looked.totalIsLeast())
          .put(
              "lookedTo",
              looked.last() == null ? JsonNull.NULL : Answers.time(Ids.millisOf(looked.last())));
    }
    return Answers.json(200, answer.build());
  }

  /// The beginning of a list, as far as it is wanted at once; for exports.
  Slice slice(int limit) {
    return slice(sort(), -1, limit);
  }

  private Slice slice(String sort, long after, int limit) {
    Long from = parameters.time("from");
    Long to = parameters.time("to");
    if (from != null && to != null && to < from) {
      faults.inParameter("to", "to is before from.");
    }
    refuse();
    return new Slice(
        from == null ? 0 : Ids.firstAt(from),
        to == null ? Long.MAX_VALUE : Ids.firstAt(to),
        after,
        sort.equals(NEWEST_FIRST),
        limit);
  }

  private String sort() {
    return parameters.word("sort", List.of(NEWEST_FIRST, OLDEST_FIRST), NEWEST_FIRST);
  }

  /// The same of what is in memory and may be put in other orders; the place where the next page
  /// begins is a position.
  ///
  /// @param all what the list has, when nothing else is wrong with the request
  /// @param orders by the name that `sort` gives them; each also backwards, with `-` before it
  /// @param rows some of it as it is shown
  <T> Response listInOrder(
      Supplier<List<T>> all,
      SequencedMap<String, Comparator<T>> orders,
      Function<List<T>, List<Json>> rows) {
    int limit = parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    List<String> words =
        orders.keySet().stream().flatMap(name -> Stream.of("-" + name, name)).toList();
    String sort = parameters.word("sort", words, words.getFirst());
    var cursor = new Cursor(describe(sort));
    long from = Math.max(0, after(cursor));
    refuse();
    boolean backwards = sort.startsWith("-");
    Comparator<T> order =
        requireNonNull(orders.get(backwards ? sort.substring(1) : sort), "an order of that name");
    List<T> ordered = all.get().stream().sorted(backwards ? order.reversed() : order).toList();
    List<T> page = ordered.stream().skip(from).limit(limit).toList();
    boolean more = from + page.size() < ordered.size();
    return Answers.json(
        200,
        Json.object()
            .put("data", Json.array(rows.apply(page)))
            .put("next", more ? cursor.text(from + page.size()) : null)
            .put("total", Math.min(ordered.size(), Page.MOST_COUNTED))
            .build());
  }

  private long after(Cursor cursor) {
    String text = parameters.one("cursor");
    if (text == null) {
      return -1;
    }
    OptionalLong after = cursor.parse(text);
    if (after.isEmpty()) {
      faults.inParameter(
          "cursor",
          "cursor is not the next of a page of this list, with the same filters and sort.");
    }
    return after.orElse(-1);
  }

  private String describe(String sort) {
    String owner = tenant == null ? "" : Long.toString(tenant.id());
    return String.join("\n", request.path(), owner, sort, parameters.filters().toString());
  }

  /// A 409 for a name that another has.
  static Refused taken(String detail, String pointer) {
    return new Refused(Answers.problem(Kind.CONFLICT, detail, Fault.at(pointer, "is taken")));
  }
}
