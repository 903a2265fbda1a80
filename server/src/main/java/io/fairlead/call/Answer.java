package io.fairlead.call;

/// What a third party answered, masked.
///
/// @param head a line `Name: value` for each header, each ended by `\n`
/// @param bodySize how much came, in bytes
/// @param body its first 64 KiB
public record Answer(int status, String head, long bodySize, byte[] body) {}
