package io.fairlead.imports;

import java.util.Locale;

/// What media types mean to a connector.
final class MediaTypes {
  private MediaTypes() {}

  /// Without parameters, in lower case.
  static String essence(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  static boolean isJson(String type) {
    String essence = essence(type);
    return essence.equals("application/json")
        || essence.equals("text/json")
        || essence.endsWith("+json");
  }

  static boolean isXml(String type) {
    String essence = essence(type);
    return essence.equals("application/xml")
        || essence.equals("text/xml")
        || essence.endsWith("+xml");
  }

  static boolean isForm(String type) {
    return essence(type).equals("application/x-www-form-urlencoded");
  }

  static boolean isMultipart(String type) {
    return essence(type).startsWith("multipart/");
  }

  /// A response's type in a connector's document.
  static String responseType(String type) {
    String essence = essence(type);
    return isJson(type)
        ? "json"
        : isXml(type)
            ? "xml"
            : essence.startsWith("text/") ? "text" : essence.contains("*") ? "auto" : "binary";
  }
}
