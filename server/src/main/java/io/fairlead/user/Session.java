package io.fairlead.user;

/// A user being signed in, on one browser.
///
/// @param id its number
/// @param user whose it is
/// @param createdAt when they signed in, epoch milliseconds
/// @param token what the browser's cookie holds
public record Session(long id, User user, long createdAt, Token token) {}
