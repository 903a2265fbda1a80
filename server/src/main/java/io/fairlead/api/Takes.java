package io.fairlead.api;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a route takes as a request body.
enum Takes {
  /// None; one that comes all the same is not looked at.
  NOTHING,
  /// One of JSON.
  JSON,
  /// One of JSON, or none.
  OPTIONAL_JSON,
  /// One of JSON with a document of another tool in it.
  IMPORT,
  /// A merge patch.
  PATCH,
  /// An event, or CloudEvents.
  EVENT,
  /// Many events.
  EVENTS;

  /// The header that makes a request of any content type a CloudEvent.
  static final String CLOUD_EVENT_HEADER = "ce-specversion";

  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  /// Whether a content type is that of one CloudEvent in the JSON format.
  static boolean isCloudEvent(@Nullable String contentType) {
    return is(CLOUD_EVENT, contentType);
  }

  /// Whether a content type is that of a batch of CloudEvents.
  static boolean isCloudEvents(@Nullable String contentType) {
    return is(CLOUD_EVENTS, contentType);
  }

  private static boolean is(String type, @Nullable String contentType) {
    return contentType != null
        && contentType.regionMatches(true, 0, type, 0, type.length())
        && (contentType.length() == type.length()
            || "; \t".indexOf(contentType.charAt(type.length())) >= 0);
  }

  /// The content types that are taken.
  List<String> mediaTypes() {
    return switch (this) {
      case NOTHING -> List.of();
      case EVENT -> List.of("application/json", CLOUD_EVENT, CLOUD_EVENTS);
      case JSON, OPTIONAL_JSON, IMPORT -> List.of("application/json");
      case PATCH -> List.of("application/merge-patch+json", "application/json");
      case EVENTS -> List.of("application/json", "application/x-ndjson", CLOUD_EVENTS);
    };
  }

  boolean isRequired() {
    return this != NOTHING && this != OPTIONAL_JSON;
  }

  /// Whether a `Content-Type` is one of those taken. A charset other than UTF-8 is not.
  boolean fits(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    if (mediaTypes().contains(contentType)) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!mediaTypes().contains(parts[0].strip())) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}
