package io.fairlead.http;

import java.util.List;
import java.util.function.Consumer;

/// Answers one request, once: whole, or with what a third party is answering. Used only on the
/// request's loop.
public interface Answering {
  /// Answers with a whole response. Does nothing when the caller is gone or was answered.
  void answer(Response response);

  /// Answers with what a third party answers, as fast as both sides go. A break after the answer
  /// has begun resets the caller's connection, so that it never looks whole.
  ///
  /// @param headers one that does not pass {@link HeaderRules} keeps the answer from beginning;
  ///   `Content-Length` and what else frames a message must not stand among them
  /// @param opened what is streamed, its first part included; it must not be taken elsewhere
  /// @param most how large the body may be, in bytes; one that declares more is not begun
  /// @param ended hears of the end exactly once, possibly before this returns
  void stream(
      int status,
      List<Header> headers,
      Opening.Opened opened,
      long most,
      Consumer<StreamEnd> ended);

  /// Says what to do when the caller goes away before it is answered. (What is streamed then is
  /// cancelled by itself, and its end says so.)
  void onGone(Runnable work);
}
